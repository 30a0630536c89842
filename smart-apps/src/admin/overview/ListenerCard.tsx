import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Fault } from '../../design/Answer';
import { Dialog } from '../../design/Dialog';
import { Icon, type IconName } from '../../design/Icon';
import { useOpened } from '../../design/open';
import { Status, type Tone } from '../../design/Status';
import { useFormat } from '../../i18n/format';
import { reasonWords } from '../messages/reason';
import { certificateUrgency, type Listener } from './listener';
import css from './Overview.module.css';
import { TestMessage } from './TestMessage';

const LOOKS: Record<Listener['state'], [Tone, IconName]> = {
  listening: ['good', 'listening'],
  draining: ['warn', 'drain'],
  paused: ['warn', 'pause'],
  stopped: ['bad', 'stop'],
};

/** One way in: whether it takes messages, how many, and what went wrong last. */
export function ListenerCard({ listener }: { listener: Listener }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [tone, icon] = LOOKS[listener.state] ?? ['quiet', 'stop'];
  const urgency = certificateUrgency(listener.certificateEnds);
  const numbers: [string, number, boolean][] = [
    ['received', listener.receivedHour, false],
    ['refused', listener.refusedHour, listener.refusedHour > 0],
    ['waiting', listener.waiting, false],
    ['failed', listener.failed, listener.failed > 0],
  ];
  return (
    <section className={`card ${css.listener}`} aria-label={listener.name}>
      <div className={css.top}>
        <h2>{listener.name}</h2>
        <Status tone={tone} icon={icon}>
          {t(`listener.${listener.state}`)}
        </Status>
        <div className={css.controls}>
          <TestMessage listener={listener} />
          <Control listener={listener} />
        </div>
      </div>
      <p className={css.foot}>
        {t(`kind.${listener.kind}`, { defaultValue: listener.kind })}{' '}
        <span className="mono">{listener.address}</span>
        {' · '}
        {t('overview.connections', { count: listener.connections })}
        {' · '}
        {listener.lastMessage
          ? t('overview.last', { ago: format.ago(listener.lastMessage) })
          : t('overview.neverReceived')}
      </p>
      <dl className={css.numbers}>
        {numbers.map(([name, value, alarm]) => (
          <div key={name} className={alarm ? css.alarm : undefined}>
            <dt>{t(`overview.number.${name}`)}</dt>
            <dd>{format.number(value)}</dd>
          </div>
        ))}
      </dl>
      {listener.waiting > 0 && listener.oldestWaiting && (
        <p className={css.foot}>{t('overview.oldest', { ago: format.ago(listener.oldestWaiting) })}</p>
      )}
      {urgency && (
        <p className={`${css.certificate} ${urgency === 'ended' ? css.ended : ''}`}>
          <Icon name="lock" size={16} />
          {t(`overview.certificate.${urgency}`, {
            ago: format.ago(listener.certificateEnds!),
            date: format.moment(listener.certificateEnds),
          })}
        </p>
      )}
      {listener.trouble && (
        <p className={css.error}>
          {t('overview.trouble', { ago: format.ago(listener.trouble.since) })} {listener.trouble.why}
        </p>
      )}
      {listener.lastError && (
        <p className={css.error}>
          {t('overview.lastError', { ago: format.ago(listener.lastError.received) })}{' '}
          <Link to={`/messages/${listener.lastError.message}`}>
            {reasonWords(t, listener.lastError.reason)}
          </Link>
        </p>
      )}
    </section>
  );
}

/** Pauses a listener or lets it go on, after a question, since senders notice it at once. */
function Control({ listener }: { listener: Listener }) {
  const { t } = useTranslation();
  const { fhir, session } = useOpened();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const verb = listener.state === 'listening' ? 'pause' : 'resume';
  const control = useMutation({
    mutationFn: () => fhir.post(`$listener-${verb}`, { name: listener.name }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['listeners'] });
      setAsking(false);
    },
  });
  if (!session.may('interface.control') || listener.state === 'stopped') {
    return <span />;
  }
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Icon name={verb === 'pause' ? 'pause' : 'play'} size={15} />}
        aria-label={t(`overview.${verb}Named`, { name: listener.name })}
        onClick={() => setAsking(true)}
      >
        {t(`overview.${verb}`)}
      </Button>
      {asking && (
        <Dialog title={t(`overview.${verb}Ask`, { name: listener.name })} onClose={() => setAsking(false)}>
          <p>{t(`overview.${verb}Hint`)}</p>
          {control.isError && <Fault error={control.error} />}
          <div className="row actions">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('cancel')}
            </Button>
            <Button loading={control.isPending} onClick={() => control.mutate()}>
              {t(`overview.${verb}`)}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
