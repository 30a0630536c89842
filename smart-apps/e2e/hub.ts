import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Canned } from './canned';

/** What the hub sends with its pages; nothing may be blocked by it. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const REDIRECTS: Record<string, string> = { 'kiln-launcher': '/', 'kiln-admin': '/apps/admin/' };

interface Code {
  challenge: string;
  client: string;
  nonce: string;
  scope: string;
}

export interface HubOptions {
  canned?: Canned;
  /** What the person may do at most; a scope that is asked for and is not here is left out. */
  scopes?: string;
  /** How many seconds an access token lives. */
  lives?: number;
  /** The error with which the authorization endpoint answers. */
  denies?: string;
}

/**
 * A hub of its own for a test: it signs in as RFC 6749, RFC 7636 and OpenID Connect say, with refresh
 * tokens that are good once, serves the built apps and answers operations from a can.
 */
export async function startHub(options: HubOptions = {}): Promise<Hub> {
  const hub = new Hub(options);
  await hub.listen();
  return hub;
}

export class Hub {
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((e) => response.writeHead(500).end(String(e)));
  });
  readonly #codes = new Map<string, Code>();
  readonly #refreshTokens = new Map<string, { client: string; scope: string }>();
  readonly #tokens = new Map<string, number>();
  /** Kept, since a page may still ask while the test ends. */
  #origin = '';
  readonly #tickets = new Set<string>();
  readonly #streams = new Set<ServerResponse>();
  readonly asked: { operation: string; method: string; asked: Record<string, string[]> }[] = [];
  readonly authorizations: URLSearchParams[] = [];
  refreshes = 0;
  /** Refuses what follows, so that a test can see what becomes of it. */
  fault?: (operation: string) => { status: number; diagnostics: string; expression?: string } | undefined;

  constructor(private readonly options: HubOptions) {}

  get origin(): string {
    return this.#origin;
  }

  listen(): Promise<void> {
    return new Promise((resolve) =>
      this.#server.listen(0, '127.0.0.1', () => {
        this.#origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
        resolve();
      }),
    );
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Ends all tokens, as a sign-out elsewhere does. */
  revokeAll(): void {
    this.#tokens.clear();
    this.#refreshTokens.clear();
  }

  /** Makes access tokens end while the refresh tokens stay. */
  endAccessTokens(): void {
    this.#tokens.clear();
  }

  /** Tells all pages that something has changed. */
  change(): void {
    this.#streams.forEach((stream) =>
      stream.write('event: change\ndata: {"waiting":0,"failed":0,"received":1}\n\n'),
    );
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const body = await textOf(request);
    if (url.pathname === '/fhir/.well-known/smart-configuration') {
      return json(response, 200, {
        issuer: this.origin,
        authorization_endpoint: `${this.origin}/oauth2/authorize`,
        token_endpoint: `${this.origin}/oauth2/token`,
        code_challenge_methods_supported: ['S256'],
      });
    }
    if (url.pathname === '/oauth2/authorize') {
      return this.#authorize(url.searchParams, response);
    }
    if (url.pathname === '/oauth2/token') {
      return this.#token(new URLSearchParams(body), response);
    }
    if (url.pathname === '/live') {
      return this.#live(url.searchParams.get('ticket') ?? '', response);
    }
    if (url.pathname.startsWith('/fhir/')) {
      return this.#fhir(request, url, body, response);
    }
    if (url.pathname === '/account') {
      response
        .writeHead(200, { 'Content-Type': TYPES['.html'] })
        .end('<!doctype html><title>Account</title><h1>Account</h1>');
      return;
    }
    return page(url.pathname, response);
  }

  #authorize(asked: URLSearchParams, response: ServerResponse): void {
    this.authorizations.push(asked);
    const client = asked.get('client_id') ?? '';
    const redirect = asked.get('redirect_uri');
    if (redirect !== this.origin + REDIRECTS[client] || asked.get('aud') !== `${this.origin}/fhir`) {
      return json(response, 400, { error: 'invalid_request' });
    }
    const back = new URL(redirect);
    back.searchParams.set('state', asked.get('state') ?? '');
    if (this.options.denies) {
      back.searchParams.set('error', this.options.denies);
    } else {
      const code = randomUUID();
      const allowed = this.options.scopes?.split(' ');
      const scope = asked
        .get('scope')!
        .split(' ')
        .filter((one) => !allowed || allowed.includes(one))
        .join(' ');
      this.#codes.set(code, {
        challenge: asked.get('code_challenge_method') === 'S256' ? (asked.get('code_challenge') ?? '') : '',
        client,
        nonce: asked.get('nonce') ?? '',
        scope,
      });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { Location: back.href }).end();
  }

  #token(form: URLSearchParams, response: ServerResponse): void {
    const client = form.get('client_id') ?? '';
    if (form.get('grant_type') === 'refresh_token') {
      this.refreshes++;
      const token = form.get('refresh_token') ?? '';
      const granted = this.#refreshTokens.get(token);
      this.#refreshTokens.delete(token);
      return granted?.client === client
        ? json(response, 200, this.#grant(client, granted.scope))
        : json(response, 400, { error: 'invalid_grant' });
    }
    const code = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!code || code.client !== client || code.challenge !== challenge) {
      return json(response, 400, { error: 'invalid_grant' });
    }
    return json(response, 200, {
      ...this.#grant(client, code.scope),
      id_token: idToken(this.origin, client, code.nonce),
    });
  }

  #grant(client: string, scope: string) {
    const [access_token, refresh_token] = [randomUUID(), randomUUID()];
    const lives = this.options.lives ?? 300;
    this.#tokens.set(access_token, Date.now() + lives * 1000);
    this.#refreshTokens.set(refresh_token, { client, scope });
    return { access_token, refresh_token, token_type: 'Bearer', expires_in: lives, scope };
  }

  #live(ticket: string, response: ServerResponse): void {
    if (!this.#tickets.delete(ticket)) {
      return json(response, 401, {});
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write('\n');
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
  }

  #fhir(request: IncomingMessage, url: URL, body: string, response: ServerResponse): void {
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    if ((this.#tokens.get(token) ?? 0) < Date.now()) {
      return json(response, 401, outcome('The token has ended.'));
    }
    const operation = url.pathname.slice('/fhir/'.length);
    const asked = operation.endsWith('/_search')
      ? grouped([...new URLSearchParams(body)])
      : body
        ? grouped(
            JSON.parse(body).parameter.map((one: Record<string, unknown>) => [
              one.name,
              String(one.valueString ?? one.valueInteger ?? one.valueBoolean),
            ]),
          )
        : grouped([...url.searchParams]);
    this.asked.push({ operation, method: request.method ?? '', asked });
    const fault = this.fault?.(operation);
    if (fault) {
      return json(response, fault.status, outcome(fault.diagnostics, fault.expression));
    }
    if (operation === '$live-ticket') {
      const ticket = randomUUID();
      this.#tickets.add(ticket);
      return json(response, 200, {
        resourceType: 'Parameters',
        parameter: [{ name: 'ticket', valueString: ticket }],
      });
    }
    const answer = this.options.canned?.answer(operation, request.method ?? '', asked, this.origin);
    return answer === undefined
      ? json(response, 404, outcome(`There is no ${operation}.`))
      : json(response, answer.status ?? 200, answer.body);
  }
}

async function page(path: string, response: ServerResponse): Promise<void> {
  const file =
    path === '/'
      ? '/launcher/index.html'
      : path.startsWith('/apps/assets/')
        ? path.slice('/apps'.length)
        : path.startsWith('/apps/admin/')
          ? '/admin/index.html'
          : undefined;
  const found = file && (await readFile(join(DIST, normalize(file))).catch(() => undefined));
  if (!found) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(found);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

const outcome = (diagnostics: string, expression?: string) => ({
  resourceType: 'OperationOutcome',
  issue: [
    {
      severity: 'error',
      code: 'processing',
      diagnostics,
      ...(expression ? { expression: [expression] } : {}),
    },
  ],
});

function grouped(entries: [string, string][]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  entries.forEach(([name, value]) => (groups[name] ??= []).push(value));
  return groups;
}

/** Its signature is nobody's: it comes straight from the token endpoint, where none is asked for. */
function idToken(issuer: string, client: string, nonce: string): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: issuer, aud: client, sub: 'somebody', iat: now, exp: now + 1800, nonce };
  return `${encode({ alg: 'RS256' })}.${encode(claims)}.${Buffer.from('none').toString('base64url')}`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  return text;
}
