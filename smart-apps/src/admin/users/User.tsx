import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Answer } from '../../design/Answer';
import { Icon } from '../../design/Icon';
import { Note } from '../../design/Note';
import { useOpened } from '../../design/open';
import { Screen } from '../../design/Shell';
import { useFormat } from '../../i18n/format';
import { MayNot } from '../people/MayNot';
import css from '../people/People.module.css';
import { Deed, type DeedName } from './Deed';
import { Told } from './Told';
import { type Done, type User as Account, type UserPage, useUsers } from './user';
import { Factor } from './Users';
import { UserStatus } from './UserStatus';

/** One account: what is known of it, and what can be done to it. */
export function User() {
  const { session } = useOpened();
  const { id = '' } = useParams();
  return session.may('account.manage') ? <UserScreen key={id} id={id} /> : <MayNot />;
}

function UserScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useUsers({ id });
  const user = query.data?.users[0];
  return (
    <Screen
      title={user?.name ?? t('users.one')}
      name={t('users.one')}
      tools={
        <Button component={Link} to="/users" variant="default" leftSection={<Icon name="back" />}>
          {t('users.all')}
        </Button>
      }
    >
      <Answer query={query}>
        {(page) =>
          user ? <UserDetail user={user} page={page} /> : <Note tone="warn" title={t('users.missing')} />
        }
      </Answer>
    </Screen>
  );
}

function UserDetail({ user, page }: { user: Account; page: UserPage }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<DeedName>();
  const [told, setTold] = useState<{ deed: DeedName; done: Done }>();

  function finish(deed: DeedName, done: Done) {
    setAsking(undefined);
    setTold({ deed, done });
    void queries.invalidateQueries({ queryKey: ['users'] });
  }

  return (
    <div className="stack">
      {told && <Told title={t(`users.did.${told.deed}`)} done={told.done} />}
      <div className={css.pair}>
        <Facts user={user} />
        {user.state === 'closed' ? (
          <Note tone="plain" icon="cross" title={t('users.isClosed')}>
            <p>{t('users.isClosedHint')}</p>
          </Note>
        ) : (
          <div className="stack">
            {user.self && (
              <Note tone="plain" icon="person" title={t('users.isSelf')}>
                <p>
                  {t('users.isSelfHint')} <a href="/account">{t('shell.account')}</a>
                </p>
              </Note>
            )}
            <section className="card" aria-label={t('users.deeds')}>
              <ul className={css.deeds}>
                {deedsOf(user).map((deed) => (
                  <li key={deed}>
                    <div>
                      <h2>{t(`users.deed.${deed}`)}</h2>
                      <p>{t(`users.why.${deed}`)}</p>
                    </div>
                    <Button
                      variant="default"
                      className={deed === 'close' ? 'danger' : undefined}
                      aria-label={t(`users.deed.${deed}`)}
                      onClick={() => setAsking(deed)}
                    >
                      {t(`users.verb.${deed}`)}…
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          </div>
        )}
      </div>
      {asking && (
        <Deed
          deed={asking}
          user={user}
          page={page}
          onDone={(done) => finish(asking, done)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}

/** What can be done to it as it is; to one's own account little. */
function deedsOf(user: Account): DeedName[] {
  if (user.self) {
    return ['roles'];
  }
  return [
    ...(user.state === 'locked' ? (['unlock'] as const) : []),
    'roles',
    'reset',
    ...(user.secondFactor ? (['second-factor-remove'] as const) : []),
    'sign-out',
    'close',
  ];
}

function Facts({ user }: { user: Account }) {
  const { t } = useTranslation();
  const format = useFormat();
  const none = <span className="soft">{t('people.none')}</span>;
  return (
    <section className="card" aria-label={t('users.one')}>
      <dl className={css.facts}>
        <dt>{t('column.state')}</dt>
        <dd className="row">
          <UserStatus state={user.state} />
          {user.mustChangePassword && user.state === 'active' && (
            <span className="soft small">{t('users.mustChange')}</span>
          )}
        </dd>
        <dt>{t('users.loginColumn')}</dt>
        <dd>{user.login}</dd>
        <dt>{t('users.roles')}</dt>
        <dd>{user.roles.map((role) => t(`role.${role}`, { defaultValue: role })).join(', ')}</dd>
        <dt>{t('users.email')}</dt>
        <dd>{user.email ?? none}</dd>
        <dt>{t('users.link')}</dt>
        <dd>{user.fhirUser ? <span className="mono">{user.fhirUser}</span> : none}</dd>
        <dt>{t('users.secondFactorColumn')}</dt>
        <dd>
          <Factor on={user.secondFactor} />
        </dd>
        <dt>{t('users.lastSignInColumn')}</dt>
        <dd>{user.lastSignIn ? format.moment(user.lastSignIn) : none}</dd>
        <dt>{t('users.created')}</dt>
        <dd>{format.moment(user.created)}</dd>
        {user.closed && (
          <>
            <dt>{t('users.state.closed')}</dt>
            <dd>{format.moment(user.closed)}</dd>
          </>
        )}
      </dl>
    </section>
  );
}
