import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Fault } from '../design/Answer';
import { Icon } from '../design/Icon';
import { useOpened } from '../design/open';
import { Shell } from '../design/Shell';
import { type App, type Apps, appsOf } from './apps';
import css from './Launcher.module.css';
import { PatientChoice } from './PatientChoice';

/** What the person who is signed in may open. */
export function Launcher() {
  const { t } = useTranslation();
  const { fhir, session, signIn } = useOpened();
  const apps = useQuery({ queryKey: ['apps'], queryFn: async () => appsOf(await fhir.get('$apps')) });
  const name = apps.data?.name;
  useEffect(() => {
    document.title = `${t('launcher.title')} · Kiln`;
  }, [t]);
  return (
    <Shell session={session} signIn={signIn}>
      <main id="main" tabIndex={-1} className={css.main}>
        <h1>{name ? t('launcher.greeting', { name }) : t('launcher.title')}</h1>
        <p>{t('launcher.lead')}</p>
        <Answer query={apps}>{(answer) => <AppList {...answer} />}</Answer>
        <div className={css.foot}>
          <a href="/account">{t('launcher.account')}</a>
          <a href="/account">{t('launcher.signOut')}</a>
        </div>
      </main>
    </Shell>
  );
}

/** One of the hub's own signs in by itself; another one may wait to be opened out of a record. */
const isOwn = (app: App) => new URL(app.url, location.href).origin === location.origin;

function AppList({ apps, roles }: Apps) {
  const { t } = useTranslation();
  const { fhir } = useOpened();
  const [choosing, setChoosing] = useState<App>();
  const launch = useMutation({
    mutationFn: async (app: App) => (await fhir.post('$launch', { app: app.id })).text('url'),
    onSuccess: (url) => url && location.assign(url),
  });
  if (apps.length === 0) {
    return (
      <Empty title={t('launcher.none')} hint={t('launcher.noneHint', { roles: roles.join(', ') || '–' })}>
        <Button component="a" href="/account" variant="default">
          {t('launcher.account')}
        </Button>
      </Empty>
    );
  }
  return (
    <>
      {launch.isError && <Fault error={launch.error} />}
      <ul className={css.apps}>
        {apps.map((app) => (
          <li key={app.id}>
            {app.patient ? (
              <button type="button" className={css.app} onClick={() => setChoosing(app)}>
                <strong>{app.name}</strong>
                <span>{app.description}</span>
                <span className={css.badge}>
                  <Icon name="person" size={16} />
                  {t('launcher.choosesPatient')}
                </span>
              </button>
            ) : isOwn(app) ? (
              <a className={css.app} href={app.url}>
                <strong>{app.name}</strong>
                <span>{app.description}</span>
              </a>
            ) : (
              <button type="button" className={css.app} onClick={() => launch.mutate(app)}>
                <strong>{app.name}</strong>
                <span>{app.description}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {choosing && <PatientChoice app={choosing} onClose={() => setChoosing(undefined)} />}
    </>
  );
}
