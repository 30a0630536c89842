import type { Parts } from '../../smart/parameters';

/** What a sender sends that comes to nothing. */
export interface SenderReport {
  sender: string;
  messages: number;
  unread: { field: string; messages: number; message: string }[];
  unmapped: { field: string; codes: string[]; table: string; messages: number; message: string }[];
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
      codes: unmapped.texts('code'),
      table: (unmapped.text('system') ?? '').replace(/^.*v2-/, ''),
      messages: unmapped.number('messages'),
      message: unmapped.text('message') ?? '',
    })),
  }));
}
