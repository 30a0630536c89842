import { expect, it } from 'vitest';
import type { Message } from '../messages/message';
import { groupsOf } from './groups';

const message = (id: string, received: string, reason: string, sender: string) =>
  ({ id, received, reason, sender, state: 'failed' }) as Message;

it('puts together what one fault has made, the largest first, each in the order of arrival', () => {
  const groups = groupsOf([
    message('3', '2026-03-01T12:00:03Z', 'STORE_REFUSED', 'A|B'),
    message('2', '2026-03-01T12:00:02Z', 'UNTRANSLATABLE', 'A|B'),
    message('1', '2026-03-01T12:00:01Z', 'STORE_REFUSED', 'A|B'),
    message('0', '2026-03-01T12:00:00Z', 'STORE_REFUSED', 'C|D'),
  ]);
  expect(
    groups.map(({ reason, sender, messages }) => [reason, sender, messages.map(({ id }) => id)]),
  ).toEqual([
    ['STORE_REFUSED', 'A|B', ['1', '3']],
    ['STORE_REFUSED', 'C|D', ['0']],
    ['UNTRANSLATABLE', 'A|B', ['2']],
  ]);
});
