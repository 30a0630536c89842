import { useQuery } from '@tanstack/react-query';
import { useOpened } from '../../design/open';
import type { Parts } from '../../smart/parameters';
import { useRefresh } from '../live';

/** One way in, and how it is doing. */
export interface Listener {
  name: string;
  kind: string;
  address: string;
  state: 'listening' | 'draining' | 'paused' | 'stopped';
  connections: number;
  lastMessage?: string;
  certificateEnds?: string;
  receivedHour: number;
  refusedHour: number;
  failedHour: number;
  waiting: number;
  failed: number;
  oldestWaiting?: string;
  /** What keeps it from fetching. */
  trouble?: { why: string; since: string };
  lastError?: { message: string; reason: string; received: string };
}

export function listenerOf(parts: Parts): Listener {
  const error = parts.one('last-error');
  const trouble = parts.one('trouble');
  const port = parts.text('port');
  return {
    name: parts.text('name') ?? '',
    kind: parts.text('kind') ?? '',
    address: (parts.text('address') ?? '') + (port ? `:${port}` : ''),
    state: (parts.text('state') ?? 'stopped') as Listener['state'],
    connections: parts.number('connections'),
    lastMessage: parts.text('last-message'),
    certificateEnds: parts.text('certificate-ends'),
    receivedHour: parts.number('received-hour'),
    refusedHour: parts.number('refused-hour'),
    failedHour: parts.number('failed-hour'),
    waiting: parts.number('waiting'),
    failed: parts.number('failed'),
    oldestWaiting: parts.text('oldest-waiting'),
    trouble: trouble && { why: trouble.text('why') ?? '', since: trouble.text('since') ?? '' },
    lastError: error && {
      message: error.text('message') ?? '',
      reason: error.text('reason') ?? '',
      received: error.text('received') ?? '',
    },
  };
}

export function useListeners() {
  const { fhir } = useOpened();
  const refetchInterval = useRefresh();
  return useQuery({
    queryKey: ['listeners'],
    queryFn: async () => (await fhir.get('$listeners')).all('listener').map(listenerOf),
    refetchInterval,
  });
}

const DAY = 86_400_000;

/** How urgent a certificate's end is: it warns for thirty days, as the hub's log does. */
export function certificateUrgency(ends: string | undefined, now = Date.now()): 'ended' | 'soon' | undefined {
  if (!ends) {
    return undefined;
  }
  const left = new Date(ends).getTime() - now;
  return left <= 0 ? 'ended' : left < 30 * DAY ? 'soon' : undefined;
}

/** Those that need somebody come first; the rest stay in the hub's order. */
export function byUrgency(listeners: Listener[], now = Date.now()): Listener[] {
  const urgency = (one: Listener) =>
    one.state === 'stopped' || one.trouble ? 0 : one.failed > 0 || certificateUrgency(one.certificateEnds, now) ? 1 : 2;
  return [...listeners].sort((a, b) => urgency(a) - urgency(b));
}
