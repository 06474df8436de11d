import type en from './locales/en'

export type Words = typeof en
/** Languages that have two words for "you" are written formally, and name what differs among friends. */
export type Toned<W> = W & { familiar?: Partial<W> }
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

export const LANGUAGES = ['en', 'es', 'pt', 'pl', 'ru'] as const
export type Language = (typeof LANGUAGES)[number]

export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole))

export function plural(locale: string, forms: Forms, n: number): string {
  const form = forms[new Intl.PluralRules(locale).select(n)] ?? forms.other
  return fill(form, { n: new Intl.NumberFormat(locale).format(n) })
}

/** The first wish that the brand speaks; the brand's own first language otherwise. */
export function choose(wishes: readonly (string | null | undefined)[], offered: readonly string[]): Language {
  const short = (tag: string | null | undefined) => tag?.slice(0, 2).toLowerCase() as Language
  const can = LANGUAGES.filter((l) => !offered[0] || offered.some((o) => short(o) === l))
  return [...wishes, offered[0]].map(short).find((l) => can.includes(l)) ?? can[0] ?? 'en'
}

/** The customer's own regional form of the language (12 or 24 hours), else the language itself. */
export const localeOf = (language: string, preferred: readonly string[]): string =>
  preferred.find((p) => p.slice(0, 2).toLowerCase() === language) ?? language

// Written out so that each language becomes a small file of its own.
const files: Record<Language, () => Promise<{ default: Toned<Words> }>> = {
  en: () => import('./locales/en'),
  es: () => import('./locales/es'),
  pt: () => import('./locales/pt'),
  pl: () => import('./locales/pl'),
  ru: () => import('./locales/ru'),
}
export const load = async (language: Language): Promise<Toned<Words>> => (await files[language]()).default

/** The words as the brand speaks: with the formal or the familiar "you". */
export const toned = <W extends object>(words: Toned<W>, tone?: string): W => (tone === 'familiar' ? { ...words, ...words.familiar } : words)
