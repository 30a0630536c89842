import { type Asked, parametersOf, Parts, queryOf } from './parameters';
import type { Session } from './session';

/** The server said no, in its own words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Where in what was sent, as far as the server tells. */
    readonly place?: string,
  ) {
    super(message);
  }
}

/** FHIR over a session. */
export class Fhir {
  constructor(readonly session: Session) {}

  /** Asks an operation that changes nothing. */
  async get(operation: string, asked: Asked = {}): Promise<Parts> {
    return Parts.of(await this.#json(`/fhir/${operation}${queryOf(asked)}`, {}));
  }

  /** Asks an operation that changes something, or whose parameters belong in no log of addresses. */
  async post(operation: string, asked: Asked = {}): Promise<Parts> {
    const body = JSON.stringify(parametersOf(asked));
    return Parts.of(await this.#json(`/fhir/${operation}`, { method: 'POST', body, headers: FHIR_BODY }));
  }

  /** Searches by POST, since what is searched for is about persons. */
  search<T>(type: string, asked: Asked): Promise<T> {
    const body = new URLSearchParams(queryOf(asked).slice(1));
    return this.#json(`/fhir/${type}/_search`, { method: 'POST', body }) as Promise<T>;
  }

  async #json(path: string, init: RequestInit): Promise<unknown> {
    const headers = { Accept: 'application/fhir+json', ...(init.headers as Record<string, string>) };
    const answer = await this.session.fetch(path, { ...init, headers });
    const text = await answer.text();
    if (!answer.ok) {
      throw refusal(answer.status, text);
    }
    return text ? JSON.parse(text) : {};
  }
}

const FHIR_BODY = { 'Content-Type': 'application/fhir+json' };

function refusal(status: number, text: string): Refused {
  try {
    const issue = JSON.parse(text).issue[0];
    const place = issue.expression?.[0] ?? issue.location?.[0];
    return new Refused(status, issue.diagnostics ?? issue.details?.text ?? '', place);
  } catch {
    return new Refused(status, '');
  }
}
