import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Fault } from '../design/Answer';
import { Dialog } from '../design/Dialog';
import { useOpened } from '../design/open';
import { useFormat } from '../i18n/format';
import type { App } from './apps';
import css from './Launcher.module.css';
import { type Bundle, nameOf, numberOf, patientQuery, type PatientResource } from './patient';

/** Asks whom an app shall be about, and opens it. */
export function PatientChoice({ app, onClose }: { app: App; onClose: () => void }) {
  const { t } = useTranslation();
  const { fhir } = useOpened();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const found = useQuery({
    queryKey: ['patients', asked],
    queryFn: () => fhir.search<Bundle>('Patient', { ...patientQuery(asked), _count: '20' }),
    enabled: asked !== '',
    gcTime: 0,
  });
  const launch = useMutation({
    mutationFn: async (patient: string) => (await fhir.post('$launch', { app: app.id, patient })).text('url'),
    onSuccess: (url) => url && location.assign(url),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(text.trim());
  }
  return (
    <Dialog title={t('launcher.choose', { app: app.name })} onClose={onClose}>
      <form role="search" className={css.search} onSubmit={submit}>
        <TextInput
          label={t('launcher.search')}
          type="search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={100}
          autoComplete="off"
          autoFocus
        />
        <Button type="submit" disabled={text.trim().length < 2}>
          {t('filter.find')}
        </Button>
      </form>
      {launch.isError && <Fault error={launch.error} />}
      {asked && (
        <Answer query={found}>
          {(bundle) => <People bundle={bundle} busy={launch.isPending} onChoose={launch.mutate} />}
        </Answer>
      )}
      <div className="row actions">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </Dialog>
  );
}

function People(props: { bundle: Bundle; busy: boolean; onChoose: (patient: string) => void }) {
  const { t } = useTranslation();
  const people = props.bundle.entry?.map(({ resource }) => resource) ?? [];
  if (people.length === 0) {
    return <p role="status">{t('launcher.nobody')}</p>;
  }
  return (
    <>
      <ul className={css.people} aria-label={t('launcher.people')}>
        {people.map((person) => (
          <li key={person.id}>
            <Person person={person} busy={props.busy} onChoose={props.onChoose} />
          </li>
        ))}
      </ul>
      {props.bundle.link?.some(({ relation }) => relation === 'next') && (
        <p className="soft small" role="status">
          {t('launcher.moreThere')}
        </p>
      )}
    </>
  );
}

function Person(props: { person: PatientResource; busy: boolean; onChoose: (patient: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { person } = props;
  return (
    <button
      type="button"
      className={css.person}
      disabled={props.busy}
      onClick={() => props.onChoose(person.id)}
    >
      <strong>{nameOf(person) || t('unknown')}</strong>
      <span>
        {person.birthDate && <span>{t('launcher.born', { date: format.date(person.birthDate) })}</span>}
        {person.gender && <span>{t(`gender.${person.gender}`, { defaultValue: person.gender })}</span>}
        <span>{numberOf(person)}</span>
      </span>
    </button>
  );
}
