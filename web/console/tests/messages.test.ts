import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createI18n } from 'vue-i18n';
import { describe, expect, it } from 'vitest';
import { compile } from '@/app/messages';
import { FORMS, pluralRules } from '@/app/plurals';
import type { Language } from '@/api/types';

const SRC = join(process.cwd(), 'src');
type Tree = { [name: string]: string | Tree };

const flat = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([name, value]) => {
    const at = path ? `${path}.${name}` : name;
    return typeof value === 'string' ? [[at, value] as [string, string]] : flat(value, at);
  });
const read = (language: string) => JSON.parse(readFileSync(join(SRC, `locales/${language}.json`), 'utf8')) as Tree;
const languages = Object.keys(FORMS) as Language[];
const words = Object.fromEntries(languages.map((language) => [language, new Map(flat(read(language)))]));
const english = words.en!;
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
const isPlural = (name: string) => english.get(name)!.includes(' | ');

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(vue|ts)$/.test(entry.name) && !/\.(test|d)\.ts$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

describe.each(languages.filter((language) => language !== 'en'))('the words in %s', (language) => {
  const own = words[language]!;

  it('cover everything that English says, and nothing else', () => {
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('leave the same gaps to fill', () => {
    const wrong = [...own].filter(([name, text]) => {
      const forms = isPlural(name) ? text.split(' | ') : [text];
      const wanted = isPlural(name) ? english.get(name)!.split(' | ')[1]! : english.get(name)!;
      return forms.some((form) => places(form).join() !== places(wanted).join());
    });
    expect(wrong).toEqual([]);
  });
});

describe.each(languages)('plurals in %s', (language) => {
  it('have as many forms as the language needs', () => {
    const wrong = [...words[language]!].filter(([name, text]) => text.split(' | ').length !== (isPlural(name) ? FORMS[language].length : 1));
    expect(wrong).toEqual([]);
  });
});

type Translate = (name: string, values: Record<string, unknown> | number) => string;
const speaker = (language: Language, more: object = {}) =>
  (createI18n({ legacy: false, locale: language, messages: { [language]: read(language) }, pluralRules, ...more } as never).global as unknown as { t: Translate }).t;

it('every message says something, and the same as with the whole of vue-i18n', () => {
  for (const language of languages) {
    const ours = speaker(language, { messageCompiler: compile });
    const whole = speaker(language);
    for (const [name, text] of words[language]!) {
      const filled = Object.fromEntries(places(text).map((place) => [place, `<${place}>`]));
      expect(ours(name, filled), `${language} ${name}`).not.toBe('');
      for (const values of [filled, 1, 2, 5, 1_000_000]) expect(ours(name, values), `${language} ${name}`).toBe(whole(name, values));
    }
  }
});

it.each([
  ['en', 1, '1 unread message'],
  ['en', 5, '5 unread messages'],
  ['es', 1, '1 mensaje sin leer'],
  ['es', 1_000_000, '1000000 de mensajes sin leer'],
  ['pt', 2, '2 mensagens por ler'],
  ['pl', 1, '1 nieprzeczytana wiadomość'],
  ['pl', 22, '22 nieprzeczytane wiadomości'],
  ['pl', 12, '12 nieprzeczytanych wiadomości'],
  ['ru', 21, '21 непрочитанное сообщение'],
  ['ru', 3, '3 непрочитанных сообщения'],
  ['ru', 11, '11 непрочитанных сообщений'],
])('counts in %s: %i', (language, count, expected) => {
  expect(speaker(language as Language, { messageCompiler: compile })('conversations.unread', count)).toBe(expected);
});

describe('the words in use', () => {
  const all = sources(SRC).join('\n');
  const literal = [...all.matchAll(/\bt\(\s*'([a-z_]+\.[\w.]+)'/g)].map((match) => match[1]!);
  const built = [...all.matchAll(/\bt\(\s*`([a-z_]+\.[\w.]*)\$\{/g)].map((match) => match[1]!);

  it('all exist', () => {
    const missing = literal.filter((name) => !english.has(name) && ![...english.keys()].some((known) => known.startsWith(`${name}.`)));
    expect([...new Set(missing)]).toEqual([]);
  });

  it('leave none unused', () => {
    const quoted = new Set([...all.matchAll(/'([a-z_]+(?:\.\w+)+)'/g)].map((match) => match[1]!));
    const unused = [...english.keys()].filter(
      (name) => !quoted.has(name) && !built.some((start) => name.startsWith(start)) && !name.startsWith('conversations.system.'),
    );
    expect(unused).toEqual([]);
  });
});
