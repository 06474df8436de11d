// The console's words. Each language is a file of its own, loaded when it is chosen: first what the first screens say, then,
// with the first part that is loaded later, the rest (locales.plugin.ts says which).

import { createI18n } from 'vue-i18n';
import type { Language } from '@/api/types';
import { compile } from './messages';
import { pluralRules } from './plurals';

export const LANGUAGES: Record<Language, string> = {
  en: 'English',
  es: 'Español',
  pt: 'Português',
  pl: 'Polski',
  ru: 'Русский',
};

type Words = { default: Record<string, never> };
const first = import.meta.glob<Words>('../locales/*.json', { query: '?first' });
const later = import.meta.glob<Words>('../locales/*.json', { query: '?later' });
const whole = new Set<Language>();
let isAllWanted = false;

// In composition mode the option is called pluralRules; pluralizationRules would be ignored without a word.
export const i18n = createI18n({
  legacy: false,
  locale: 'en' as Language,
  fallbackLocale: false,
  messages: {},
  pluralRules,
  messageCompiler: compile,
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
});

export const t = i18n.global.t;

export const isLanguage = (code: string): code is Language => code in LANGUAGES;

/** The language of the browser, for pages before signing in. */
export function browserLanguage(wanted: readonly string[] = navigator.languages): Language {
  for (const tag of wanted) {
    const code = tag.slice(0, 2).toLowerCase();
    if (isLanguage(code)) return code;
  }
  return 'en';
}

export async function speak(language: Language): Promise<void> {
  if (!i18n.global.availableLocales.includes(language)) {
    const file = await first[`../locales/${language}.json`]!();
    i18n.global.setLocaleMessage(language, file.default);
  }
  if (isAllWanted) await complete(language);
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}

async function complete(language: Language): Promise<void> {
  if (whole.has(language)) return;
  const file = await later[`../locales/${language}.json`]!();
  i18n.global.mergeLocaleMessage(language, file.default);
  whole.add(language);
}

/** Has every word there is; what is loaded later waits for it. */
export async function allWords(): Promise<void> {
  isAllWanted = true;
  await complete(i18n.global.locale.value as Language);
}
