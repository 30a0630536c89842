import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { Answer, Fault } from '../../design/Answer';
import { Dialog } from '../../design/Dialog';
import { Icon } from '../../design/Icon';
import { Note } from '../../design/Note';
import { useOpened } from '../../design/open';
import { Screen } from '../../design/Shell';
import { Refused } from '../../smart/fhir';
import {
  lineOf,
  type Problem,
  type Profile,
  profileFor,
  profileOf,
  templateFor,
  tryAnswerOf,
} from './profile';
import css from './ProfileEditor.module.css';
import { Samples } from './Samples';
import { Trials } from './Trials';
import { useProfiles } from './useProfiles';
import { YamlEditor } from './YamlEditor';

/** The profile of that name; one that is new; or, at "of", the one of a message's sender. */
export function ProfileEditor() {
  const { t } = useTranslation();
  const { name } = useParams();
  const [query] = useSearchParams();
  const sender = query.get('sender') ?? '';
  const profiles = useProfiles();
  if (!profiles.data) {
    return (
      <Screen title={t('profiles.title')}>
        <Answer query={profiles}>{() => null}</Answer>
      </Screen>
    );
  }
  const known =
    name === 'of'
      ? profileFor(profiles.data, sender)
      : profiles.data.find((profile) => profile.name === name);
  if (!known && name !== 'new' && name !== 'of') {
    return (
      <Screen title={t('profiles.missing')} narrow>
        <Button component={Link} to="/profiles" variant="default">
          {t('profiles.all')}
        </Button>
      </Screen>
    );
  }
  // The key is the address alone: a new profile that is saved becomes a known one while it is being looked at.
  return (
    <Editor
      key={`${name} ${query}`}
      known={known}
      sender={sender}
      sample={query.get('sample') ?? undefined}
    />
  );
}

function Editor({ known, sender, sample }: { known?: Profile; sender: string; sample?: string }) {
  const { t } = useTranslation();
  const { fhir, session } = useOpened();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [template] = useState(() => templateFor(sender));
  const [name, setName] = useState(known?.name ?? template.name);
  const [text, setText] = useState(known?.text ?? template.text);
  const [samples, setSamples] = useState(sample ? [sample] : []);
  const [problem, setProblem] = useState<Problem>();
  const [removing, setRemoving] = useState(false);
  const mayWrite = session.may('site.write');

  const attempt = useMutation({
    mutationFn: async () => tryAnswerOf(await fhir.post('$site-profile-try', { name, text, id: samples })),
    onSuccess: (answer) => setProblem('problem' in answer ? answer.problem : undefined),
  });
  const save = useMutation({
    mutationFn: async () =>
      profileOf((await fhir.post('$site-profile-save', { name, text })).one('profile')!),
    onSuccess: () => {
      setProblem(undefined);
      return queries.invalidateQueries();
    },
    onError: (error) => {
      if (error instanceof Refused && error.status === 400) {
        setProblem({ line: lineOf(error.place, error.message), text: error.message });
      }
    },
  });
  const remove = useMutation({
    mutationFn: () => fhir.post('$site-profile-remove', { name: known!.name }),
    onSuccess: async () => {
      navigate('/profiles');
      await queries.invalidateQueries();
    },
  });
  function change(next: string) {
    setText(next);
    setProblem(undefined);
    attempt.reset();
    save.reset();
  }
  const trials = attempt.data && 'trials' in attempt.data ? attempt.data.trials : undefined;
  const isProblem = save.error instanceof Refused && save.error.status === 400;

  return (
    <Screen
      title={
        known ? t('profiles.edit', { name: known.name }) : t('profiles.newOf', { sender: sender || '…' })
      }
      lead={t(sample ? 'profiles.editSample' : 'profiles.editLead')}
      tools={
        <Button
          component={Link}
          to={sample ? `/messages/${sample}` : '/profiles'}
          variant="default"
          leftSection={<Icon name="back" />}
        >
          {t(sample ? 'replay.back' : 'profiles.all')}
        </Button>
      }
    >
      <div className="stack">
        {!known && (
          <TextInput
            label={t('profiles.name')}
            description={t('profiles.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            readOnly={!mayWrite}
            maxLength={100}
            autoComplete="off"
            style={{ maxWidth: '24rem' }}
          />
        )}
        <div className={css.pair}>
          <div className="stack">
            <YamlEditor value={text} problem={problem} readOnly={!mayWrite} onChange={change} />
            {mayWrite ? (
              <div className="row">
                <Button
                  variant={trials ? 'default' : 'filled'}
                  loading={attempt.isPending}
                  onClick={() => attempt.mutate()}
                >
                  {t('profiles.try')}
                </Button>
                <Button
                  variant={trials ? 'filled' : 'default'}
                  loading={save.isPending}
                  disabled={name.trim() === ''}
                  onClick={() => save.mutate()}
                >
                  {t('profiles.save')}
                </Button>
                {known && (
                  <Button variant="default" className="danger" onClick={() => setRemoving(true)}>
                    {t('profiles.remove')}
                  </Button>
                )}
              </div>
            ) : (
              <Note tone="warn" icon="lock" title={t('profiles.mayNot')} />
            )}
          </div>
          <div className="stack">
            {attempt.isError && <Fault error={attempt.error} />}
            {save.isError && !isProblem && <Fault error={save.error} />}
            {remove.isError && <Fault error={remove.error} />}
            {save.isSuccess && <Saved sample={sample} />}
            {mayWrite && <Samples samples={samples} onChange={setSamples} />}
            {trials && !save.isSuccess && <Trials trials={trials} />}
          </div>
        </div>
      </div>
      {removing && (
        <Dialog title={t('profiles.removeAsk', { name: known!.name })} onClose={() => setRemoving(false)}>
          <p>{t('profiles.removeHint')}</p>
          <div className="row actions">
            <Button variant="default" onClick={() => setRemoving(false)}>
              {t('cancel')}
            </Button>
            <Button
              variant="default"
              className="danger"
              loading={remove.isPending}
              onClick={() => remove.mutate()}
            >
              {t('profiles.remove')}
            </Button>
          </div>
        </Dialog>
      )}
    </Screen>
  );
}

/** What comes next: the message for whose sake the profile was changed. */
function Saved({ sample }: { sample?: string }) {
  const { t } = useTranslation();
  return (
    <Note tone="good" title={t('profiles.saved')} alert>
      <p>{t('profiles.savedHint')}</p>
      {sample && (
        <p>
          <Button component={Link} to={`/messages/${sample}/replay`} leftSection={<Icon name="replay" />}>
            {t('trace.preview')}
          </Button>
        </p>
      )}
    </Note>
  );
}
