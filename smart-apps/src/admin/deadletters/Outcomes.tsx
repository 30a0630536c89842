import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Note } from '../../design/Note';
import { reasonWords } from '../messages/reason';
import type { Outcome, OutcomeWord } from '../replay/preview';

const WORDS: OutcomeWord[] = ['applied', 'waiting', 'failed', 'refused'];

/** What has become of the messages that were replayed, while it goes on and afterwards. */
export function Outcomes({ done, all }: { done: Outcome[]; all: number }) {
  const { t } = useTranslation();
  if (all === 0) {
    return null;
  }
  const bad = done.filter(({ outcome }) => outcome === 'failed' || outcome === 'refused');
  const counts = WORDS.map((word) => [word, done.filter(({ outcome }) => outcome === word).length] as const);
  return (
    <Note
      tone={bad.length > 0 ? 'warn' : 'good'}
      icon="replay"
      title={
        done.length < all
          ? t('dead.running', { done: done.length, all })
          : t('dead.done', { count: done.length })
      }
      alert
    >
      <p>
        {counts
          .filter(([, count]) => count > 0)
          .map(([word, count]) => t(`outcome.${word}.count`, { count }))
          .join(' · ')}
      </p>
      {bad.length > 0 && (
        <ul>
          {bad.slice(0, 10).map((outcome) => (
            <li key={outcome.id}>
              <Link to={`/messages/${outcome.id}`}>{outcome.id.slice(0, 8)}…</Link>{' '}
              {outcome.reason && reasonWords(t, outcome.reason)}
            </li>
          ))}
        </ul>
      )}
    </Note>
  );
}
