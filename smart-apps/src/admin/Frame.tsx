import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import { Icon, type IconName } from '../design/Icon';
import { Note } from '../design/Note';
import { useOpened } from '../design/open';
import { Count, Screen, Shell } from '../design/Shell';
import { LiveProvider, useLive } from './live';
import { useListeners } from './overview/listener';

const PLACES: [string, IconName][] = [
  ['overview', 'overview'],
  ['messages', 'messages'],
  ['dead-letters', 'dead'],
  ['profiles', 'profiles'],
  ['reports', 'reports'],
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
  const listeners = useListeners();
  const failed = listeners.data?.reduce((sum, listener) => sum + listener.failed, 0) ?? 0;
  return PLACES.map(([place, icon]) => (
    <NavLink key={place} to={place === 'overview' ? '/' : `/${place}`} end={place === 'overview'}>
      <Icon name={icon} />
      {t(`nav.${place}`)}
      {place === 'dead-letters' && <Count value={failed} />}
    </NavLink>
  ));
}
