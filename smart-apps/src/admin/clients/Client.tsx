import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { Answer } from '../../design/Answer';
import { Copy } from '../../design/Copy';
import { Icon } from '../../design/Icon';
import { Note } from '../../design/Note';
import { useOpened } from '../../design/open';
import { Screen } from '../../design/Shell';
import { useFormat } from '../../i18n/format';
import { Ask } from '../people/Ask';
import { MayNot } from '../people/MayNot';
import css from '../people/People.module.css';
import { Secret } from '../people/Secret';
import { type Client as Registered, useClients } from './client';
import { ClientStatus } from './ClientStatus';

/** As the operations are named, after "$client-". */
type DeedName = 'secret' | 'disable' | 'enable' | 'remove';

/** One app or service: what it may, and what can be done to it. */
export function Client() {
  const { session } = useOpened();
  const { id = '' } = useParams();
  return session.may('client.manage') ? <ClientScreen key={id} id={id} /> : <MayNot />;
}

function ClientScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useClients();
  const client = query.data?.find((one) => one.id === id);
  return (
    <Screen
      title={client?.name ?? t('clients.one')}
      tools={
        <Button component={Link} to="/clients" variant="default" leftSection={<Icon name="back" />}>
          {t('clients.all')}
        </Button>
      }
    >
      <Answer query={query}>
        {() =>
          client ? <ClientDetail client={client} /> : <Note tone="warn" title={t('clients.missing')} />
        }
      </Answer>
    </Screen>
  );
}

function ClientDetail({ client }: { client: Registered }) {
  const { t } = useTranslation();
  const { fhir } = useOpened();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<DeedName>();
  const [told, setTold] = useState<{ deed: DeedName; secret?: string }>();

  async function finish(deed: DeedName, secret: string | undefined) {
    setAsking(undefined);
    setTold({ deed, secret });
    if (deed === 'remove') {
      navigate('/clients');
    }
    await queries.invalidateQueries({ queryKey: ['clients'] });
  }

  return (
    <div className="stack">
      {told && (
        <Note tone="good" title={t(`clients.did.${told.deed}`)} alert>
          {told.secret && (
            <>
              <p>{t('clients.secretHint')}</p>
              <Secret value={told.secret} what={t('clients.secret')} />
              <p className="soft small">{t('people.once')}</p>
            </>
          )}
        </Note>
      )}
      <div className={css.pair}>
        <Facts client={client} />
        {client.own ? (
          <Note tone="plain" icon="lock" title={t('clients.isOurs')}>
            <p>{t('clients.isOursHint')}</p>
          </Note>
        ) : (
          <section className="card" aria-label={t('clients.deeds')}>
            <ul className={css.deeds}>
              {deedsOf(client).map((deed) => (
                <li key={deed}>
                  <div>
                    <h2>{t(`clients.deed.${deed}`)}</h2>
                    <p>{t(`clients.why.${deed}`)}</p>
                  </div>
                  <Button
                    variant="default"
                    className={deed === 'remove' ? 'danger' : undefined}
                    aria-label={t(`clients.deed.${deed}`)}
                    onClick={() => setAsking(deed)}
                  >
                    {t(`clients.verb.${deed}`)}…
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      {asking && (
        <Ask
          title={t(`clients.ask.${asking}`, { name: client.name })}
          verb={t(`clients.verb.${asking}`)}
          danger={asking === 'remove'}
          deed={async () => (await fhir.post(`$client-${asking}`, { id: client.id })).text('secret')}
          onDone={(secret) => void finish(asking, secret)}
          onClose={() => setAsking(undefined)}
        >
          <p style={{ margin: 0 }}>{t(`clients.then.${asking}`)}</p>
        </Ask>
      )}
    </div>
  );
}

function deedsOf(client: Registered): DeedName[] {
  return [
    ...(client.kind === 'confidential-symmetric' ? (['secret'] as const) : []),
    client.enabled ? 'disable' : 'enable',
    'remove',
  ];
}

function Facts({ client }: { client: Registered }) {
  const { t } = useTranslation();
  const format = useFormat();
  const none = <span className="soft">{t('people.none')}</span>;
  const list = (values: string[]): ReactNode =>
    values.length === 0 ? (
      none
    ) : (
      <ul className="plain mono">
        {values.map((value) => (
          <li key={value}>{value}</li>
        ))}
      </ul>
    );
  return (
    <section className="card" aria-label={t('clients.one')}>
      <dl className={css.facts}>
        <dt>{t('clients.stateColumn')}</dt>
        <dd>
          <ClientStatus client={client} />
        </dd>
        <dt>{t('clients.id')}</dt>
        <dd>
          <Copy value={client.id} what={t('clients.id')} />
        </dd>
        <dt>{t('clients.kindColumn')}</dt>
        <dd>{t(`clients.kind.${client.kind}`)}</dd>
        <dt>{t('clients.scope')}</dt>
        <dd>{list(client.scopes)}</dd>
        {client.kind !== 'service' && (
          <>
            <dt>{t('clients.redirects')}</dt>
            <dd>{list(client.redirects)}</dd>
            <dt>{t('clients.launchUrl')}</dt>
            <dd>{list(client.launchUrl ? [client.launchUrl] : [])}</dd>
          </>
        )}
        {client.keysAt && (
          <>
            <dt>{t('clients.keysAt')}</dt>
            <dd className="mono">{client.keysAt}</dd>
          </>
        )}
        {client.introspects && (
          <>
            <dt>{t('clients.introspects')}</dt>
            <dd>{t('clients.introspectsHint')}</dd>
          </>
        )}
        <dt>{t('clients.registeredColumn')}</dt>
        <dd>{format.moment(client.registered)}</dd>
      </dl>
    </section>
  );
}
