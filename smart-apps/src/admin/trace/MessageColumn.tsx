import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Detail, linesOf } from './detail';
import { delimitersOf } from './field';
import { FieldRow } from './Row';
import css from './Trace.module.css';

/** The message itself: taken apart into fields, or as it came. */
export function MessageColumn({ detail }: { detail: Detail }) {
  const { t } = useTranslation();
  const [raw, setRaw] = useState(detail.segments.length === 0);
  const signs = detail.segments.flatMap((segment) => segment.fields).find((field) => field.place === 'MSH-2');
  const delimiters = delimitersOf(signs?.value);
  const first = detail.segments[0]?.fields[0];
  return (
    <>
      {detail.segments.length > 0 && (
        <div className={css.choice}>
          <Switch
            size="sm"
            label={t('trace.raw')}
            checked={raw}
            onChange={(event) => setRaw(event.currentTarget.checked)}
          />
        </div>
      )}
      {raw ? (
        <Lines text={detail.raw} />
      ) : (
        detail.segments.map((segment) => (
          <section key={segment.place} className={css.block}>
            <h3>
              {segment.place} {segment.title && <small>{segment.title}</small>}
            </h3>
            {segment.fields.map((field) => (
              <FieldRow key={field.place} field={field} delimiters={delimiters} first={field === first} />
            ))}
          </section>
        ))
      )}
    </>
  );
}

/** A message as it came, a line a segment. */
export function Lines({ text }: { text: string }) {
  return (
    <pre className={css.pre}>
      {linesOf(text).map((line, index) => (
        <span key={index}>{line}</span>
      ))}
    </pre>
  );
}
