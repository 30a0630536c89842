import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Answer, Empty, Fault } from '../../design/Answer';
import { Dialog } from '../../design/Dialog';
import { Icon } from '../../design/Icon';
import { useOpened } from '../../design/open';
import { Screen } from '../../design/Shell';
import { useRefresh } from '../live';
import { type Message, pageOf } from '../messages/message';
import { type Outcome, outcomesOf } from '../replay/preview';
import { GroupCard } from './GroupCard';
import { groupsOf, inOrder } from './groups';
import { Outcomes } from './Outcomes';

/** So many are replayed by one request, so that what has become of them can be told in between. */
const AT_ONCE = 50;

/** What could not be applied, by what hinders it; many are replayed together, in their order. */
export function DeadLetters() {
  const { t } = useTranslation();
  const { fhir, session } = useOpened();
  const queries = useQueryClient();
  const refetchInterval = useRefresh();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<Outcome[]>([]);
  const pages = useInfiniteQuery({
    queryKey: ['dead-letters'],
    queryFn: async ({ pageParam }) =>
      pageOf(await fhir.get('$messages', { state: 'failed', _count: '200', after: pageParam })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval,
  });
  const messages = pages.data?.pages.flatMap((page) => page.messages) ?? [];
  const chosen = inOrder(messages.filter((message) => selected.has(message.id)));
  const replay = useMutation({
    mutationFn: async (ids: string[]) => {
      setDone([]);
      for (let from = 0; from < ids.length; from += AT_ONCE) {
        const outcomes = outcomesOf(await fhir.post('$replay', { id: ids.slice(from, from + AT_ONCE) }));
        setDone((before) => [...before, ...outcomes]);
      }
    },
    onMutate: () => setAsking(false),
    onSuccess: () => setSelected(new Set()),
    onSettled: () => queries.invalidateQueries(),
  });

  function select(which: readonly Message[], on: boolean) {
    const next = new Set(selected);
    which.forEach(({ id }) => (on ? next.add(id) : next.delete(id)));
    setSelected(next);
  }

  return (
    <Screen title={t('dead.title')} lead={t('dead.lead')}>
      <div className="stack">
        {replay.isError && <Fault error={replay.error} />}
        <Outcomes done={done} all={replay.isPending ? (replay.variables?.length ?? 0) : done.length} />
        <Answer query={pages}>
          {() =>
            messages.length === 0 ? (
              <Empty title={t('dead.none')} hint={t('dead.noneHint')}>
                <Button component={Link} to="/messages" variant="default">
                  {t('dead.allMessages')}
                </Button>
              </Empty>
            ) : (
              <>
                {session.may('message.replay') && (
                  <div className="row">
                    <Button
                      leftSection={<Icon name="replay" />}
                      disabled={chosen.length === 0}
                      loading={replay.isPending}
                      onClick={() => setAsking(true)}
                    >
                      {t('dead.replay', { count: chosen.length })}
                    </Button>
                    <Button
                      variant="default"
                      onClick={() => select(messages, chosen.length < messages.length)}
                    >
                      {t(chosen.length < messages.length ? 'dead.selectAll' : 'dead.selectNone')}
                    </Button>
                    <span className="soft small" role="status">
                      {t('dead.selected', { count: chosen.length, all: messages.length })}
                    </span>
                  </div>
                )}
                {groupsOf(messages).map((group) => (
                  <GroupCard
                    key={group.key}
                    group={group}
                    selected={session.may('message.replay') ? selected : undefined}
                    onSelect={select}
                  />
                ))}
                {pages.hasNextPage && (
                  <div>
                    <Button
                      variant="default"
                      loading={pages.isFetchingNextPage}
                      onClick={() => pages.fetchNextPage()}
                    >
                      {t('dead.more')}
                    </Button>
                  </div>
                )}
              </>
            )
          }
        </Answer>
      </div>
      {asking && (
        <Dialog title={t('dead.ask', { count: chosen.length })} onClose={() => setAsking(false)}>
          <p>{t('dead.askHint')}</p>
          <div className="row actions">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('cancel')}
            </Button>
            <Button onClick={() => replay.mutate(chosen.map(({ id }) => id))}>
              {t('dead.replay', { count: chosen.length })}
            </Button>
          </div>
        </Dialog>
      )}
    </Screen>
  );
}
