import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../design/Icon';
import { NOTHING, type Search, SPANS } from './filter';
import css from './MessageFilter.module.css';

const STATES = ['failed', 'rejected', 'received', 'applied'];

/** What is looked for. Lists take effect at once, what is typed on Enter. */
export function MessageFilter(props: {
  search: Search;
  patient: string;
  listeners: string[];
  onSearch: (search: Search, patient: string) => void;
}) {
  const { t } = useTranslation();
  const [search, setSearch] = useState(props.search);
  const [patient, setPatient] = useState(props.patient);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const typing = (event.target as Element).closest?.('input, textarea, select, dialog');
      if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.current?.focus();
      }
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  const typed = (name: keyof Search) => ({
    label: t(`filter.${name}`),
    value: search[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setSearch({ ...search, [name]: event.currentTarget.value }),
  });
  const chosen = (name: keyof Search) => ({
    ...typed(name),
    onChange: (event: { currentTarget: { value: string } }) => {
      const next = { ...search, [name]: event.currentTarget.value };
      setSearch(next);
      // The custom span says nothing yet; its two fields come with it.
      if (next.when !== 'custom' || name !== 'when') {
        props.onSearch(next, patient);
      }
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    props.onSearch(search, patient);
  }
  const detailed = search.type || search.sender || search.reason || props.patient;

  return (
    <form className={`card ${css.form}`} role="search" aria-label={t('filter.title')} onSubmit={submit}>
      <div className={css.first}>
        <TextInput
          {...typed('text')}
          ref={input}
          type="search"
          autoComplete="off"
          maxLength={200}
          placeholder={t('filter.textHint')}
          leftSection={<Icon name="search" />}
          rightSection={<kbd aria-hidden="true">/</kbd>}
        />
        <NativeSelect
          {...chosen('state')}
          data={[
            { value: '', label: t('filter.any') },
            ...STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          ]}
        />
        <NativeSelect
          {...chosen('when')}
          data={[
            { value: '', label: t('filter.allTimes') },
            ...[...SPANS, 'custom'].map((value) => ({ value, label: t(`filter.spans.${value}`) })),
          ]}
        />
        <NativeSelect
          {...chosen('listener')}
          data={[{ value: '', label: t('filter.any') }, ...withCurrent(props.listeners, search.listener)]}
        />
        <Button type="submit">{t('filter.find')}</Button>
      </div>
      {search.when === 'custom' && (
        <div className={css.fields}>
          <TextInput {...typed('from')} type="datetime-local" />
          <TextInput {...typed('to')} type="datetime-local" />
        </div>
      )}
      <details className={css.more} open={Boolean(detailed) || undefined}>
        <summary>{t('filter.more')}</summary>
        <div className={css.fields}>
          <TextInput {...typed('type')} placeholder="ADT^A01" autoComplete="off" />
          <TextInput {...typed('sender')} placeholder="LAB|HOSPITAL" autoComplete="off" />
          <TextInput {...typed('reason')} placeholder="STORE_REFUSED" autoComplete="off" />
          <TextInput
            label={t('filter.patient')}
            value={patient}
            onChange={(event) => setPatient(event.currentTarget.value)}
            placeholder="Patient/17"
            autoComplete="off"
          />
          <Button
            variant="default"
            onClick={() => {
              setSearch(NOTHING);
              setPatient('');
              props.onSearch(NOTHING, '');
            }}
          >
            {t('messages.clear')}
          </Button>
        </div>
      </details>
    </form>
  );
}

/** A listener that is no more can still be asked for. */
function withCurrent(names: string[], current: string): string[] {
  return current && !names.includes(current) ? [...names, current] : names;
}
