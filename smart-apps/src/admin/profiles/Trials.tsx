import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Note } from '../../design/Note';
import { Status } from '../../design/Status';
import { reasonWords } from '../messages/reason';
import { Differences } from '../replay/Differences';
import type { Trial } from './profile';

/** What a profile would make of messages, compared with what is made of them now. */
export function Trials({ trials }: { trials: Trial[] }) {
  const { t } = useTranslation();
  if (trials.length === 0) {
    return <Note tone="plain" icon="none" title={t('profiles.noMessages')} alert />;
  }
  const changed = trials.filter((trial) => trial.before !== trial.after || trial.differences.length > 0);
  return (
    <section className="stack" aria-label={t('profiles.outcome')}>
      <Note
        tone={changed.length > 0 ? 'good' : 'plain'}
        icon={changed.length > 0 ? 'check' : 'none'}
        title={t('profiles.tried', { count: trials.length })}
        alert
      >
        <p>
          {changed.length > 0
            ? t('profiles.changes', { count: changed.length })
            : t('profiles.changesNothing')}
        </p>
      </Note>
      {changed.map((trial) => (
        <TrialCard key={trial.id} trial={trial} />
      ))}
    </section>
  );
}

function TrialCard({ trial }: { trial: Trial }) {
  const { t } = useTranslation();
  const name = trial.controlId || trial.id.slice(0, 8);
  const differences = trial.differences.map((one) => ({ ...one, path: `${one.resource}.${one.path}` }));
  return (
    <section className="card">
      <div className="row between title">
        <h3>
          <Link to={`/messages/${trial.id}`}>{name}</Link>
        </h3>
        <span className="row">
          <Fate fate={trial.before} />
          {trial.before !== trial.after && (
            <>
              <span aria-hidden="true">→</span>
              <span className="hidden">{t('profiles.becomes')}</span>
              <Fate fate={trial.after} />
            </>
          )}
        </span>
      </div>
      {differences.length > 0 && <Differences caption={name} differences={differences} />}
    </section>
  );
}

/** "accepted", or "refused" with its reason. */
function Fate({ fate }: { fate: string }) {
  const { t } = useTranslation();
  if (fate === 'accepted' || fate === 'applied') {
    return (
      <Status tone="good" icon="check">
        {t('profiles.accepted')}
      </Status>
    );
  }
  const reason = fate.replace(/^refused[:\s]*/, '');
  return (
    <Status tone="bad" icon="refused">
      {reason ? reasonWords(t, reason) : t('profiles.refused')}
    </Status>
  );
}
