import { useTranslation } from 'react-i18next';
import { Status } from '../../design/Status';
import type { Element, Field } from './detail';
import { type Delimiters, partOf } from './field';
import { type Column, useLitRow } from './lit';
import css from './Trace.module.css';

/** A field of the message. The part of it that the lit element came from is marked. */
export function FieldRow({
  field,
  delimiters,
  first,
}: {
  field: Field;
  delimiters: Delimiters;
  first: boolean;
}) {
  const { t } = useTranslation();
  const { row, reference } = useLitRow(field.place, 'message');
  const [from, to] = reference ? partOf(field.value, reference, delimiters) : [0, 0];
  return (
    <button {...row} className={css.rowButton} tabIndex={first ? 0 : -1} data-field={field.place}>
      <span className={css.place}>{field.place}</span>
      <span>
        {field.title && <span className={css.title}>{field.title}</span>}
        <span className={css.value}>
          {field.value.slice(0, from)}
          {to > from && <mark>{field.value.slice(from, to)}</mark>}
          {field.value.slice(to)}
        </span>
      </span>
      {field.read ? (
        <span />
      ) : (
        <Status tone="quiet" icon="unread">
          {t('trace.notRead')}
        </Status>
      )}
    </button>
  );
}

/** An element of a resource, with the name of its field. */
export function ElementRow({ element, origin, first }: { element: Element; origin: Column; first: boolean }) {
  const { row } = useLitRow(element.field, origin);
  return (
    <button
      {...row}
      className={`${css.rowButton} ${css.element}`}
      tabIndex={first ? 0 : -1}
      data-source={element.field}
    >
      <span>
        <span className={css.path}>{element.path}</span>
        {element.value !== undefined && <span className={css.value}>{element.value}</span>}
      </span>
      <span className={css.from}>{element.field}</span>
    </button>
  );
}
