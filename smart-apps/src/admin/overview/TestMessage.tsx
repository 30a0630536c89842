import { Button, Loader } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Fault } from '../../design/Answer';
import { Dialog } from '../../design/Dialog';
import { Icon } from '../../design/Icon';
import { Note } from '../../design/Note';
import { useOpened } from '../../design/open';
import { useFormat } from '../../i18n/format';
import type { Listener } from './listener';
import css from './Overview.module.css';
import { type Step, type Trial, trialOf } from './trial';

/** Sends a message that changes nothing to a listener, at once, and shows how far it came. */
export function TestMessage({ listener }: { listener: Listener }) {
  const { t } = useTranslation();
  const { fhir, session } = useOpened();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const test = useMutation({
    mutationFn: async () =>
      trialOf((await fhir.post('$listener-test', { name: listener.name })).one('test')!),
    onSettled: () => queries.invalidateQueries({ queryKey: ['listeners'] }),
  });
  if (!session.may('interface.control') || listener.state !== 'listening') {
    return null;
  }
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Icon name="live" size={15} />}
        aria-label={t('test.sendNamed', { name: listener.name })}
        onClick={() => {
          setOpen(true);
          test.mutate();
        }}
      >
        {t('test.send')}
      </Button>
      {open && (
        <Dialog title={t('test.title', { name: listener.name })} onClose={() => setOpen(false)}>
          <div className="stack">
            <p className={`soft ${css.hint}`}>{t('test.hint')}</p>
            <div aria-live="polite">
              {test.isPending && (
                <p className="row">
                  <Loader size="sm" />
                  {t('test.pending')}
                </p>
              )}
              {test.isError && <Fault error={test.error} />}
              {test.isSuccess && <Outcome trial={test.data} kind={listener.kind} />}
            </div>
            <div className="row actions">
              <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
                {t('test.again')}
              </Button>
              <Button onClick={() => setOpen(false)}>{t('test.close')}</Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}

function Outcome({ trial, kind }: { trial: Trial; kind: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const outcome = !trial.ok ? 'failed' : trial.handshakeOnly ? 'handshake' : 'good';
  return (
    <div className="stack">
      <Note tone={trial.ok ? 'good' : 'bad'} title={t(`test.outcome.${outcome}`)}>
        {trial.handshakeOnly && <p>{t('test.handshakeHint')}</p>}
        {trial.ok && kind === 'http' && <p>{t('test.httpHint')}</p>}
      </Note>
      <ol className={css.steps}>
        {trial.steps.map((step) => (
          <StepLine key={step.name} step={step} />
        ))}
      </ol>
      {trial.certificate && (
        <p className={css.foot}>
          {t('test.certificate', { date: format.moment(trial.certificate.ends) })}{' '}
          <span className="mono">{trial.certificate.subject}</span>
        </p>
      )}
      {trial.acknowledgement && (
        <div>
          <h3 className={css.ackTitle}>{t('test.acknowledgement')}</h3>
          <pre
            className={`mono ${css.ack}`}
            tabIndex={0}
            aria-label={t('test.acknowledgement')}
            role="region"
          >
            {trial.acknowledgement}
          </pre>
        </div>
      )}
      {trial.message && <Link to={`/messages/${trial.message}`}>{t('test.trace')}</Link>}
    </div>
  );
}

function StepLine({ step }: { step: Step }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className={step.fault ? css.failed : undefined}>
      <Icon name={step.fault ? 'cross' : 'check'} size={16} />
      <span>
        {t(`test.step.${step.name}`, { defaultValue: step.name })}
        {step.fault && (
          <>
            {': '}
            <strong>{t(`test.fault.${step.fault}`, { defaultValue: step.fault })}</strong>
            {step.text && (
              <span className={css.detail} lang="en">
                {step.text}
              </span>
            )}
          </>
        )}
      </span>
      <span className={css.millis}>{t('test.millis', { millis: format.number(step.millis) })}</span>
    </li>
  );
}
