import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../smart/fhir';
import { SignedOut } from '../smart/session';
import { Note } from './Note';

/** A query, as far as an answer needs it. */
interface Asked<T> {
  data: T | undefined;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
}

/** What is asked of the server: that it is on its way, that it was refused, or what it says. */
export function Answer<T>({ query, children }: { query: Asked<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Fault error={query.error} onRetry={query.refetch} />}
        {children(query.data)}
      </>
    );
  }
  return query.isError ? <Fault error={query.error} onRetry={query.refetch} /> : <Loading />;
}

export function Loading() {
  const { t } = useTranslation();
  return (
    <div className="skeleton" role="status">
      <span className="spinner" />
      {t('loading')}
    </div>
  );
}

/** What went wrong, in plain words and with the server's own. */
export function Fault({ error, onRetry }: { error: unknown; onRetry?: () => unknown }) {
  const { t } = useTranslation();
  const kind = kindOf(error);
  return (
    <Note
      tone={kind === 'forbidden' ? 'warn' : 'bad'}
      icon={kind === 'forbidden' ? 'lock' : 'dead'}
      title={t(`fault.${kind}.title`)}
      alert
    >
      <p>{t(`fault.${kind}.hint`)}</p>
      {error instanceof Refused && error.message && <p className="soft small">{error.message}</p>}
      {onRetry && kind !== 'forbidden' && (
        <p>
          <Button variant="default" size="xs" onClick={() => onRetry()}>
            {t('again')}
          </Button>
        </p>
      )}
    </Note>
  );
}

function kindOf(error: unknown): 'forbidden' | 'missing' | 'refused' | 'signedOut' | 'away' | 'broken' {
  if (error instanceof SignedOut) {
    return 'signedOut';
  }
  if (!(error instanceof Refused)) {
    return 'away';
  }
  if (error.status === 403) {
    return 'forbidden';
  }
  if (error.status === 404 || error.status === 410) {
    return 'missing';
  }
  return error.status < 500 ? 'refused' : 'broken';
}

/** A list that has nothing in it, and what to do next. */
export function Empty({ title, hint, children }: { title: string; hint: string; children?: ReactNode }) {
  return (
    <div className="card empty">
      <h2>{title}</h2>
      <p>{hint}</p>
      {children}
    </div>
  );
}
