import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Fault } from '../../design/Answer';
import { Icon } from '../../design/Icon';
import { Note } from '../../design/Note';
import { useOpened } from '../../design/open';
import { Screen } from '../../design/Shell';
import { MayNot } from '../people/MayNot';
import css from '../people/People.module.css';
import { Secret } from '../people/Secret';
import { clientOf, type ClientKind, KINDS, registrationOf, type Wanted } from './client';

const EMPTY: Wanted = {
  name: '',
  kind: 'public',
  redirects: '',
  launchUrl: '',
  scope: '',
  keysAt: '',
  keys: '',
};

/** Registers an app or a service. */
export function NewClient() {
  const { t } = useTranslation();
  const { session } = useOpened();
  if (!session.may('client.manage')) {
    return <MayNot />;
  }
  return (
    <Screen
      title={t('clients.new')}
      lead={t('clients.newLead')}
      narrow
      tools={
        <Button component={Link} to="/clients" variant="default" leftSection={<Icon name="back" />}>
          {t('clients.all')}
        </Button>
      }
    >
      <NewClientForm />
    </Screen>
  );
}

function NewClientForm() {
  const { t } = useTranslation();
  const { fhir } = useOpened();
  const queries = useQueryClient();
  const [wanted, setWanted] = useState(EMPTY);
  const registering = useMutation({
    mutationFn: async () => {
      const answer = await fhir.post('$client-register', registrationOf(wanted));
      return { client: clientOf(answer.one('client')!), secret: answer.text('secret') };
    },
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['clients'] }),
  });
  const typed = (name: keyof Wanted) => ({
    value: wanted[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setWanted({ ...wanted, [name]: event.currentTarget.value }),
    autoComplete: 'off',
    withAsterisk: false,
    label: t(`clients.${name === 'name' ? 'nameColumn' : name}`),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    registering.mutate();
  }
  if (registering.data) {
    const { client, secret } = registering.data;
    return (
      <div className="stack">
        <Note tone="good" title={t('clients.did.register', { name: client.name })} alert>
          <p>{t('clients.idHint')}</p>
          <Secret value={client.id} what={t('clients.id')} />
          {secret && (
            <>
              <p>{t('clients.secretHint')}</p>
              <Secret value={secret} what={t('clients.secret')} />
              <p className="soft small">{t('people.once')}</p>
            </>
          )}
        </Note>
        <div className="row">
          <Button component={Link} to={`/clients/${client.id}`} variant="default">
            {t('clients.see')}
          </Button>
        </div>
      </div>
    );
  }
  const service = wanted.kind === 'service';
  const signs = service || wanted.kind === 'confidential-asymmetric';
  return (
    <form className={`card ${css.form}`} onSubmit={submit}>
      <div className={css.fields}>
        <TextInput {...typed('name')} description={t('clients.nameHint')} required maxLength={200} />
        <NativeSelect
          label={t('clients.kindColumn')}
          description={t(`clients.kindHint.${wanted.kind}`)}
          value={wanted.kind}
          data={KINDS.map((value) => ({ value, label: t(`clients.kind.${value}`) }))}
          onChange={(event) => setWanted({ ...wanted, kind: event.currentTarget.value as ClientKind })}
        />
      </div>
      {!service && (
        <div className={css.fields}>
          <Textarea
            {...typed('redirects')}
            description={t('clients.redirectsHint')}
            placeholder="https://app.example.org/back"
            required
            rows={2}
          />
          <TextInput
            {...typed('launchUrl')}
            description={t('clients.launchUrlHint')}
            placeholder="https://app.example.org/launch"
          />
        </div>
      )}
      <Textarea
        {...typed('scope')}
        description={t(service ? 'clients.scopeHintService' : 'clients.scopeHint')}
        placeholder={service ? 'system/Patient.rs' : 'launch openid fhirUser patient/*.rs'}
        required
        rows={2}
      />
      {signs && (
        <div className={css.fields}>
          <TextInput
            {...typed('keysAt')}
            description={t('clients.keysAtHint')}
            placeholder="https://app.example.org/jwks.json"
          />
          <Textarea {...typed('keys')} description={t('clients.keysHint')} rows={3} />
        </div>
      )}
      {registering.isError && <Fault error={registering.error} />}
      <div>
        <Button type="submit" loading={registering.isPending}>
          {t('clients.register')}
        </Button>
      </div>
    </form>
  );
}
