import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import { Icon, type IconName } from '../design/Icon';
import { Note } from '../design/Note';
import { useOpened } from '../design/open';
import { Count, Screen, Shell } from '../design/Shell';
import { LiveProvider, useLive } from './live';
import { useListeners } from './overview/listener';

/** With the right that one needs for it beside that to look at messages. */
const PLACES: [string, IconName, string?][] = [
  ['overview', 'overview'],
  ['messages', 'messages'],
  ['dead-letters', 'dead'],
  ['profiles', 'profiles'],
  ['reports', 'reports'],
  ['users', 'person', 'account.manage'],
  ['clients', 'client', 'client.manage'],
];

/** What is around the screens of Interfaces. */
export function Frame() {
  const { t } = useTranslation();
  const { session, signIn } = useOpened();
  if (!session.may('message.read')) {
    return (
      <Shell session={session} name={t('title')} signIn={signIn}>
        <Screen title={t('mayNot.title')} narrow>
          <Note tone="warn" icon="lock" title={t('mayNot.what')}>
            <p>{t('mayNot.hint')}</p>
          </Note>
        </Screen>
      </Shell>
    );
  }
  return <LiveFrame />;
}

function LiveFrame() {
  const { t } = useTranslation();
  const { session, signIn } = useOpened();
  const live = useLive();
  return (
    <LiveProvider value={live}>
      <Shell session={session} name={t('title')} signIn={signIn} live={live} nav={<Nav />}>
        <Outlet />
      </Shell>
    </LiveProvider>
  );
}

function Nav() {
  const { t } = useTranslation();
  const { session } = useOpened();
  const listeners = useListeners();
  const failed = listeners.data?.reduce((sum, listener) => sum + listener.failed, 0) ?? 0;
  return PLACES.filter(([, , right]) => !right || session.may(right)).map(([place, icon]) => (
    <NavLink key={place} to={place === 'overview' ? '/' : `/${place}`} end={place === 'overview'}>
      <Icon name={icon} />
      {t(`nav.${place}`)}
      {place === 'dead-letters' && <Count value={failed} />}
    </NavLink>
  ));
}
