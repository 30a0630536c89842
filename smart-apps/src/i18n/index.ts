import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = { en: 'English', es: 'Español' } as const;
export type Language = keyof typeof LANGUAGES;

const CHOICE = 'kiln-language';

const texts: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import('./en.json'),
  es: () => import('./es.json'),
};

/** What was chosen on this device, else the first of the browser's languages that there is, else English. */
export function languageOf(chosen: string | null, wanted: readonly string[]): Language {
  const known = (tag: string | null): tag is Language => tag !== null && tag in LANGUAGES;
  return known(chosen) ? chosen : (wanted.map((tag) => tag.slice(0, 2)).find(known) ?? 'en');
}

const parts = import.meta.glob<{ default: object }>('./parts/*.json');

/** Loads the texts of one language, since each app should load no more than it shows. */
export async function startTexts(): Promise<void> {
  const language = languageOf(localStorage.getItem(CHOICE), navigator.languages);
  document.documentElement.lang = language;
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: (await texts[language]()).default } },
    interpolation: { escapeValue: false },
  });
}

/** Loads texts that only some screens show; they are there before one of them is. */
export async function addTexts(part: string): Promise<void> {
  const { language } = i18next;
  const added = await parts[`./parts/${part}.${language}.json`]!();
  i18next.addResourceBundle(language, 'translation', added.default, true);
}

/** Keeps the choice and begins anew with it. */
export function choose(language: Language): void {
  localStorage.setItem(CHOICE, language);
  location.reload();
}
