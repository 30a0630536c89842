import { useTranslation } from 'react-i18next';
import { Note } from '../../design/Note';
import { Secret } from '../people/Secret';
import type { Done } from './user';

/** What was done, and what the owner of the account must be told of it. */
export function Told({ title, done }: { title: string; done: Done }) {
  const { t } = useTranslation();
  return (
    <Note tone="good" title={title} alert>
      {done.mailed && <p>{t('users.mailed', { address: done.mailed })}</p>}
      {done.password && (
        <>
          <p>{t('users.password', { name: done.user.name, login: done.user.login })}</p>
          <Secret value={done.password} what={t('users.passwordWhat')} />
          <p className="soft small">{t('people.once')}</p>
        </>
      )}
    </Note>
  );
}
