import type { Parts } from '../../smart/parameters';

export type MessageState = 'received' | 'applied' | 'rejected' | 'failed';

/** A message as lists show it. */
export interface Message {
  id: string;
  received: string;
  /** The name of the listener by which it came. */
  source: string;
  type: string;
  controlId: string;
  sender: string;
  state: MessageState;
  reason?: string;
  finished?: string;
  warnings: number;
  unread: number;
}

export interface MessagePage {
  messages: Message[];
  /** Where the following page begins. */
  next?: string;
}

/** What is looked for, by the names of the operation's parameters. */
export interface Filter {
  'control-id'?: string;
  patient?: string;
  type?: string;
  sender?: string;
  listener?: string;
  state?: string;
  reason?: string;
  received?: readonly string[];
}

export function messageOf(parts: Parts): Message {
  const text = (name: string) => parts.text(name) ?? '';
  return {
    id: text('id'),
    received: text('received'),
    source: text('source'),
    type: text('type'),
    controlId: text('control-id'),
    sender: text('sender'),
    state: text('state') as MessageState,
    reason: parts.text('reason'),
    finished: parts.text('finished'),
    warnings: parts.number('warnings'),
    unread: parts.number('unread'),
  };
}

export function pageOf(answer: Parts): MessagePage {
  return { messages: answer.all('message').map(messageOf), next: answer.text('next') };
}
