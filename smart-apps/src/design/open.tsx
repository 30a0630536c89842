import '@mantine/core/styles.css';
import './kiln.css';
import { Button, localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, StrictMode, useContext } from 'react';
import { createRoot } from 'react-dom/client';
import { useTranslation } from 'react-i18next';
import { startTexts } from '../i18n';
import { Fhir, Refused } from '../smart/fhir';
import { begin, discover, launch, type Place, SignInError, type SmartApp } from '../smart/launch';
import { Session, SignedOut } from '../smart/session';
import { Note } from './Note';
import { theme } from './theme';

interface Opened {
  fhir: Fhir;
  session: Session;
  /** Leaves the page to sign in, and comes back to the same screen. */
  signIn: () => void;
}

const OpenedContext = createContext<Opened | undefined>(undefined);

/** The session of this page, and FHIR with it. */
export function useOpened(): Opened {
  return useContext(OpenedContext)!;
}

const colorScheme = localStorageColorSchemeManager({ key: 'kiln-color-scheme' });

/** Opens an app: its texts, its look, the sign-in, and then the app itself. */
export async function open(app: SmartApp, content: () => ReactNode): Promise<void> {
  const scheme = colorScheme.get('auto');
  const dark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
  const root = createRoot(document.getElementById('root')!);
  const show = (shown: ReactNode) =>
    root.render(
      <StrictMode>
        {/* Styles that are made at run time would need an exception from the content security policy. */}
        <MantineProvider
          theme={theme}
          colorSchemeManager={colorScheme}
          defaultColorScheme="auto"
          withCssVariables={false}
          withStaticClasses={false}
          withGlobalClasses={false}
        >
          {shown}
        </MantineProvider>
      </StrictMode>,
    );
  await startTexts();
  const here = (): Place => ({ url: new URL(location.href), storage: sessionStorage });
  const signIn = async () => location.assign(await begin(await discover(here()), app, here()));
  try {
    const launched = await launch(app, here());
    if ('redirect' in launched) {
      location.replace(launched.redirect);
      return;
    }
    history.replaceState(null, '', launched.goOn);
    const session = new Session(launched.server, app, here(), launched.grant);
    const opened = { session, fhir: new Fhir(session), signIn: () => void signIn() };
    show(
      <OpenedContext value={opened}>
        <QueryClientProvider client={queries()}>{content()}</QueryClientProvider>
      </OpenedContext>,
    );
  } catch (e) {
    show(<NotSignedIn reason={e instanceof SignInError ? e.message : ''} path={app.path} />);
  }
}

/** A refusal stays one when it is asked again; a network may come back. */
function queries(): QueryClient {
  const retry = (count: number, error: Error) =>
    !(error instanceof Refused || error instanceof SignedOut) && count < 2;
  return new QueryClient({ defaultOptions: { queries: { retry, staleTime: 5_000 } } });
}

function NotSignedIn({ reason, path }: { reason: string; path: string }) {
  const { t } = useTranslation();
  const denied = reason === 'access_denied';
  return (
    <main className="stack" style={{ maxWidth: '34rem', margin: '4rem auto', padding: '0 1rem' }}>
      <h1>{t('signIn.title')}</h1>
      <Note tone={denied ? 'warn' : 'bad'} title={t(denied ? 'signIn.denied' : 'signIn.failed')}>
        {reason && <p className="soft small">{reason}</p>}
      </Note>
      <div className="row">
        <Button component="a" href={path}>
          {t('signIn.again')}
        </Button>
        <Button component="a" href="/account" variant="default">
          {t('shell.account')}
        </Button>
      </div>
    </main>
  );
}
