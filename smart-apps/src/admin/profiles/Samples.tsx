import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon } from '../../design/Icon';

/** On which messages a profile is tried. */
export function Samples(props: { samples: string[]; onChange: (samples: string[]) => void }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState('');
  const { samples, onChange } = props;
  function add() {
    const id = adding.trim();
    if (id && !samples.includes(id)) {
      onChange([...samples, id]);
    }
    setAdding('');
  }
  return (
    <section className="card padded" aria-label={t('profiles.samples')}>
      <h2>{t('profiles.samples')}</h2>
      <p className="soft small">
        {samples.length === 0
          ? t('profiles.samplesLatest')
          : t('profiles.samplesChosen', { count: samples.length })}
      </p>
      <ul className="plain row">
        {samples.map((id) => (
          <li key={id} className="row">
            <Link className="mono" to={`/messages/${id}`}>
              {id.slice(0, 8)}…
            </Link>
            <button
              type="button"
              className="copy"
              aria-label={t('profiles.dropSample', { id: id.slice(0, 8) })}
              onClick={() => onChange(samples.filter((other) => other !== id))}
            >
              <Icon name="cross" size={14} />
            </button>
          </li>
        ))}
      </ul>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextInput
          aria-label={t('profiles.sampleId')}
          placeholder={t('profiles.sampleId')}
          value={adding}
          onChange={(event) => setAdding(event.currentTarget.value)}
          autoComplete="off"
          className="grow"
          style={{ maxWidth: '24rem' }}
        />
        <Button type="submit" variant="default" disabled={!adding.trim()}>
          {t('profiles.addSample')}
        </Button>
      </form>
    </section>
  );
}
