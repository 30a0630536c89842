import { createContext, type KeyboardEvent, useContext } from 'react';
import { type FieldReference, referenceOf } from './field';

/** What is lit: the field that somebody points at, or that an element came from. */
export interface Lit {
  reference: FieldReference;
  /** Where the person points; what is there need not be scrolled to. */
  origin: Column;
}

export type Column = 'message' | 'translation' | 'outcome';

export interface LitState {
  lit?: Lit;
  /** Lights a field and all that came from it; nothing where the text names no field. */
  light: (field: string | undefined, origin: Column) => void;
  /** Goes to what belongs to the lit row in another column. */
  follow: (field: string | undefined, origin: Column) => void;
}

export const LitContext = createContext<LitState>({ light: () => {}, follow: () => {} });

/** What makes a row light up, be pointed at, and be gone from by the keyboard. */
export function useLitRow(field: string | undefined, origin: Column) {
  const { lit, light, follow } = useContext(LitContext);
  const reference = referenceOf(field);
  const isLit =
    reference !== undefined && lit?.reference.field === reference.field && matches(lit, reference, origin);
  return {
    isLit,
    reference: isLit ? lit?.reference : undefined,
    row: {
      type: 'button' as const,
      'data-row': true,
      'data-lit': isLit || undefined,
      onMouseEnter: () => light(field, origin),
      onFocus: () => light(field, origin),
      onClick: () => follow(field, origin),
    },
  };
}

/**
 * Pointing at an element lights its field, and of its own column that element alone, not all the
 * others that came from the same field.
 */
function matches(lit: Lit, reference: FieldReference, origin: Column): boolean {
  if (origin === 'message' || lit.origin === 'message') {
    return true;
  }
  return (
    reference.repetition === lit.reference.repetition &&
    reference.component === lit.reference.component &&
    reference.subcomponent === lit.reference.subcomponent
  );
}

/** One stop of the Tab key for a whole list: the arrow keys go on from row to row. */
export function roveRows(event: KeyboardEvent<HTMLElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const current = rows.indexOf(document.activeElement as HTMLElement);
  if (current < 0) {
    return;
  }
  const to = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to !== undefined && rows[to]) {
    event.preventDefault();
    rows[current]!.tabIndex = -1;
    rows[to].tabIndex = 0;
    rows[to].focus();
  }
}

/** Moves the focus to a row, from where the Tab key and the arrows go on. */
export function focusRow(row: HTMLElement): void {
  row
    .closest('[data-column]')
    ?.querySelectorAll<HTMLElement>('[data-row]')
    .forEach((other) => (other.tabIndex = -1));
  row.tabIndex = 0;
  row.focus({ preventScroll: true });
}

/** Scrolls a column, and not the page, until a row can be seen. */
export function showRow(row: HTMLElement, column: HTMLElement): void {
  if (column.scrollHeight <= column.clientHeight) {
    return;
  }
  const outer = column.getBoundingClientRect();
  const inner = row.getBoundingClientRect();
  if (inner.top < outer.top + 48 || inner.bottom > outer.bottom) {
    column.scrollTop += inner.top - outer.top - column.clientHeight / 3;
  }
}
