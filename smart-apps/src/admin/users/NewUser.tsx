import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Answer, Fault } from '../../design/Answer';
import { Icon } from '../../design/Icon';
import { useOpened } from '../../design/open';
import { Screen } from '../../design/Shell';
import { MayNot } from '../people/MayNot';
import css from '../people/People.module.css';
import { RoleChoice } from './RoleChoice';
import { Told } from './Told';
import { doneOf, rolesFor, type UserPage, useUsers } from './user';

const LINKS = ['Practitioner', 'Patient', 'RelatedPerson', 'Person'] as const;

/** Opens an account. */
export function NewUser() {
  const { session } = useOpened();
  return session.may('account.manage') ? <NewUserScreen /> : <MayNot />;
}

function NewUserScreen() {
  const { t } = useTranslation();
  const [round, setRound] = useState(0);
  // Of accounts it needs none, but what one can be.
  const query = useUsers({ id: NOBODY });
  return (
    <Screen
      title={t('users.new')}
      lead={t('users.newLead')}
      narrow
      tools={
        <Button component={Link} to="/users" variant="default" leftSection={<Icon name="back" />}>
          {t('users.all')}
        </Button>
      }
    >
      <Answer query={query}>
        {(page) => <NewUserForm key={round} page={page} onAnother={() => setRound(round + 1)} />}
      </Answer>
    </Screen>
  );
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

function NewUserForm({ page, onAnother }: { page: UserPage; onAnother: () => void }) {
  const { t } = useTranslation();
  const { fhir } = useOpened();
  const queries = useQueryClient();
  const [form, setForm] = useState({ name: '', login: '', email: '', type: '', link: '' });
  const [chosen, setChosen] = useState<string[]>([]);
  const fhirUser = form.type && `${form.type}/${form.link.trim()}`;
  const fitting = rolesFor(page.roles, fhirUser || undefined).map((one) => one.name);
  const roles = chosen.filter((one) => fitting.includes(one));
  const opening = useMutation({
    mutationFn: async () =>
      doneOf(
        await fhir.post('$account-open', {
          name: form.name.trim(),
          login: form.login.trim(),
          email: form.email.trim(),
          'fhir-user': fhirUser,
          role: roles,
        }),
      ),
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
  const typed = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setForm({ ...form, [name]: event.currentTarget.value }),
    autoComplete: 'off',
    withAsterisk: false,
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    opening.mutate();
  }
  if (opening.data) {
    return (
      <div className="stack">
        <Told title={t('users.opened', { name: opening.data.user.name })} done={opening.data} />
        <div className="row">
          <Button component={Link} to={`/users/${opening.data.user.id}`} variant="default">
            {t('users.see')}
          </Button>
          <Button variant="default" leftSection={<Icon name="add" />} onClick={onAnother}>
            {t('users.another')}
          </Button>
        </div>
      </div>
    );
  }
  const mails = page.invites && form.email.trim() !== '';
  return (
    <form className={`card ${css.form}`} onSubmit={submit}>
      <div className={css.fields}>
        <TextInput {...typed('name')} label={t('users.nameColumn')} required maxLength={200} />
        <TextInput
          {...typed('login')}
          label={t('users.loginColumn')}
          description={t('users.loginHint')}
          required
          maxLength={100}
        />
        <TextInput
          {...typed('email')}
          type="email"
          label={t('users.emailOptional')}
          description={t(page.invites ? 'users.emailHint' : 'users.emailNoMail')}
          maxLength={250}
        />
      </div>
      <div className={css.fields}>
        <NativeSelect
          label={t('users.link')}
          description={t('users.linkHint')}
          value={form.type}
          data={[
            { value: '', label: t('users.linkNobody') },
            ...LINKS.map((value) => ({ value, label: t(`users.links.${value}`) })),
          ]}
          onChange={(event) => setForm({ ...form, type: event.currentTarget.value })}
        />
        {form.type && (
          <TextInput
            {...typed('link')}
            label={t('users.linkId')}
            description={t('users.linkIdHint', { type: form.type })}
            required
            pattern="[A-Za-z0-9.\-]{1,64}"
          />
        )}
      </div>
      <RoleChoice roles={page.roles} fhirUser={fhirUser || undefined} chosen={roles} onChange={setChosen} />
      {opening.isError && <Fault error={opening.error} />}
      <div className="row">
        <Button type="submit" disabled={roles.length === 0} loading={opening.isPending}>
          {t(mails ? 'users.invite' : 'users.openVerb')}
        </Button>
        <span className="soft small">{t(mails ? 'users.inviteHint' : 'users.openHint')}</span>
      </div>
    </form>
  );
}
