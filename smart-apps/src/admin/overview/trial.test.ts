import { describe, expect, it } from 'vitest';
import { Parts } from '../../smart/parameters';
import { trialOf } from './trial';

const step = (name: string, fault?: string) => ({
  name: 'step',
  part: [
    { name: 'name', valueCode: name },
    { name: 'millis', valueInteger: 3 },
    { name: 'ok', valueBoolean: !fault },
    ...(fault ? [{ name: 'fault', valueCode: fault }] : []),
  ],
});

describe('a test message', () => {
  it('has its acknowledgement with a line for each segment', () => {
    const trial = trialOf(
      new Parts([
        { name: 'ok', valueBoolean: true },
        step('sent'),
        step('acknowledged'),
        { name: 'acknowledgement', valueString: 'MSH|\rMSA|AA|1\r' },
        { name: 'message', valueString: '17' },
      ]),
    );
    expect(trial.ok).toBe(true);
    expect(trial.handshakeOnly).toBe(false);
    expect(trial.steps.map(({ name }) => name)).toEqual(['sent', 'acknowledged']);
    expect(trial.acknowledgement).toBe('MSH|\nMSA|AA|1');
    expect(trial.message).toBe('17');
  });

  it('that ends with a good handshake says so', () => {
    const good = [{ name: 'ok', valueBoolean: true }, step('connected'), step('tls')];
    expect(trialOf(new Parts(good)).handshakeOnly).toBe(true);
    const bad = [{ name: 'ok', valueBoolean: false }, step('tls', 'handshake')];
    expect(trialOf(new Parts(bad)).handshakeOnly).toBe(false);
    expect(trialOf(new Parts(bad)).steps[0]?.fault).toBe('handshake');
    expect(trialOf(new Parts(bad)).acknowledgement).toBeUndefined();
  });
});
