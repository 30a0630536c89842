import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Answer } from '../../design/Answer';
import { Icon } from '../../design/Icon';
import { useOpened } from '../../design/open';
import { Screen } from '../../design/Shell';
import { useFormat } from '../../i18n/format';
import { MayNot } from '../people/MayNot';
import { type Client, useClients } from './client';
import { ClientStatus } from './ClientStatus';

export function Clients() {
  const { session } = useOpened();
  return session.may('client.manage') ? <ClientList /> : <MayNot />;
}

/** The apps and services that are registered: others' first, Kiln's own below. */
function ClientList() {
  const { t } = useTranslation();
  const clients = useClients();
  return (
    <Screen
      title={t('clients.title')}
      lead={t('clients.lead')}
      tools={
        <Button component={Link} to="/clients/new" leftSection={<Icon name="add" />}>
          {t('clients.new')}
        </Button>
      }
    >
      <Answer query={clients}>
        {(all) => (
          <div className="stack">
            <ClientTable title={t('clients.others')} clients={all.filter((one) => !one.own)} />
            <ClientTable title={t('clients.ours')} clients={all.filter((one) => one.own)} />
          </div>
        )}
      </Answer>
    </Screen>
  );
}

function ClientTable({ title, clients }: { title: string; clients: Client[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = ['name', 'kind', 'state', 'registered'] as const;
  const label = Object.fromEntries(columns.map((column) => [column, t(`clients.${column}Column`)]));
  return (
    <section className="card" aria-label={title}>
      <h2 className="title">{title}</h2>
      {clients.length === 0 ? (
        <p className="soft" style={{ margin: 0, padding: '0 1rem 1rem' }}>
          {t('clients.none')}
        </p>
      ) : (
        <table className="table">
          <caption className="hidden">{title}</caption>
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
            {clients.map((client) => (
              <tr key={client.id} className="link">
                <th scope="row" data-label={label.name}>
                  <Link to={`/clients/${encodeURIComponent(client.id)}`}>{client.name}</Link>
                </th>
                <td data-label={label.kind}>{t(`clients.kind.${client.kind}`)}</td>
                <td data-label={label.state}>
                  <ClientStatus client={client} />
                </td>
                <td data-label={label.registered}>{format.moment(client.registered)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
