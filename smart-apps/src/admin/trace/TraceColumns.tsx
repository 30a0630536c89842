import { useMediaQuery } from '@mantine/hooks';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Detail } from './detail';
import { referenceOf } from './field';
import { type Column, focusRow, type Lit, LitContext, roveRows, showRow } from './lit';
import { MessageColumn } from './MessageColumn';
import { OutcomeColumn } from './OutcomeColumn';
import { ResourceList } from './ResourceList';
import css from './Trace.module.css';

const COLUMNS: Column[] = ['message', 'translation', 'outcome'];

/** Where a click or Enter leads: from what was made to where it came from, and back. */
const COUNTERPARTS: Record<Column, Column[]> = {
  message: ['translation', 'outcome'],
  translation: ['message'],
  outcome: ['message'],
};

/** The message, what it means and what came of it: beside each other, or one at a time on a phone. */
export function TraceColumns({ detail, at }: { detail: Detail; at?: { place: string } }) {
  const { t } = useTranslation();
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const [lit, setLit] = useState<Lit>();
  const [tab, setTab] = useState<Column>('message');
  const [wanted, setWanted] = useState<{ field: string; columns: Column[] }>();
  const root = useRef<HTMLDivElement>(null);

  const rows = (column: Column) => [
    ...(root.current?.querySelectorAll<HTMLElement>(`[data-column=${column}] [data-lit]`) ?? []),
  ];

  useEffect(() => {
    if (!lit) {
      return;
    }
    for (const column of COLUMNS.filter((column) => column !== lit.origin)) {
      const row = rows(column)[0];
      const scroll = row?.closest<HTMLElement>('[data-scroll]');
      if (row && scroll) {
        showRow(row, scroll);
      }
    }
  }, [lit, tab]);

  // On a phone the counterpart is there only after its tab has been shown.
  useEffect(() => {
    if (!wanted) {
      return;
    }
    const target = wanted.columns.map((column) => rows(column)[0]).find(Boolean);
    if (target) {
      focusRow(target);
      target.scrollIntoView({ block: 'nearest' });
      setWanted(undefined);
    }
  }, [wanted, tab]);

  const state = useMemo(
    () => ({
      lit,
      light(field: string | undefined, origin: Column) {
        const reference = referenceOf(field);
        setLit(reference && { reference, origin });
      },
      follow(field: string | undefined, origin: Column) {
        const reference = referenceOf(field);
        if (!reference) {
          return;
        }
        setLit({ reference, origin });
        const columns = COUNTERPARTS[origin].filter((column) => hasField(detail, column, reference.field));
        if (columns[0]) {
          setTab(columns[0]);
          setWanted({ field: reference.field, columns });
        }
      },
    }),
    [lit, detail],
  );

  // A place that is named above the columns is gone to, each time that it is asked for.
  useEffect(() => {
    if (at) {
      state.follow(at.place, 'outcome');
    }
  }, [at]);

  const content: Record<Column, ReactNode> = {
    message: <MessageColumn detail={detail} />,
    translation:
      detail.translation.length > 0 ? (
        <ResourceList resources={detail.translation} origin="translation" />
      ) : (
        <p className={css.hint}>{t('trace.noTranslation')}</p>
      ),
    outcome: <OutcomeColumn detail={detail} />,
  };

  return (
    <LitContext value={state}>
      <div ref={root}>
        {narrow ? (
          <div className="card">
            <Tabs tab={tab} onTab={setTab} />
            <div
              role="tabpanel"
              id={`panel-${tab}`}
              aria-labelledby={`tab-${tab}`}
              data-column={tab}
              onKeyDown={roveRows}
            >
              {content[tab]}
            </div>
          </div>
        ) : (
          <div className={css.columns}>
            {COLUMNS.map((column) => (
              <section key={column} className={`card ${css.column}`} aria-labelledby={`heading-${column}`}>
                <div className={css.heading}>
                  <h2 id={`heading-${column}`}>{t(`trace.${column}`)}</h2>
                </div>
                <div
                  className={css.scroll}
                  data-scroll
                  data-column={column}
                  onKeyDown={roveRows}
                  tabIndex={-1}
                >
                  {content[column]}
                </div>
              </section>
            ))}
          </div>
        )}
      </div>
    </LitContext>
  );
}

function hasField(detail: Detail, column: Column, field: string): boolean {
  if (column === 'message') {
    return detail.segments.some((segment) => segment.fields.some((one) => one.place === field));
  }
  const resources = column === 'translation' ? detail.translation : detail.stored;
  return resources.some((resource) =>
    resource.elements.some((element) => referenceOf(element.field)?.field === field),
  );
}

function Tabs({ tab, onTab }: { tab: Column; onTab: (tab: Column) => void }) {
  const { t } = useTranslation();
  function onKey(event: KeyboardEvent<HTMLElement>) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = COLUMNS[(COLUMNS.indexOf(tab) + step + COLUMNS.length) % COLUMNS.length]!;
      onTab(next);
      document.getElementById(`tab-${next}`)?.focus();
    }
  }
  return (
    <div role="tablist" aria-label={t('trace.parts')} className={css.tabs} onKeyDown={onKey}>
      {COLUMNS.map((column) => (
        <button
          key={column}
          type="button"
          role="tab"
          id={`tab-${column}`}
          aria-selected={tab === column}
          aria-controls={tab === column ? `panel-${column}` : undefined}
          tabIndex={tab === column ? 0 : -1}
          onClick={() => onTab(column)}
        >
          {t(`trace.${column}`)}
        </button>
      ))}
    </div>
  );
}
