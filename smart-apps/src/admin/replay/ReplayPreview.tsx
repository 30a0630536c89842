import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Answer, Fault } from '../../design/Answer';
import { Icon, type IconName } from '../../design/Icon';
import { Note } from '../../design/Note';
import { useOpened } from '../../design/open';
import { Screen } from '../../design/Shell';
import { Status, type Tone } from '../../design/Status';
import { reasonAdvice, reasonWords } from '../messages/reason';
import { Reveal } from '../Reveal';
import { useMaskable } from '../reveal';
import { Differences } from './Differences';
import { type Change, changesNothing, type Outcome, outcomesOf, type Preview, previewOf } from './preview';

/** What a replay would change, before anything is written; then the replay, and what came of it. */
export function ReplayPreview() {
  const { id = '' } = useParams();
  return <OnePreview key={id} id={id} />;
}

function OnePreview({ id }: { id: string }) {
  const { t } = useTranslation();
  const { fhir, session } = useOpened();
  const queries = useQueryClient();
  const maskable = useMaskable('$replay-preview', id, previewOf);
  const replay = useMutation({
    mutationFn: async () => outcomesOf(await fhir.post('$replay', { id: [id] })),
    onSuccess: () => queries.invalidateQueries(),
  });
  const outcome = replay.data?.[0];
  return (
    <Screen
      title={t('replay.title')}
      lead={outcome ? undefined : t('replay.lead')}
      narrow
      tools={
        <>
          <Button
            component={Link}
            to={`/messages/${id}`}
            variant="default"
            leftSection={<Icon name="back" />}
          >
            {t('replay.back')}
          </Button>
          {!outcome && <Reveal maskable={maskable} />}
        </>
      }
    >
      <div className="stack">
        {outcome && <OutcomeNote outcome={outcome} />}
        {replay.isError && <Fault error={replay.error} />}
        {!outcome && (
          <Answer query={maskable.query}>
            {(preview) => (
              <>
                <Summary preview={preview} />
                {session.may('message.replay') ? (
                  <div className="row">
                    <Button
                      leftSection={<Icon name="replay" />}
                      loading={replay.isPending}
                      onClick={() => replay.mutate()}
                    >
                      {t('replay.now')}
                    </Button>
                    <span className="soft small">{t('replay.order')}</span>
                  </div>
                ) : (
                  <Note tone="warn" icon="lock" title={t('replay.mayNot')} />
                )}
                {preview.changes.map((change) => (
                  <ChangeCard key={change.reference} change={change} />
                ))}
                <Kept preview={preview} />
                <Remarks title={t('trace.warnings')} remarks={preview.warnings} />
                <Remarks title={t('replay.unread')} remarks={preview.unread} />
              </>
            )}
          </Answer>
        )}
      </div>
    </Screen>
  );
}

function Summary({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  if (preview.refused) {
    return (
      <Note tone="bad" title={t('replay.wouldFail', { reason: reasonWords(t, preview.refused) })}>
        {preview.detail && <p>{preview.detail}</p>}
        <p>{reasonAdvice(t, preview.refused)}</p>
      </Note>
    );
  }
  if (changesNothing(preview)) {
    return (
      <Note tone="plain" icon="none" title={t('replay.nothing')}>
        <p className="soft">{t('replay.nothingHint')}</p>
      </Note>
    );
  }
  const elements = preview.changes.reduce((sum, change) => sum + change.differences.length, 0);
  return (
    <Note tone="good" icon="eye" title={t('replay.would', { count: elements })}>
      {preview.kept.length > 0 && <p>{t('replay.keeps', { count: preview.kept.length })}</p>}
    </Note>
  );
}

const ACTIONS: Record<Change['action'], [Tone, IconName]> = {
  create: ['good', 'add'],
  update: ['warn', 'change'],
  none: ['quiet', 'none'],
};

function ChangeCard({ change }: { change: Change }) {
  const { t } = useTranslation();
  return (
    <section className="card">
      <div className="row between title">
        <h2>{change.reference}</h2>
        <Status tone={ACTIONS[change.action][0]} icon={ACTIONS[change.action][1]}>
          {t(`action.${change.action}`)}
        </Status>
      </div>
      {change.differences.length > 0 && (
        <Differences caption={change.reference} differences={change.differences} />
      )}
    </section>
  );
}

function Kept({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  if (preview.kept.length === 0) {
    return null;
  }
  return (
    <section className="card padded">
      <h2>{t('replay.kept')}</h2>
      <p className="soft small">{t('replay.keptHint')}</p>
      <ul>
        {preview.kept.map((kept, index) => (
          <li key={index}>
            <strong>{kept.path}</strong> {kept.why}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Remarks({ title, remarks }: { title: string; remarks: string[] }) {
  if (remarks.length === 0) {
    return null;
  }
  return (
    <section className="card padded">
      <h2>{title}</h2>
      <ul>
        {remarks.map((remark, index) => (
          <li key={index}>{remark}</li>
        ))}
      </ul>
    </section>
  );
}

const TONES: Record<Outcome['outcome'], 'good' | 'bad' | 'warn' | 'plain'> = {
  applied: 'good',
  failed: 'bad',
  refused: 'bad',
  waiting: 'plain',
};

function OutcomeNote({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation();
  return (
    <Note tone={TONES[outcome.outcome]} title={t(`outcome.${outcome.outcome}.title`)} alert>
      <p>{t(`outcome.${outcome.outcome}.hint`)}</p>
      {outcome.reason && (
        <p>
          {reasonWords(t, outcome.reason)}. {reasonAdvice(t, outcome.reason)}
        </p>
      )}
      <div className="row" style={{ marginTop: '0.75rem' }}>
        <Button component={Link} to={`/messages/${outcome.id}`} variant="default">
          {t('outcome.see')}
        </Button>
        <Button component={Link} to="/dead-letters" variant="default">
          {t('outcome.deadLetters')}
        </Button>
      </div>
    </Note>
  );
}
