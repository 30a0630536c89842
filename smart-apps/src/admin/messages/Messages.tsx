import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { Answer, Empty } from '../../design/Answer';
import { Icon } from '../../design/Icon';
import { Note } from '../../design/Note';
import { useOpened } from '../../design/open';
import { Screen } from '../../design/Shell';
import { useListeners } from '../overview/listener';
import { useRefresh } from '../live';
import { filterOf, isMessageId, NOTHING, queryOf, type Search, searchOf } from './filter';
import { MessageFilter } from './MessageFilter';
import { MessageTable } from './MessageTable';
import { pageOf } from './message';

/** Finds messages. What is searched for stands in the address, but for the patient, whom no address may name. */
export function Messages() {
  const { t } = useTranslation();
  const { fhir } = useOpened();
  const [query] = useSearchParams();
  const [patient, setPatient] = useState('');
  const navigate = useNavigate();
  const { state } = useLocation() as { state: { pages?: string[] } | null };
  const refetchInterval = useRefresh();
  const search = searchOf(query);
  const after = query.get('after') ?? '';
  const filter = filterOf(search, patient);
  const listeners = useListeners();
  const messages = useQuery({
    queryKey: ['messages', filter, after],
    queryFn: async () => pageOf(await fhir.get('$messages', { ...filter, after, _count: '50' })),
    placeholderData: keepPreviousData,
    refetchInterval: after ? false : refetchInterval,
  });
  const searches = patient !== '' || queryOf(search).size > 0;

  function look(next: Search, nextPatient = patient) {
    if (isMessageId(next.text)) {
      navigate(`/messages/${next.text.trim()}`);
      return;
    }
    setPatient(nextPatient);
    navigate({ search: queryOf(next).toString() });
  }

  /** The addresses of the pages before this one stand in the history, since a page only knows what follows. */
  function turn(to: string, pages: string[]) {
    const next = queryOf(search);
    if (to) {
      next.set('after', to);
    }
    navigate({ search: next.toString() }, { state: { pages } });
    scrollTo(0, 0);
  }

  return (
    <Screen title={t('messages.title')} lead={t('messages.lead')}>
      <div className="stack">
        <MessageFilter
          key={query.toString()}
          search={search}
          patient={patient}
          listeners={listeners.data?.map((listener) => listener.name) ?? []}
          onSearch={look}
        />
        {patient && (
          <Note tone="plain" icon="person" title={t('messages.patientOnly', { patient })}>
            <p>{t('messages.patientHint')}</p>
          </Note>
        )}
        <Answer query={messages}>
          {(page) =>
            page.messages.length === 0 ? (
              <Empty
                title={t(searches ? 'messages.noneFound' : 'messages.none')}
                hint={t(searches ? 'messages.noneFoundHint' : 'messages.noneHint')}
              >
                {searches && (
                  <Button variant="default" onClick={() => look(NOTHING, '')}>
                    {t('messages.clear')}
                  </Button>
                )}
              </Empty>
            ) : (
              <>
                <MessageTable caption={t('messages.title')} messages={page.messages} />
                <div className="row between">
                  <span className="soft small" role="status">
                    {t('messages.shown', { count: page.messages.length })}
                  </span>
                  <span className="row">
                    {after && (
                      <Button
                        variant="default"
                        leftSection={<Icon name="back" />}
                        onClick={() => turn(state?.pages?.at(-1) ?? '', state?.pages?.slice(0, -1) ?? [])}
                      >
                        {t('messages.newer')}
                      </Button>
                    )}
                    {page.next && (
                      <Button
                        variant="default"
                        rightSection={<Icon name="next" />}
                        onClick={() => turn(page.next!, [...(state?.pages ?? []), after])}
                      >
                        {t('messages.older')}
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
