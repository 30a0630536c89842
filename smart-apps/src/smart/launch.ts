import * as oauth from 'oauth4webapi';

/** What the authorization server knows of an app; the file app.json of its folder. */
export interface SmartApp {
  clientId: string;
  /** Where the app is served, which is also its redirect address. */
  path: string;
  scope: string;
}

/** What the browser gives a launch to work with. */
export interface Place {
  url: URL;
  /** Outlives the redirect; holds nothing but the proof of who began it and where to go on. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

/** What the token endpoint has granted. */
export interface Grant {
  accessToken: string;
  /** In milliseconds since 1970. */
  ends: number;
  refreshToken?: string;
  scopes: ReadonlySet<string>;
  patient?: string;
}

/** A launch that must go on at another address, or one that has ended with a grant. */
export type Launched = { redirect: URL } | { grant: Grant; server: oauth.AuthorizationServer; goOn: string };

interface Pending {
  verifier: string;
  nonce: string;
  goOn: string;
}

/** The server said no, or the answer was not for what this tab had asked. */
export class SignInError extends Error {}

/** Tokens are asked over plain HTTP on the developer's own machine only; elsewhere the page itself is HTTPS. */
const insecure = (place: Place) => ({ [oauth.allowInsecureRequests]: place.url.protocol === 'http:' });

const pendingKey = (state: string) => `kiln-launch-${state}`;

/** Reads where the server's endpoints are (SMART App Launch 2.2, "Using .well-known"). */
export async function discover(place: Place): Promise<oauth.AuthorizationServer> {
  const answer = await fetch(new URL('/fhir/.well-known/smart-configuration', place.url));
  if (!answer.ok) {
    throw new SignInError(`${answer.status}`);
  }
  // The id_token comes straight from the token endpoint, so that its algorithm decides nothing
  // (OpenID Connect Core 3.1.3.7, point 6).
  return {
    id_token_signing_alg_values_supported: ['RS256', 'RS384', 'ES256', 'ES384'],
    ...((await answer.json()) as oauth.AuthorizationServer),
  };
}

/** One step of the launch: what it is depends on the address that the page was opened at. */
export async function launch(app: SmartApp, place: Place): Promise<Launched> {
  const server = await discover(place);
  const { searchParams } = place.url;
  if (searchParams.has('state') && (searchParams.has('code') || searchParams.has('error'))) {
    return finish(server, app, place);
  }
  const launchId = searchParams.get('launch') ?? undefined;
  if (launchId && searchParams.get('iss')?.replace(/\/$/, '') !== fhirBase(place)) {
    // Following it would hand the person over to a server that somebody else has chosen.
    throw new SignInError('iss');
  }
  return { redirect: await begin(server, app, place, launchId) };
}

/** The address of the authorization endpoint, for a standalone launch or, with its id, one out of a record. */
export async function begin(
  server: oauth.AuthorizationServer,
  app: SmartApp,
  place: Place,
  launchId?: string,
): Promise<URL> {
  const state = oauth.generateRandomState();
  const pending: Pending = {
    verifier: oauth.generateRandomCodeVerifier(),
    nonce: oauth.generateRandomNonce(),
    goOn: launchId ? app.path : goOn(app, place.url),
  };
  place.storage.setItem(pendingKey(state), JSON.stringify(pending));
  const url = new URL(server.authorization_endpoint!);
  const parameters = {
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: redirectUri(app, place),
    scope: launchId ? `${app.scope} launch` : app.scope,
    state,
    nonce: pending.nonce,
    aud: fhirBase(place),
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
    ...(launchId ? { launch: launchId } : {}),
  };
  Object.entries(parameters).forEach(([name, value]) => url.searchParams.set(name, value));
  return url;
}

async function finish(server: oauth.AuthorizationServer, app: SmartApp, place: Place): Promise<Launched> {
  const state = place.url.searchParams.get('state')!;
  const stored = place.storage.getItem(pendingKey(state));
  place.storage.removeItem(pendingKey(state));
  if (!stored) {
    // A bookmark or the back button: the code is used up, so that the way begins anew.
    return { redirect: await begin(server, app, { ...place, url: new URL(app.path, place.url) }) };
  }
  const pending = JSON.parse(stored) as Pending;
  const client: oauth.Client = { client_id: app.clientId };
  try {
    const parameters = oauth.validateAuthResponse(server, client, place.url, state);
    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      redirectUri(app, place),
      pending.verifier,
      insecure(place),
    );
    const token = await oauth.processAuthorizationCodeResponse(server, client, answer, {
      expectedNonce: pending.nonce,
    });
    return { grant: grantOf(token), server, goOn: pending.goOn };
  } catch (e) {
    if (e instanceof oauth.AuthorizationResponseError || e instanceof oauth.ResponseBodyError) {
      throw new SignInError(e.error);
    }
    throw e;
  }
}

/** A new access token for a refresh token, which is good once: the answer has the next one. */
export async function refresh(
  server: oauth.AuthorizationServer,
  app: SmartApp,
  place: Place,
  grant: Grant,
): Promise<Grant> {
  const client: oauth.Client = { client_id: app.clientId };
  const answer = await oauth.refreshTokenGrantRequest(
    server,
    client,
    oauth.None(),
    grant.refreshToken!,
    insecure(place),
  );
  const token = await oauth.processRefreshTokenResponse(server, client, answer);
  const next = grantOf(token);
  return {
    ...next,
    refreshToken: next.refreshToken ?? grant.refreshToken,
    scopes: token.scope ? next.scopes : grant.scopes,
  };
}

function grantOf(token: oauth.TokenEndpointResponse): Grant {
  return {
    accessToken: token.access_token,
    ends: Date.now() + (token.expires_in ?? 300) * 1000,
    refreshToken: token.refresh_token,
    scopes: new Set((token.scope ?? '').split(' ').filter(Boolean)),
    patient: typeof token.patient === 'string' ? token.patient : undefined,
  };
}

const fhirBase = (place: Place) => `${place.url.origin}/fhir`;

const redirectUri = (app: SmartApp, place: Place) => new URL(app.path, place.url).href;

/** Where the person wanted to go. */
function goOn(app: SmartApp, { pathname, search }: URL): string {
  return pathname.startsWith(app.path) ? pathname + search : app.path;
}
