import type { Filter } from './message';

/** The filters as the form has them. */
export interface Search {
  text: string;
  type: string;
  sender: string;
  listener: string;
  state: string;
  reason: string;
  /** A span before now such as 1h, or "custom" with from and to; empty for all times. */
  when: string;
  from: string;
  to: string;
}

export const NOTHING: Search = {
  text: '',
  type: '',
  sender: '',
  listener: '',
  state: '',
  reason: '',
  when: '',
  from: '',
  to: '',
};

const HOURS: Record<string, number> = { '1h': 1, '4h': 4, '24h': 24, '7d': 7 * 24, '30d': 30 * 24 };

export const SPANS = Object.keys(HOURS);

export function searchOf(query: URLSearchParams): Search {
  const search = { ...NOTHING };
  for (const name of Object.keys(NOTHING) as (keyof Search)[]) {
    search[name] = query.get(name) ?? '';
  }
  return search;
}

/** Only what is set, so that an address says what it is about. */
export function queryOf(search: Search): URLSearchParams {
  return new URLSearchParams(Object.entries(search).filter(([, value]) => value !== ''));
}

/**
 * What the operation is asked for. The span is reckoned from the full minute, so that the same
 * search is the same question for a while.
 */
export function filterOf(search: Search, patient: string, now = Date.now()): Filter {
  const minute = Math.floor(now / 60_000) * 60_000;
  const hours = HOURS[search.when];
  const received = hours
    ? [`ge${new Date(minute - hours * 3_600_000).toISOString()}`]
    : search.when === 'custom'
      ? [bound('ge', search.from), bound('lt', search.to)].filter((value) => value !== undefined)
      : [];
  return {
    'control-id': search.text.trim(),
    patient: patient.trim().replace(/^Patient\//, ''),
    type: search.type.trim(),
    sender: search.sender.trim(),
    listener: search.listener,
    state: search.state,
    reason: search.reason.trim(),
    received,
  };
}

/** A time of a form's field is in the person's zone; the hub is asked in UTC. */
function bound(prefix: string, local: string): string | undefined {
  const time = local ? new Date(local) : undefined;
  return time && !Number.isNaN(time.getTime()) ? prefix + time.toISOString() : undefined;
}

const MESSAGE_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a text is a message's own id, by which it is opened rather than searched. */
export const isMessageId = (text: string) => MESSAGE_ID.test(text.trim());
