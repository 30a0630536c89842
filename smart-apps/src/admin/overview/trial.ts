import type { Parts } from '../../smart/parameters';

/** One step of a test message. */
export interface Step {
  name: string;
  millis: number;
  fault?: string;
  text?: string;
}

/** How a test message of a listener fared. */
export interface Trial {
  ok: boolean;
  steps: Step[];
  /** Whether it ended with the handshake, since the listener wants a certificate that the hub has not. */
  handshakeOnly: boolean;
  certificate?: { subject: string; ends?: string };
  acknowledgement?: string;
  message?: string;
}

export function trialOf(parts: Parts): Trial {
  const steps = parts.all('step').map((step) => ({
    name: step.text('name') ?? '',
    millis: step.number('millis'),
    fault: step.flag('ok') ? undefined : (step.text('fault') ?? 'not-accepted'),
    text: step.text('text'),
  }));
  const ok = parts.flag('ok');
  const certificate = parts.one('certificate');
  return {
    ok,
    steps,
    handshakeOnly: ok && steps.at(-1)?.name === 'tls',
    certificate: certificate && {
      subject: certificate.text('subject') ?? '',
      ends: certificate.text('ends'),
    },
    acknowledgement: parts.text('acknowledgement')?.replaceAll('\r', '\n').trim() || undefined,
    message: parts.text('message'),
  };
}
