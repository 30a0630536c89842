import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Answer, Empty } from '../../design/Answer';
import { Icon } from '../../design/Icon';
import { useOpened } from '../../design/open';
import { Screen } from '../../design/Shell';
import { Status } from '../../design/Status';
import { useFormat } from '../../i18n/format';
import { MayNot } from '../people/MayNot';
import css from '../people/People.module.css';
import { STATES, type User, useUsers } from './user';
import { UserStatus } from './UserStatus';

export function Users() {
  const { session } = useOpened();
  return session.may('account.manage') ? <UserList /> : <MayNot />;
}

/** Finds accounts. Role and state stand in the address; a name does not, since addresses are kept. */
function UserList() {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const [name, setName] = useState('');
  const [pages, setPages] = useState<string[]>([]);
  const role = query.get('role') ?? '';
  const state = query.get('state') ?? '';
  const users = useUsers({ name, role, state, after: pages.at(-1) ?? '' });
  const searches = name !== '' || role !== '' || state !== '';

  function look(next: { name: string; role: string; state: string }) {
    setPages([]);
    setName(next.name);
    const kept = { role: next.role, state: next.state };
    setQuery(new URLSearchParams(Object.entries(kept).filter(([, value]) => value !== '')));
  }
  function turn(next: string[]) {
    setPages(next);
    scrollTo(0, 0);
  }

  return (
    <Screen
      title={t('users.title')}
      lead={t('users.lead')}
      tools={
        <Button component={Link} to="/users/new" leftSection={<Icon name="add" />}>
          {t('users.new')}
        </Button>
      }
    >
      <div className="stack">
        <Find
          key={`${name} ${query}`}
          search={{ name, role, state }}
          roles={users.data?.roles.map((one) => one.name) ?? []}
          onSearch={look}
        />
        <Answer query={users}>
          {(page) =>
            page.users.length === 0 ? (
              <Empty
                title={t(searches ? 'users.noneFound' : 'users.none')}
                hint={t(searches ? 'users.noneFoundHint' : 'users.noneHint')}
              >
                {searches && (
                  <Button variant="default" onClick={() => look({ name: '', role: '', state: '' })}>
                    {t('people.clear')}
                  </Button>
                )}
              </Empty>
            ) : (
              <>
                <UserTable users={page.users} />
                <div className="row between">
                  <span className="soft small" role="status">
                    {t('users.shown', { count: page.users.length })}
                  </span>
                  <span className="row">
                    {pages.length > 0 && (
                      <Button
                        variant="default"
                        leftSection={<Icon name="back" />}
                        onClick={() => turn(pages.slice(0, -1))}
                      >
                        {t('people.before')}
                      </Button>
                    )}
                    {page.next && (
                      <Button
                        variant="default"
                        rightSection={<Icon name="next" />}
                        onClick={() => turn([...pages, page.next!])}
                      >
                        {t('people.after')}
                      </Button>
                    )}
                  </span>
                </div>
              </>
            )
          }
        </Answer>
      </div>
    </Screen>
  );
}

interface Search {
  name: string;
  role: string;
  state: string;
}

function Find(props: { search: Search; roles: string[]; onSearch: (search: Search) => void }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState(props.search);
  const roles =
    search.role && !props.roles.includes(search.role) ? [...props.roles, search.role] : props.roles;
  function submit(event: FormEvent) {
    event.preventDefault();
    props.onSearch({ ...search, name: search.name.trim() });
  }
  const chosen = (name: 'role' | 'state') => ({
    value: search[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const next = { ...search, [name]: event.currentTarget.value };
      setSearch(next);
      props.onSearch(next);
    },
  });
  return (
    <form className={`card ${css.find}`} role="search" aria-label={t('users.find')} onSubmit={submit}>
      <TextInput
        type="search"
        label={t('users.search')}
        value={search.name}
        onChange={(event) => setSearch({ ...search, name: event.currentTarget.value })}
        leftSection={<Icon name="search" />}
        autoComplete="off"
        maxLength={200}
      />
      <NativeSelect
        {...chosen('role')}
        label={t('users.role')}
        data={[
          { value: '', label: t('people.any') },
          ...roles.map((value) => ({ value, label: t(`role.${value}`, { defaultValue: value }) })),
        ]}
      />
      <NativeSelect
        {...chosen('state')}
        label={t('column.state')}
        data={[
          { value: '', label: t('users.open') },
          ...STATES.map((value) => ({ value, label: t(`users.state.${value}`) })),
        ]}
      />
      <Button type="submit">{t('filter.find')}</Button>
    </form>
  );
}

function UserTable({ users }: { users: User[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = ['name', 'login', 'roles', 'state', 'secondFactor', 'lastSignIn'] as const;
  const label = Object.fromEntries(columns.map((column) => [column, t(`users.${column}Column`)]));
  return (
    <div className="card">
      <table className="table">
        <caption className="hidden">{t('users.title')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {label[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr key={user.id} className="link">
              <th scope="row" data-label={label.name}>
                <span>
                  <Link to={`/users/${user.id}`}>{user.name}</Link>
                  {user.self && <span className="soft"> {t('users.self')}</span>}
                </span>
              </th>
              <td data-label={label.login}>{user.login}</td>
              <td data-label={label.roles}>
                {user.roles.map((role) => t(`role.${role}`, { defaultValue: role })).join(', ')}
              </td>
              <td data-label={label.state}>
                <UserStatus state={user.state} />
              </td>
              <td data-label={label.secondFactor}>
                <Factor on={user.secondFactor} />
              </td>
              <td data-label={label.lastSignIn}>
                {user.lastSignIn ? (
                  format.ago(user.lastSignIn)
                ) : (
                  <span className="soft">{t('users.never')}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Factor({ on }: { on: boolean }) {
  const { t } = useTranslation();
  return (
    <Status tone={on ? 'good' : 'quiet'} icon={on ? 'check' : 'none'}>
      {t(on ? 'users.factorOn' : 'users.factorOff')}
    </Status>
  );
}
