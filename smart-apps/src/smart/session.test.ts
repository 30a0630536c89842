import { afterEach, describe, expect, it } from 'vitest';
import { Canned } from '../../e2e/canned';
import { type Hub, type HubOptions, startHub } from '../../e2e/hub';
import { follow, storage } from '../../e2e/tab';
import { Fhir, Refused } from './fhir';
import type { SmartApp } from './launch';
import { Session, SignedOut } from './session';

const app: SmartApp = {
  clientId: 'kiln-admin',
  path: '/apps/admin/',
  scope: 'openid online_access message.read',
};

describe('a session', () => {
  let hub: Hub;
  afterEach(() => hub.stop());

  async function signedIn(options: HubOptions = {}): Promise<Session> {
    hub = await startHub({ canned: new Canned(), ...options });
    const place = { url: new URL(`${hub.origin}/apps/admin/`), storage: storage() };
    const launched = await follow(app, place);
    if ('redirect' in launched) {
      throw new Error('not signed in');
    }
    return new Session(launched.server, app, place, launched.grant);
  }

  it('asks with its token', async () => {
    const session = await signedIn();
    const answer = await new Fhir(session).get('$listeners');
    expect(answer.all('listener').map((listener) => listener.text('name'))).toContain('lab');
    expect(hub.refreshes).toBe(0);
  });

  it('shares one refresh among calls that find the token used up', async () => {
    const session = await signedIn();
    hub.endAccessTokens();
    const fhir = new Fhir(session);
    await Promise.all(Array.from({ length: 8 }, () => fhir.get('$listeners')));
    expect(hub.refreshes).toBe(1);
  });

  it('renews a token before it ends', async () => {
    const session = await signedIn({ lives: 10 });
    await Promise.all(Array.from({ length: 4 }, () => new Fhir(session).get('$listeners')));
    expect(hub.refreshes).toBe(1);
  });

  it('takes the next refresh token each time', async () => {
    const session = await signedIn();
    for (let time = 1; time <= 3; time++) {
      hub.endAccessTokens();
      await new Fhir(session).get('$listeners');
      expect(hub.refreshes).toBe(time);
    }
  });

  it('keeps what was granted over a refresh', async () => {
    const session = await signedIn({ scopes: 'openid online_access message.read' });
    hub.endAccessTokens();
    await new Fhir(session).get('$listeners');
    expect(session.may('message.read')).toBe(true);
    expect(session.may('message.replay')).toBe(false);
  });

  it('ends, once, when everything was revoked', async () => {
    const session = await signedIn();
    let ends = 0;
    session.onEnd(() => ends++);
    hub.revokeAll();
    await expect(new Fhir(session).get('$listeners')).rejects.toThrow(SignedOut);
    expect(session.ended).toBe(true);
    await expect(new Fhir(session).get('$listeners')).rejects.toThrow(SignedOut);
    expect(hub.refreshes).toBe(1);
    expect(ends).toBeGreaterThan(0);
  });

  it('tells a refusal in the words of the server', async () => {
    const session = await signedIn();
    hub.fault = () => ({ status: 400, diagnostics: 'received: not a time', expression: 'received' });
    const refused = await new Fhir(session).get('$messages').catch((e: unknown) => e);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({ status: 400, message: 'received: not a time', place: 'received' });
  });

  it('names nobody in an address when it searches for a person', async () => {
    const session = await signedIn();
    await new Fhir(session).search('Patient', { name: ['García'] });
    expect(hub.asked.at(-1)).toEqual({
      operation: 'Patient/_search',
      method: 'POST',
      asked: { name: ['García'] },
    });
  });
});
