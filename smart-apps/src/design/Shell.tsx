import { useMantineColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { choose, type Language, LANGUAGES } from '../i18n';
import type { Session } from '../smart/session';
import { Icon, type IconName } from './Icon';
import css from './Shell.module.css';

interface ShellProps {
  session: Session;
  /** The app's own name, beside Kiln's. */
  name?: string;
  /** Begins signing in again, once the session has ended. */
  signIn: () => void;
  nav?: ReactNode;
  live?: boolean;
  children: ReactNode;
}

/** What is around every screen: the way around, how it looks, who is signed in. */
export function Shell({ session, name, signIn, nav, live, children }: ShellProps) {
  const { t } = useTranslation();
  const ended = useSyncExternalStore(session.onEnd, () => session.ended);
  return (
    <>
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <header className={css.top}>
        <a className={css.brand} href="/">
          <Brand />
          Kiln {name && <small>{name}</small>}
        </a>
        {nav && (
          <nav className={css.nav} aria-label={t('shell.nav')}>
            {nav}
          </nav>
        )}
        <div className={css.tools}>
          {live !== undefined && <Live live={live} />}
          <LanguageTool />
          <SchemeTool />
          {name && <LinkTool href="/" icon="apps" word={t('shell.apps')} spare />}
          <LinkTool href="/account" icon="account" word={t('shell.account')} />
        </div>
      </header>
      {ended && (
        <div className={css.ended} role="alert">
          {t('shell.ended')}
          <button type="button" className={css.tool} onClick={signIn}>
            {t('shell.signIn')}
          </button>
        </div>
      )}
      {children}
    </>
  );
}

export function Count({ value }: { value: number }) {
  return value > 0 ? <span className={css.count}>{value > 999 ? '999+' : value}</span> : null;
}

/** One screen: its heading, which takes the focus when one comes from another screen, and what it holds. */
export function Screen(props: {
  title: string;
  /** What is said instead of the title at the top of the window, where the title names too much. */
  name?: string;
  lead?: ReactNode;
  tools?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${props.name ?? props.title} · ${APP}`;
  }, [props.name, props.title]);
  useEffect(() => {
    if (screens++ > 0) {
      heading.current?.focus();
    }
  }, []);
  return (
    <main id="main" tabIndex={-1} className={`${css.main} ${props.narrow ? css.narrow : ''}`}>
      <div className={css.head}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {props.title}
          </h1>
          {props.lead && <p>{props.lead}</p>}
        </div>
        {props.tools && <div className="row">{props.tools}</div>}
      </div>
      {props.children}
    </main>
  );
}

/** The app's name, as its page says it. */
const APP = document.title;

/** How many screens have been shown: the first must not take the focus from the top of the page. */
let screens = 0;

function Brand() {
  return (
    <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
      <path className={css.arch} d="M4 29V16a12 12 0 0 1 24 0v13z" />
      <path className={css.door} d="M12 29V18.500a4 4 0 0 1 8 0V29z" />
    </svg>
  );
}

/** A spare one gives way on a phone, where the brand leads to the same place. */
function LinkTool(props: { href: string; icon: IconName; word: string; spare?: boolean }) {
  return (
    <a className={`${css.tool} ${props.spare ? css.spare : ''}`} href={props.href} title={props.word}>
      <Icon name={props.icon} />
      <span className="hidden">{props.word}</span>
    </a>
  );
}

function Live({ live }: { live: boolean }) {
  const { t } = useTranslation();
  return (
    <span
      className={`${css.tool} ${live ? css.live : css.polls}`}
      title={t(live ? 'shell.liveHint' : 'shell.pollsHint')}
    >
      <Icon name={live ? 'live' : 'clock'} size={16} />
      {t(live ? 'shell.live' : 'shell.polls')}
    </span>
  );
}

const SCHEMES = ['auto', 'light', 'dark'] as const;
const SCHEME_ICONS = { auto: 'system', light: 'light', dark: 'dark' } as const;

function SchemeTool() {
  const { t } = useTranslation();
  // To switch transitions off meanwhile, Mantine would make a style element, which the policy forbids.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const next = SCHEMES[(SCHEMES.indexOf(colorScheme) + 1) % SCHEMES.length]!;
  const label = t('shell.scheme', {
    now: t(`shell.schemes.${colorScheme}`),
    next: t(`shell.schemes.${next}`),
  });
  return (
    <button
      type="button"
      className={css.tool}
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(next)}
    >
      <Icon name={SCHEME_ICONS[colorScheme]} />
    </button>
  );
}

function LanguageTool() {
  const { i18n } = useTranslation();
  const other = (Object.keys(LANGUAGES) as Language[]).find((language) => language !== i18n.language) ?? 'en';
  return (
    <button
      type="button"
      className={css.tool}
      lang={other}
      title={LANGUAGES[other]}
      onClick={() => choose(other)}
    >
      <span aria-hidden="true">{other.toUpperCase()}</span>
      <span className="hidden">{LANGUAGES[other]}</span>
    </button>
  );
}
