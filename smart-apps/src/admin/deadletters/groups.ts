import type { Message } from '../messages/message';

/** Dead letters that one fault has made: they have the reason and the sender in common. */
export interface Group {
  key: string;
  reason: string;
  sender: string;
  messages: Message[];
}

/** The largest group first, since mending it helps most; in each, as the messages came. */
export function groupsOf(messages: readonly Message[]): Group[] {
  const groups = new Map<string, Group>();
  for (const message of messages) {
    const reason = message.reason ?? 'other';
    const key = `${reason} ${message.sender}`;
    const group = groups.get(key) ?? { key, reason, sender: message.sender, messages: [] };
    group.messages.push(message);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map((group) => ({ ...group, messages: inOrder(group.messages) }))
    .sort((a, b) => b.messages.length - a.messages.length || a.key.localeCompare(b.key));
}

/** The order in which messages came is the order in which they are replayed. */
export function inOrder(messages: readonly Message[]): Message[] {
  return [...messages].sort((a, b) => a.received.localeCompare(b.received));
}
