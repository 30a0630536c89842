import { describe, expect, it } from 'vitest';
import { filterOf, isMessageId, NOTHING, queryOf, searchOf } from './filter';

const now = Date.parse('2026-03-01T12:00:42Z');

describe('a search', () => {
  it('comes back from its address as it went there', () => {
    const search = { ...NOTHING, text: 'ADM|1', state: 'failed', when: '24h' };
    expect(queryOf(search).toString()).toBe('text=ADM%7C1&state=failed&when=24h');
    expect(searchOf(queryOf(search))).toEqual(search);
  });

  it('has no patient in its address', () => {
    expect(Object.keys(NOTHING)).not.toContain('patient');
  });

  it('reckons a span from the full minute', () => {
    expect(filterOf({ ...NOTHING, when: '1h' }, '', now).received).toEqual(['ge2026-03-01T11:00:00.000Z']);
  });

  it('asks from and until the times of its fields', () => {
    const search = { ...NOTHING, when: 'custom', from: '2026-03-01T10:00', to: '' };
    expect(filterOf(search, '', now).received).toEqual([`ge${new Date('2026-03-01T10:00').toISOString()}`]);
    expect(filterOf({ ...search, from: 'nonsense' }, '', now).received).toEqual([]);
  });

  it('takes a patient by id or by reference', () => {
    expect(filterOf(NOTHING, ' Patient/17 ', now).patient).toBe('17');
    expect(filterOf(NOTHING, '17', now).patient).toBe('17');
  });
});

describe("a message's id", () => {
  it('is told from a control id', () => {
    expect(isMessageId(' 3f0c2b1a-1111-2222-3333-444455556666 ')).toBe(true);
    expect(isMessageId('ADM0001')).toBe(false);
  });
});
