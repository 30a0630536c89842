import { describe, expect, it } from 'vitest';
import { Parts } from '../../smart/parameters';
import { clientOf, registrationOf, type Wanted } from './client';

const wanted: Wanted = {
  name: ' Growth chart ',
  kind: 'public',
  redirects: 'https://one.example.org/back\n https://two.example.org/back ',
  launchUrl: ' https://one.example.org/launch',
  scope: ' openid\n patient/*.rs ',
  keysAt: 'https://one.example.org/keys',
  keys: '',
};

describe('a registration', () => {
  it('of an app has addresses and no keys', () => {
    expect(registrationOf(wanted)).toEqual({
      name: 'Growth chart',
      kind: 'public',
      backend: false,
      'redirect-uri': ['https://one.example.org/back', 'https://two.example.org/back'],
      'launch-url': 'https://one.example.org/launch',
      scope: 'openid patient/*.rs',
      'jwks-url': '',
      jwks: '',
    });
  });

  it('of a service has keys and no addresses', () => {
    const service = registrationOf({ ...wanted, kind: 'service' });
    expect(service.kind).toBe('confidential-asymmetric');
    expect(service.backend).toBe(true);
    expect(service['redirect-uri']).toEqual([]);
    expect(service['launch-url']).toBe('');
    expect(service['jwks-url']).toBe('https://one.example.org/keys');
  });
});

describe('a client', () => {
  it('that acts for itself is a service', () => {
    const parts = Parts.of({
      parameter: [
        { name: 'id', valueString: 'loader' },
        { name: 'kind', valueCode: 'confidential-asymmetric' },
        { name: 'backend', valueBoolean: true },
        { name: 'scope', valueString: 'system/*.rs openid' },
      ],
    });
    expect(clientOf(parts)).toMatchObject({
      kind: 'service',
      scopes: ['system/*.rs', 'openid'],
      own: false,
      redirects: [],
    });
  });
});
