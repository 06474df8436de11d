// The console's words. Each language is a file of its own, loaded when it is chosen; what no word of stands in the inbox is in another, in
// `later`, loaded before the first page that needs it.

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

const files = import.meta.glob<{ default: Record<string, never> }>('../locales/*.json');

const laterFiles = import.meta.glob<{ default: Record<string, never> }>('../locales/later/*.json');
const complete = new Set<Language>();
let wantsAll = false;

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

/** The words of pages beside the inbox, in the language that is spoken, and from now on in any other that is chosen. */
export async function laterWords(language = i18n.global.locale.value as Language): Promise<void> {
  wantsAll = true;
  if (complete.has(language)) return;
  const file = await laterFiles[`../locales/later/${language}.json`]!();
  i18n.global.mergeLocaleMessage(language, file.default);
  complete.add(language);
}

export async function speak(language: Language): Promise<void> {
  if (!i18n.global.availableLocales.includes(language)) {
    const file = await files[`../locales/${language}.json`]!();
    i18n.global.setLocaleMessage(language, file.default);
  }
  if (wantsAll) await laterWords(language);
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}
