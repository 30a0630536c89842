import { useQuery } from '@tanstack/react-query';
import { useOpened } from '../../design/open';
import type { Parts } from '../../smart/parameters';

export const KINDS = ['public', 'confidential-symmetric', 'confidential-asymmetric', 'service'] as const;

/** How it proves who it is; a service does so by a key, and acts for itself. */
export type ClientKind = (typeof KINDS)[number];

/** An app or a service that is registered. */
export interface Client {
  id: string;
  name: string;
  kind: ClientKind;
  redirects: string[];
  launchUrl?: string;
  scopes: string[];
  keysAt?: string;
  introspects: boolean;
  enabled: boolean;
  registered?: string;
  /** Whether it is a part of Kiln, and stays as it is. */
  own: boolean;
}

export function clientOf(parts: Parts): Client {
  const text = (name: string) => parts.text(name) ?? '';
  return {
    id: text('id'),
    name: text('name'),
    kind: parts.flag('backend') ? 'service' : (text('kind') as ClientKind),
    redirects: parts.texts('redirect-uri'),
    launchUrl: parts.text('launch-url'),
    scopes: text('scope').split(' ').filter(Boolean),
    keysAt: parts.text('jwks-url'),
    introspects: parts.flag('introspects'),
    enabled: parts.flag('enabled'),
    registered: parts.text('registered'),
    own: parts.flag('own'),
  };
}

/** What is asked of a new client. */
export interface Wanted {
  name: string;
  kind: ClientKind;
  redirects: string;
  launchUrl: string;
  scope: string;
  keysAt: string;
  keys: string;
}

/** Only what its kind has, since the hub refuses what contradicts it. */
export function registrationOf(wanted: Wanted) {
  const service = wanted.kind === 'service';
  const signs = service || wanted.kind === 'confidential-asymmetric';
  return {
    name: wanted.name.trim(),
    kind: service ? 'confidential-asymmetric' : wanted.kind,
    backend: service,
    'redirect-uri': service ? [] : wanted.redirects.split(/\s+/).filter(Boolean),
    'launch-url': service ? '' : wanted.launchUrl.trim(),
    scope: wanted.scope.trim().split(/\s+/).join(' '),
    'jwks-url': signs ? wanted.keysAt.trim() : '',
    jwks: signs ? wanted.keys.trim() : '',
  };
}

export function useClients() {
  const { fhir } = useOpened();
  return useQuery({
    queryKey: ['clients'],
    queryFn: async () => (await fhir.get('$clients')).all('client').map(clientOf),
  });
}
