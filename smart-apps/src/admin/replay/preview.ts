import type { Parts } from '../../smart/parameters';

/** What a replay would do to one element. */
export interface Difference {
  path: string;
  change: 'add' | 'replace' | 'remove';
  before?: string;
  after?: string;
  field?: string;
}

export interface Change {
  reference: string;
  action: 'create' | 'update' | 'none';
  differences: Difference[];
}

/** What a replay would do, as of now. */
export interface Preview {
  refused?: string;
  detail?: string;
  warnings: string[];
  unread: string[];
  changes: Change[];
  /** What stays although the message says otherwise. */
  kept: { path: string; why: string }[];
}

/** The answer has a message with everything in it; one of several is never asked for. */
export function previewOf(answer: Parts): Preview {
  const parts = answer.one('message') ?? answer;
  return {
    refused: parts.text('refused'),
    detail: parts.text('detail'),
    warnings: parts.texts('warning'),
    unread: parts.texts('unread'),
    changes: parts.all('resource').map((resource) => ({
      reference: resource.text('reference') ?? '',
      action: (resource.text('action') ?? 'none') as Change['action'],
      differences: resource.all('element').map(differenceOf),
    })),
    // The server says what is kept of a resource inside of it, or beside the resources.
    kept: [parts, ...parts.all('resource')].flatMap((holder) =>
      holder.all('kept').map((kept) => ({ path: kept.text('path') ?? '', why: kept.text('why') ?? '' })),
    ),
  };
}

export function differenceOf(parts: Parts): Difference {
  return {
    path: parts.text('path') ?? '',
    change: (parts.text('change') ?? 'replace') as Difference['change'],
    before: parts.text('before'),
    after: parts.text('after'),
    field: parts.text('field'),
  };
}

export function changesNothing(preview: Preview): boolean {
  return preview.changes.every((change) => change.action === 'none' || change.differences.length === 0);
}

export type OutcomeWord = 'applied' | 'failed' | 'refused' | 'waiting';

/** What became of a replayed message. */
export interface Outcome {
  id: string;
  outcome: OutcomeWord;
  reason?: string;
}

export function outcomesOf(answer: Parts): Outcome[] {
  return answer.all('message').map((message) => ({
    id: message.text('id') ?? '',
    outcome: (message.text('outcome') ?? 'waiting') as OutcomeWord,
    reason: message.text('reason'),
  }));
}
