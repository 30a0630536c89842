import type { AuthorizationServer } from 'oauth4webapi';
import { type Grant, type Place, refresh, type SmartApp } from './launch';

/** So long before its end a token is not used any more, since it would end on its way. */
const MARGIN = 15_000;

/** The person has been away for too long, or was signed out elsewhere. */
export class SignedOut extends Error {}

/** Who is signed in, for as long as the page lives: tokens are in memory alone. */
export class Session {
  #grant: Grant;
  #refreshing?: Promise<Grant>;
  #ended = false;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly server: AuthorizationServer,
    private readonly app: SmartApp,
    private readonly place: Place,
    grant: Grant,
  ) {
    this.#grant = grant;
  }

  may(scope: string): boolean {
    return this.#grant.scopes.has(scope);
  }

  get patient(): string | undefined {
    return this.#grant.patient;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Calls back when the session ends; returns how to stop that. */
  onEnd = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Asks with the token; one that has ended early, or was revoked, is renewed once. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    let grant = this.#grant.ends - MARGIN > Date.now() ? this.#grant : await this.#renew(this.#grant);
    let answer = await this.#ask(path, init, grant);
    if (answer.status === 401) {
      grant = await this.#renew(grant);
      answer = await this.#ask(path, init, grant);
    }
    if (answer.status === 401) {
      throw this.#end();
    }
    return answer;
  }

  #ask(path: string, init: RequestInit, grant: Grant): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${grant.accessToken}`);
    return fetch(new URL(path, this.place.url), { ...init, headers });
  }

  /**
   * A refresh token that is used twice is taken for stolen, and everything ends; so calls that
   * find the same grant used up share one refresh.
   */
  async #renew(used: Grant): Promise<Grant> {
    if (this.#grant !== used) {
      return this.#grant;
    }
    if (!used.refreshToken || this.#ended) {
      throw this.#end();
    }
    this.#refreshing ??= refresh(this.server, this.app, this.place, used).finally(() => {
      this.#refreshing = undefined;
    });
    try {
      this.#grant = await this.#refreshing;
    } catch (e) {
      // Without a network the refresh token is still good.
      throw e instanceof TypeError ? e : this.#end();
    }
    return this.#grant;
  }

  #end(): SignedOut {
    this.#ended = true;
    this.#listeners.forEach((listener) => listener());
    return new SignedOut();
  }
}
