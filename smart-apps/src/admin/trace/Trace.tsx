import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Answer } from '../../design/Answer';
import { Copy } from '../../design/Copy';
import { Icon } from '../../design/Icon';
import { Screen } from '../../design/Shell';
import { useFormat } from '../../i18n/format';
import { MessageStatus } from '../messages/MessageStatus';
import { Reveal } from '../Reveal';
import { useMaskable } from '../reveal';
import { type Detail, detailOf } from './detail';
import { Failure } from './Failure';
import css from './Trace.module.css';
import { TraceColumns } from './TraceColumns';

/** One message: why it is where it is, and which element came from which field. */
export function Trace() {
  const { id = '' } = useParams();
  return <OneMessage key={id} id={id} />;
}

function OneMessage({ id }: { id: string }) {
  const { t } = useTranslation();
  const maskable = useMaskable('$message', id, detailOf, ({ state }) => state === 'received');
  const detail = maskable.query.data;
  const [place, setPlace] = useState<{ place: string }>();
  const title = detail
    ? t('trace.title', { type: detail.type || t('unknown'), sender: detail.sender || t('unknown') })
    : t('trace.loading');
  return (
    <Screen
      title={title}
      name={t('trace.name')}
      tools={
        detail && (
          <>
            <Reveal maskable={maskable} />
            {detail.state === 'applied' && (
              <Button
                component={Link}
                to={`/messages/${id}/replay`}
                variant="default"
                leftSection={<Icon name="replay" />}
              >
                {t('trace.preview')}
              </Button>
            )}
          </>
        )
      }
    >
      <Answer query={maskable.query}>
        {(message) => (
          <div className="stack">
            <Facts detail={message} />
            <Failure detail={message} onPlace={(text) => setPlace({ place: text })} />
            <TraceColumns detail={message} at={place} />
          </div>
        )}
      </Answer>
    </Screen>
  );
}

function Facts({ detail }: { detail: Detail }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className={`card ${css.facts}`}>
      <div>
        <dt className="hidden">{t('column.state')}</dt>
        <dd>
          <MessageStatus state={detail.state} />
        </dd>
      </div>
      <div>
        <dt>{t('column.received')}</dt>
        <dd>{format.moment(detail.received)}</dd>
      </div>
      {detail.finished && (
        <div>
          <dt>{t('column.finished')}</dt>
          <dd>{format.moment(detail.finished)}</dd>
        </div>
      )}
      {detail.controlId && (
        <div>
          <dt>{t('column.controlId')}</dt>
          <dd>
            <Copy value={detail.controlId} what={t('column.controlId')} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t('column.id')}</dt>
        <dd>
          <Copy value={detail.id} what={t('column.id')} short />
        </dd>
      </div>
      <div>
        <dt>{t('column.listener')}</dt>
        <dd>{detail.source}</dd>
      </div>
      {detail.sender && (
        <div>
          <dt>{t('column.sender')}</dt>
          <dd>
            <Link to={`/messages?sender=${encodeURIComponent(detail.sender)}`}>{detail.sender}</Link>
          </dd>
        </div>
      )}
      {detail.replays > 0 && (
        <div>
          <dt>{t('column.replays')}</dt>
          <dd>{format.number(detail.replays)}</dd>
        </div>
      )}
    </dl>
  );
}
