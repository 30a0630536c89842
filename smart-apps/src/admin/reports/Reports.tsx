import { Button, NativeSelect, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Answer, Empty } from '../../design/Answer';
import { Icon } from '../../design/Icon';
import { useOpened } from '../../design/open';
import { Screen } from '../../design/Shell';
import { useFormat } from '../../i18n/format';
import { filterOf, NOTHING } from '../messages/filter';
import { profileLink } from '../profiles/profile';
import css from './Reports.module.css';
import { reportOf, type SenderReport } from './report';

const SPANS = ['24h', '7d', '30d'];

/** By sender: what nobody reads, and what nobody maps. */
export function Reports() {
  const { t } = useTranslation();
  const { fhir } = useOpened();
  const [query, setQuery] = useSearchParams();
  const when = query.get('when') ?? '7d';
  const sender = query.get('sender') ?? '';
  const [typed, setTyped] = useState(sender);
  const { received } = filterOf({ ...NOTHING, when }, '');
  const report = useQuery({
    queryKey: ['report', sender, received],
    queryFn: async () => reportOf(await fhir.get('$partner-report', { sender, received })),
    placeholderData: keepPreviousData,
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    setQuery(withoutEmpty({ when, sender: typed.trim() }));
  }
  return (
    <Screen title={t('reports.title')} lead={t('reports.lead')}>
      <div className="stack">
        <form className="row" onSubmit={submit} style={{ alignItems: 'flex-end' }}>
          <NativeSelect
            label={t('filter.when')}
            value={when}
            data={SPANS.map((value) => ({ value, label: t(`filter.spans.${value}`) }))}
            onChange={(event) => setQuery(withoutEmpty({ when: event.currentTarget.value, sender }))}
          />
          <TextInput
            label={t('filter.sender')}
            placeholder="LAB|HOSPITAL"
            value={typed}
            autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            {t('filter.find')}
          </Button>
        </form>
        <Answer query={report}>
          {(senders) =>
            senders.length === 0 ? (
              <Empty title={t('reports.none')} hint={t('reports.noneHint')} />
            ) : (
              senders.map((one) => <SenderCard key={one.sender} report={one} when={when} />)
            )
          }
        </Answer>
      </div>
    </Screen>
  );
}

const withoutEmpty = (values: Record<string, string>) =>
  new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ''));

function SenderCard({ report, when }: { report: SenderReport; when: string }) {
  const { t } = useTranslation();
  const sample = report.unmapped[0]?.message ?? report.unread[0]?.message;
  const find = `/messages?${withoutEmpty({ sender: report.sender, when })}`;
  return (
    <section className="card" aria-label={report.sender || t('unknown')}>
      <div className="row between title">
        <div>
          <h2>{report.sender || t('unknown')}</h2>
          <span className="soft small">{t('reports.messages', { count: report.messages })}</span>
        </div>
        <span className="row">
          <Button
            component={Link}
            to={find}
            size="xs"
            variant="default"
            leftSection={<Icon name="search" size={15} />}
          >
            {t('reports.find')}
          </Button>
          {sample && (
            <Button
              component={Link}
              to={profileLink(report.sender, sample)}
              size="xs"
              variant="default"
              leftSection={<Icon name="profiles" size={15} />}
            >
              {t('dead.profile')}
            </Button>
          )}
        </span>
      </div>
      <ReportTable
        title={t('reports.unmapped')}
        none={t('reports.noUnmapped')}
        rows={report.unmapped.map((one) => ({
          what: one.field,
          detail: t('reports.table', { table: one.table }),
          codes: one.codes,
          messages: one.messages,
          message: one.message,
        }))}
        whatLabel={t('column.field')}
      />
      <ReportTable
        title={t('reports.unread')}
        none={t('reports.noUnread')}
        rows={report.unread.map((one) => ({
          what: one.field,
          detail: '',
          messages: one.messages,
          message: one.message,
        }))}
        whatLabel={t('column.field')}
      />
    </section>
  );
}

interface Row {
  what: string;
  detail: string;
  /** Those that may be shown; where there are none, the message has them. */
  codes?: string[];
  messages: number;
  message: string;
}

function ReportTable(props: { title: string; none: string; rows: Row[]; whatLabel: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const withDetails = props.rows.some((row) => row.detail !== '');
  return (
    <>
      <h3 style={{ padding: '1rem 1rem 0.5rem' }}>{props.title}</h3>
      {props.rows.length === 0 ? (
        <p className="soft small" style={{ margin: 0, padding: '0 1rem 0.75rem' }}>
          {props.none}
        </p>
      ) : (
        <table className={`table ${css.table}`}>
          <caption className="hidden">{props.title}</caption>
          <thead>
            <tr>
              <th scope="col">{props.whatLabel}</th>
              {withDetails && <th scope="col">{t('reports.lacking')}</th>}
              {withDetails && <th scope="col">{t('reports.code')}</th>}
              <th scope="col" className="right">
                {t('reports.count')}
              </th>
              <th scope="col">{t('reports.sample')}</th>
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row, index) => (
              <tr key={index}>
                <th scope="row" className="mono" data-label={props.whatLabel}>
                  {row.what}
                </th>
                {withDetails && (
                  <td data-label={t('reports.lacking')} className="soft">
                    {row.detail}
                  </td>
                )}
                {withDetails && (
                  <td data-label={t('reports.code')}>
                    {row.codes?.length ? (
                      <span className="mono">{row.codes.join(', ')}</span>
                    ) : (
                      <span className="soft">{t('reports.codeHidden')}</span>
                    )}
                  </td>
                )}
                <td data-label={t('reports.count')} className="right">
                  {format.number(row.messages)}
                </td>
                <td data-label={t('reports.sample')}>
                  {row.message && <Link to={`/messages/${row.message}`}>{t('reports.latest')}</Link>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
