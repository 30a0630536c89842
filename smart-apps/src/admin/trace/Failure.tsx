import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon } from '../../design/Icon';
import { Note } from '../../design/Note';
import { useOpened } from '../../design/open';
import { reasonAdvice, reasonWords } from '../messages/reason';
import type { Detail } from './detail';
import { profileLink } from '../profiles/profile';
import css from './Trace.module.css';

/** Why a message has not been applied, and what to do about it. */
export function Failure({ detail, onPlace }: { detail: Detail; onPlace: (place: string) => void }) {
  const { t } = useTranslation();
  const { session } = useOpened();
  if (detail.state === 'received') {
    return (
      <Note tone="plain" title={t('trace.waits')}>
        <p className="soft">{t('trace.waitsHint')}</p>
      </Note>
    );
  }
  if (detail.state === 'applied') {
    return null;
  }
  const reason = detail.reason ?? 'other';
  return (
    <Note tone={detail.state === 'failed' ? 'bad' : 'warn'} title={reasonWords(t, reason)}>
      {detail.detail && <p>{detail.detail}</p>}
      {detail.location && (
        <p>
          {t('trace.where')}{' '}
          <button type="button" className="copy mono place" onClick={() => onPlace(detail.location!)}>
            {detail.location}
          </button>
        </p>
      )}
      <p>
        <strong>{t('trace.whatToDo')}</strong> {reasonAdvice(t, reason)}
      </p>
      <div className={`row ${css.actions}`}>
        <Button
          component={Link}
          to={profileLink(detail.sender, detail.id)}
          variant="default"
          leftSection={<Icon name="profiles" />}
        >
          {t(session.may('site.write') ? 'trace.fixProfile' : 'trace.seeProfile')}
        </Button>
        <Button component={Link} to={`/messages/${detail.id}/replay`} leftSection={<Icon name="replay" />}>
          {t('trace.preview')}
        </Button>
      </div>
    </Note>
  );
}
