// The console's words. Each language is a file of its own, loaded when it is chosen.

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

type File = { default: Record<string, never> };
const files = import.meta.glob<File>('../locales/*.json');
/** Words that only the settings say, so that nobody waits for them in the inbox. */
const settings = import.meta.glob<File>('../locales/settings/*.json');
const withSettings = new Set<Language>();
let settingsShown = false;

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

async function addSettings(language: Language): Promise<void> {
  if (withSettings.has(language)) return;
  const file = await settings[`../locales/settings/${language}.json`]!();
  i18n.global.mergeLocaleMessage(language, file.default);
  withSettings.add(language);
}

/** Loads the words of the settings, in this language and in each that is chosen from now on. */
export function speakOfSettings(): Promise<void> {
  settingsShown = true;
  return addSettings(i18n.global.locale.value as Language);
}

export async function speak(language: Language): Promise<void> {
  if (!i18n.global.availableLocales.includes(language)) {
    const file = await files[`../locales/${language}.json`]!();
    i18n.global.setLocaleMessage(language, file.default);
  }
  if (settingsShown) await addSettings(language);
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}
