// Which of a message's forms a number takes. The forms of a language stand in the files in this order,
// separated by |. Fractions never occur, so the form for them is left out where a language has its own.

import type { Language } from '@/api/types';

export const FORMS: Record<Language, readonly Intl.LDMLPluralRule[]> = {
  en: ['one', 'other'],
  es: ['one', 'many', 'other'],
  pt: ['one', 'many', 'other'],
  pl: ['one', 'few', 'many'],
  ru: ['one', 'few', 'many'],
};

function ruleOf(language: Language) {
  const rules = new Intl.PluralRules(language);
  const forms = FORMS[language];
  return (count: number) => {
    const at = forms.indexOf(rules.select(count));
    return at >= 0 ? at : forms.length - 1;
  };
}

export const pluralRules = Object.fromEntries(
  (Object.keys(FORMS) as Language[]).map((language) => [language, ruleOf(language)]),
);
