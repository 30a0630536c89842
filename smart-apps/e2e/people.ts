import { randomUUID } from 'node:crypto';
import type { Parameters } from './canned';

interface Account {
  id: string;
  login: string;
  name: string;
  role: string[];
  email?: string;
  'fhir-user'?: string;
  state: 'active' | 'invited' | 'locked' | 'closed';
  'must-change-password': boolean;
  'second-factor': boolean;
  created: string;
  'last-sign-in'?: string;
  closed?: string;
  self: boolean;
  [name: string]: string | string[] | boolean | undefined;
}

interface Client {
  id: string;
  name: string;
  kind: string;
  backend: boolean;
  'redirect-uri': string[];
  'launch-url'?: string;
  scope: string;
  'jwks-url'?: string;
  introspects: boolean;
  enabled: boolean;
  registered: string;
  own: boolean;
  [name: string]: string | string[] | boolean | undefined;
}

/** A refusal, as the hub puts it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const ROLES = [
  { name: 'patient', people: ['Patient'], 'second-factor': false },
  { name: 'physician', people: ['Practitioner'], 'second-factor': false },
  { name: 'nurse', people: ['Practitioner'], 'second-factor': false },
  { name: 'integration-engineer', people: [], 'second-factor': true },
  { name: 'administrator', people: [], 'second-factor': true },
  { name: 'auditor', people: [], 'second-factor': false },
];

export const PASSWORD = 'k3f9-x2mq-7w4t-p8rd-v6ny';
export const SECRET = 'Zq7wP2x9LkR4tYb8NcV1mH6sDf3gJ5aE0uXoTiWyQzK';

/** The accounts and clients of a small hub, which remembers what it is told. */
export class CannedPeople {
  readonly accounts: Account[];
  readonly clients: Client[];
  invites = true;

  constructor(now: number) {
    const at = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
    const account = (login: string, name: string, more: Partial<Account> = {}): Account => ({
      id: randomUUID(),
      login,
      name,
      role: ['physician'],
      'fhir-user': `Practitioner/${login}`,
      state: 'active',
      'must-change-password': false,
      'second-factor': false,
      created: at(24 * 90),
      'last-sign-in': at(5),
      self: false,
      ...more,
    });
    const nobody = { 'fhir-user': undefined, 'second-factor': true };
    this.accounts = [
      account('kpark', 'Kim Park', {
        ...nobody,
        role: ['administrator', 'integration-engineer'],
        self: true,
      }),
      account('jmiller', 'Jo Miller', { email: 'jo.miller@example.org', 'second-factor': true }),
      account('lkrug', 'Lena Krug', { role: ['nurse'], state: 'locked' }),
      account('nora', 'Nora Topf', {
        role: ['patient'],
        'fhir-user': 'Patient/17',
        email: 'nora@example.org',
        state: 'invited',
        'last-sign-in': undefined,
      }),
      account('old', 'Otto Alt', { ...nobody, role: ['auditor'], state: 'closed', closed: at(48) }),
      ...Array.from({ length: 60 }, (_, index) =>
        account(`nurse${index}`, `Ward nurse ${String(index + 1).padStart(2, '0')}`, { role: ['nurse'] }),
      ),
    ];
    const client = (id: string, name: string, more: Partial<Client> = {}): Client => ({
      id,
      name,
      kind: 'public',
      backend: false,
      'redirect-uri': [`https://${id}.example.org/back`],
      scope: 'launch openid fhirUser patient/*.rs',
      introspects: false,
      enabled: true,
      registered: at(24 * 30),
      own: false,
      ...more,
    });
    this.clients = [
      client('growth', 'Growth chart', {
        kind: 'confidential-symmetric',
        'launch-url': 'https://growth.example.org/launch',
      }),
      client('loader', 'Nightly export', {
        kind: 'confidential-asymmetric',
        backend: true,
        'redirect-uri': [],
        scope: 'system/*.rs',
        'jwks-url': 'https://loader.example.org/jwks.json',
        enabled: false,
      }),
      client('kiln-admin', 'Interfaces', { own: true, scope: 'openid message.read account.manage' }),
      client('kiln-launcher', 'Kiln', { own: true, scope: 'openid app.launch' }),
    ];
  }

  /** Undefined where the operation concerns neither. */
  answer(operation: string, asked: Record<string, string[]>): Parameters | undefined {
    const one = (name: string) => asked[name]?.[0];
    if (operation === '$accounts') {
      return this.#find(asked);
    }
    if (operation === '$account-open') {
      return this.#open(asked);
    }
    if (operation.startsWith('$account-')) {
      const account = this.accounts.find(({ id }) => id === one('id'));
      if (!account) {
        throw new Refusal(404, 'The parameter "id": There is no account of that id.');
      }
      return this.#change(operation, account, asked);
    }
    if (operation === '$clients') {
      return { client: this.clients };
    }
    if (operation === '$client-register') {
      return this.#register(asked);
    }
    if (operation.startsWith('$client-')) {
      const client = this.clients.find(({ id }) => id === one('id'));
      if (!client || client.own) {
        throw new Refusal(client ? 409 : 404, 'The parameter "id": That client cannot be changed.');
      }
      return this.#changeClient(operation, client);
    }
    return undefined;
  }

  #find(asked: Record<string, string[]>): Parameters {
    const one = (name: string) => asked[name]?.[0];
    const name = one('name')?.toLowerCase();
    const state = one('state');
    const found = this.accounts
      .filter(
        (account) =>
          (!one('id') || account.id === one('id')) &&
          (!name || `${account.name} ${account.login} ${account.email ?? ''}`.toLowerCase().includes(name)) &&
          (!one('role') || account.role.includes(one('role')!)) &&
          (state ? account.state === state : one('id') || account.state !== 'closed'),
      )
      .sort((a, b) => a.name.localeCompare(b.name));
    const from = one('after') ? found.findIndex(({ id }) => id === one('after')) + 1 : 0;
    const count = Number(one('_count') ?? 50);
    const page = found.slice(from, from + count);
    return {
      account: page,
      next: found.length > from + count ? page.at(-1)!.id : undefined,
      role: ROLES,
      invites: this.invites,
    };
  }

  #open(asked: Record<string, string[]>): Parameters {
    const one = (name: string) => asked[name]?.[0];
    if (this.accounts.some(({ login }) => login === one('login'))) {
      throw new Refusal(409, 'The parameter "login": That login name has been given already.');
    }
    const mailed = this.invites && one('email');
    const account: Account = {
      id: randomUUID(),
      login: one('login')!,
      name: one('name')!,
      role: asked.role!,
      email: one('email'),
      'fhir-user': one('fhir-user'),
      state: mailed ? 'invited' : 'active',
      'must-change-password': !mailed,
      'second-factor': false,
      created: new Date().toISOString(),
      self: false,
    };
    this.accounts.push(account);
    return mailed ? { account, mailed } : { account, password: PASSWORD };
  }

  #change(operation: string, account: Account, asked: Record<string, string[]>): Parameters {
    switch (operation) {
      case '$account-roles':
        if (account.self && !asked.role!.includes('administrator')) {
          throw new Refusal(409, 'Nobody takes from themselves the role by which they look after accounts.');
        }
        account.role = asked.role!;
        break;
      case '$account-reset':
        account['must-change-password'] = true;
        return asked.mail?.[0] === 'true'
          ? { account, mailed: account.email }
          : { account, password: PASSWORD };
      case '$account-second-factor-remove':
        account['second-factor'] = false;
        break;
      case '$account-unlock':
        account.state = 'active';
        break;
      case '$account-close':
        account.state = 'closed';
        account.closed = new Date().toISOString();
        break;
    }
    return { account };
  }

  #register(asked: Record<string, string[]>): Parameters {
    const one = (name: string) => asked[name]?.[0];
    const scope = one('scope')!;
    if (/\b(account|client)\.manage\b/.test(scope)) {
      throw new Refusal(
        400,
        `The parameter "scope": Only apps that are a part of Kiln may have the scope ${scope}.`,
      );
    }
    const client: Client = {
      id: randomUUID(),
      name: one('name')!,
      kind: one('kind')!,
      backend: one('backend') === 'true',
      'redirect-uri': asked['redirect-uri'] ?? [],
      'launch-url': one('launch-url'),
      scope,
      'jwks-url': one('jwks-url'),
      introspects: false,
      enabled: true,
      registered: new Date().toISOString(),
      own: false,
    };
    this.clients.push(client);
    return client.kind === 'confidential-symmetric' ? { client, secret: SECRET } : { client };
  }

  #changeClient(operation: string, client: Client): Parameters {
    switch (operation) {
      case '$client-secret':
        return { client, secret: SECRET };
      case '$client-remove':
        this.clients.splice(this.clients.indexOf(client), 1);
        return {};
      default:
        client.enabled = operation === '$client-enable';
        return { client };
    }
  }
}
