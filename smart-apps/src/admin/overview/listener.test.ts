import { describe, expect, it } from 'vitest';
import { Parts } from '../../smart/parameters';
import { byUrgency, certificateUrgency, listenerOf } from './listener';

const now = Date.parse('2026-03-01T12:00:00Z');

describe('a certificate', () => {
  it('warns for thirty days before its end', () => {
    expect(certificateUrgency(undefined, now)).toBeUndefined();
    expect(certificateUrgency('2026-04-01T12:00:00Z', now)).toBeUndefined();
    expect(certificateUrgency('2026-03-30T12:00:00Z', now)).toBe('soon');
    expect(certificateUrgency('2026-03-01T11:59:59Z', now)).toBe('ended');
  });
});

describe('listeners', () => {
  const listener = (parameter: { name: string; [value: `value${string}`]: unknown }[]) =>
    listenerOf(new Parts(parameter));

  it('that need somebody come first', () => {
    const well = listener([
      { name: 'name', valueString: 'well' },
      { name: 'state', valueCode: 'listening' },
    ]);
    const failing = listener([
      { name: 'name', valueString: 'failing' },
      { name: 'state', valueCode: 'listening' },
      { name: 'failed', valueInteger: 2 },
    ]);
    const stopped = listener([
      { name: 'name', valueString: 'stopped' },
      { name: 'state', valueCode: 'stopped' },
    ]);
    expect(byUrgency([well, failing, stopped], now).map(({ name }) => name)).toEqual([
      'stopped',
      'failing',
      'well',
    ]);
  });

  it('have an address with or without a port', () => {
    const at = { name: 'address', valueString: '0.0.0.0' };
    expect(listener([at, { name: 'port', valueInteger: 2575 }]).address).toBe('0.0.0.0:2575');
    expect(listener([at]).address).toBe('0.0.0.0');
  });
});
