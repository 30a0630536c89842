import i18next from 'i18next';
import { useMemo } from 'react';

/** Numbers and times in the language of the page and the zone of the person. */
export interface Format {
  number(value: number): string;
  /** A moment to the second, as one compares it with a sender's log. */
  moment(iso: string | undefined): string;
  /** A birth date, which has no zone. */
  date(iso: string | undefined): string;
  /** How long ago or how far ahead, in the largest unit that says something. */
  ago(iso: string, now?: number): string;
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

export function formatOf(language: string): Format {
  const number = new Intl.NumberFormat(language);
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return {
    number: (value) => number.format(value),
    moment: (iso) => (iso ? moment.format(new Date(iso)) : ''),
    date: (iso) => (iso && /^\d{4}-\d{2}-\d{2}$/.test(iso) ? date.format(new Date(iso)) : (iso ?? '')),
    ago: (iso, now = Date.now()) => {
      const distance = new Date(iso).getTime() - now;
      const [unit, length] = UNITS.find(([, length]) => Math.abs(distance) >= length) ?? UNITS[3]!;
      return relative.format(Math.trunc(distance / length), unit);
    },
  };
}

/** The person's own variety of the language, since 3/4 is another day in London than in Boston. */
export function localeOf(language: string, wanted: readonly string[]): string {
  return wanted.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}

export function useFormat(): Format {
  const { language } = i18next;
  return useMemo(() => formatOf(localeOf(language, navigator.languages)), [language]);
}
