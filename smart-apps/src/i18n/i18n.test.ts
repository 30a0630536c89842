import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languageOf } from '.';
import { formatOf, localeOf } from './format';

type Texts = { [key: string]: string | Texts };

function keysOf(texts: Texts, path = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [path + key] : keysOf(value, `${path}${key}.`),
  );
}

function values(texts: Texts): string[] {
  return Object.values(texts).flatMap((value) => (typeof value === 'string' ? [value] : values(value)));
}

const placeholders = (text: string) => (text.match(/{{\w+}}/g) ?? []).sort();

/** All texts of a language, those that every page loads and those of some screens. */
function textsOf(language: string): Texts {
  const files = ['en.json', ...readdirSync('src/i18n/parts').map((file) => `parts/${file}`)]
    .filter((file) => file.endsWith('en.json'))
    .map((file) => file.replace(/en\.json$/, `${language}.json`));
  return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(`src/i18n/${file}`, 'utf8'))));
}

const [en, es] = [textsOf('en'), textsOf('es')];

describe('the texts', () => {
  it('have the same keys in all languages', () => {
    expect(keysOf(es).sort()).toEqual(keysOf(en).sort());
  });

  it('fill in the same values in all languages', () => {
    expect(values(es).map(placeholders)).toEqual(values(en).map(placeholders));
  });

  it('are there for each key that the code names', () => {
    const known = new Set(keysOf(en).map((key) => key.replace(/_(zero|one|other)$/, '')));
    const named = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx') || file.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(`src/${file}`, 'utf8').matchAll(/\bt\(\s*'([^']+)'/g)])
      .map((match) => match[1]!);
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((key) => !known.has(key))).toEqual([]);
  });
});

describe('the language', () => {
  it('is what was chosen, else the first that the browser wants and there is, else English', () => {
    expect(languageOf('es', ['en-GB'])).toBe('es');
    expect(languageOf(null, ['fr-CA', 'es-MX', 'en'])).toBe('es');
    expect(languageOf('xx', ['fr'])).toBe('en');
  });

  it('is shown in the variety of the person', () => {
    expect(localeOf('en', ['es', 'en-GB', 'en-US'])).toBe('en-GB');
    expect(localeOf('es', ['en-GB'])).toBe('es');
  });
});

describe('a time', () => {
  const format = formatOf('en');
  const now = Date.parse('2026-03-01T12:00:00Z');

  it('is told in the largest unit that says something', () => {
    expect(format.ago('2026-03-01T11:59:30Z', now)).toBe('30 seconds ago');
    expect(format.ago('2026-03-01T10:00:00Z', now)).toBe('2 hours ago');
    expect(format.ago('2026-03-12T12:00:00Z', now)).toBe('in 11 days');
  });

  it('of birth has no zone, and may be less than a day', () => {
    expect(format.date('1984-03-09')).toBe('Mar 9, 1984');
    expect(format.date('1984')).toBe('1984');
  });
});
