import type { TFunction } from 'i18next';

/** A reason in plain words. One that is not known here yet is shown by its name, in small letters. */
export function reasonWords(t: TFunction, reason: string): string {
  return t(`reason.${reason}.what`, { defaultValue: reason.toLowerCase().replaceAll('_', ' ') });
}

/** What to do about it. */
export function reasonAdvice(t: TFunction, reason: string): string {
  return t(`reason.${reason}.do`, { defaultValue: t('reason.other.do') });
}
