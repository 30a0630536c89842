import type { Parts } from '../../smart/parameters';

/** What a sender sends that comes to nothing. */
export interface SenderReport {
  sender: string;
  messages: number;
  unread: { field: string; messages: number; message: string }[];
  unmapped: { field: string; code: string; system?: string; messages: number; message: string }[];
}

export function reportOf(answer: Parts): SenderReport[] {
  return answer.all('sender').map((sender) => ({
    sender: sender.text('sender') ?? '',
    messages: sender.number('messages'),
    unread: sender.all('unread').map((unread) => ({
      field: unread.text('field') ?? '',
      messages: unread.number('messages'),
      message: unread.text('message') ?? '',
    })),
    unmapped: sender.all('unmapped').map((unmapped) => ({
      field: unmapped.text('field') ?? '',
      code: unmapped.text('code') ?? '',
      system: unmapped.text('system'),
      messages: unmapped.number('messages'),
      message: unmapped.text('message') ?? '',
    })),
  }));
}
