import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Hub, startHub } from '../../e2e/hub';
import { follow, storage } from '../../e2e/tab';
import { type Grant, launch, type Place, SignInError, type SmartApp } from './launch';

const app: SmartApp = {
  clientId: 'kiln-admin',
  path: '/apps/admin/',
  scope: 'openid online_access message.read',
};

describe('a launch', () => {
  let hub: Hub;
  beforeEach(async () => {
    hub = await startHub({ scopes: 'openid online_access message.read' });
  });
  afterEach(() => hub.stop());

  const at = (path: string): Place => ({ url: new URL(hub.origin + path), storage: storage() });

  it('asks for a code as SMART App Launch says', async () => {
    const launched = await launch(app, at('/apps/admin/messages?state=failed'));
    const { searchParams } = (launched as { redirect: URL }).redirect;
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'kiln-admin',
      redirect_uri: `${hub.origin}/apps/admin/`,
      aud: `${hub.origin}/fhir`,
      scope: app.scope,
      code_challenge_method: 'S256',
    });
    expect(searchParams.get('code_challenge')).toHaveLength(43);
    expect(searchParams.has('launch')).toBe(false);
  });

  it('ends with a grant and goes on where the person wanted to be', async () => {
    const place = at('/apps/admin/messages?state=failed');
    const launched = await follow(app, place);
    expect(launched).toMatchObject({ goOn: '/apps/admin/messages?state=failed' });
    const { grant } = launched as { grant: Grant };
    expect([...grant.scopes]).toEqual(['openid', 'online_access', 'message.read']);
    expect(grant.refreshToken).toBeTruthy();
    expect((place.storage as unknown as { size: number }).size).toBe(0);
  });

  it('keeps no token in the storage of the browser', async () => {
    const place = at('/apps/admin/');
    const kept: string[] = [];
    const { setItem } = place.storage;
    place.storage.setItem = (key, value) => {
      kept.push(value);
      setItem(key, value);
    };
    await follow(app, place);
    expect(kept.map((value) => Object.keys(JSON.parse(value)).sort())).toEqual([
      ['goOn', 'nonce', 'verifier'],
    ]);
  });

  it('out of a record hands on what the record gave', async () => {
    const place = at(`/apps/admin/?iss=${encodeURIComponent(`${hub.origin}/fhir/`)}&launch=abc`);
    const launched = await follow(app, place);
    expect(launched).toMatchObject({ goOn: '/apps/admin/' });
    expect(hub.authorizations[0]!.get('launch')).toBe('abc');
    expect(hub.authorizations[0]!.get('scope')).toBe(`${app.scope} launch`);
  });

  it('out of a record of somebody else is refused before anything is asked there', async () => {
    const place = at(`/apps/admin/?iss=${encodeURIComponent('https://elsewhere.example/fhir')}&launch=abc`);
    await expect(launch(app, place)).rejects.toThrow(SignInError);
    expect(hub.authorizations).toHaveLength(0);
  });

  it('that answers what this tab never asked begins anew', async () => {
    const launched = await launch(app, at('/apps/admin/?code=stolen&state=foreign'));
    const { redirect } = launched as { redirect: URL };
    expect(redirect.pathname).toBe('/oauth2/authorize');
    expect(redirect.searchParams.get('redirect_uri')).toBe(`${hub.origin}/apps/admin/`);
  });

  it('that the person refuses says so', async () => {
    hub.stop();
    hub = await startHub({ denies: 'access_denied' });
    await expect(follow(app, at('/apps/admin/'))).rejects.toThrow('access_denied');
  });

  it('with another verifier than the one that began it gets no token', async () => {
    const place = at('/apps/admin/');
    const { getItem } = place.storage;
    place.storage.getItem = (key) => {
      const value = getItem(key);
      return value && JSON.stringify({ ...JSON.parse(value), verifier: 'x'.repeat(43) });
    };
    await expect(follow(app, place)).rejects.toThrow('invalid_grant');
  });

  it('with another nonce than the one that began it is refused', async () => {
    const place = at('/apps/admin/');
    const { getItem } = place.storage;
    place.storage.getItem = (key) => {
      const value = getItem(key);
      return value && JSON.stringify({ ...JSON.parse(value), nonce: 'another' });
    };
    await expect(follow(app, place)).rejects.toThrow(/nonce/);
  });
});
