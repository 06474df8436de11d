import { expect, test } from 'vitest'
import { choose, LANGUAGES, load, localeOf, plural, toned, type Toned } from '../src/chat/words'

const modules = import.meta.glob<{ default: Record<string, unknown> }>('../src/chat/locales/*.ts', { eager: true })
const words = (name: string) => modules[`../src/chat/locales/${name}.ts`]!.default
const holes = (value: unknown) => [...new Set(JSON.stringify(value).match(/\{\w+\}/g) ?? [])].sort()

for (const part of ['', '-more'])
  test(`every language is complete${part}`, () => {
    const en = words('en' + part)
    for (const language of LANGUAGES) {
      const { familiar = {}, ...other } = words(language + part) as Record<string, any>
      expect(Object.keys(other).sort()).toEqual(Object.keys(en).sort())
      // Where there are two words for "you", both are there, and nothing is named that does not differ.
      expect(Object.keys(familiar).length > 0).toBe(language !== 'en')
      for (const key of Object.keys(familiar)) {
        expect(familiar[key], `${language}.familiar.${key}`).not.toEqual(other[key])
        expect(holes(familiar[key]), `${language}.familiar.${key}`).toEqual(holes(en[key]))
        expect(JSON.stringify(familiar[key])).not.toMatch(/!|oops/i)
      }
      for (const key of Object.keys(en)) {
        expect(other[key], `${language}.${key}`).toBeTruthy()
        expect(holes(other[key]), `${language}.${key}`).toEqual(holes(en[key]))
        expect(JSON.stringify(other[key])).not.toMatch(/!|oops/i)
      }
    }
  })

test('every plural has all the forms its language needs', async () => {
  for (const language of LANGUAGES) {
    const w = await load(language)
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    for (const forms of [w.unread, w.minutes, w.hours])
      for (const n of [0, 1, 2, 3, 5, 11, 12, 21, 22, 25, 100]) {
        const form = new Intl.PluralRules(language).select(n)
        expect(needed).toContain(form)
        expect(plural(language, forms, n)).toContain(String(n))
      }
    expect(w.days).toHaveLength(7)
  }
  expect(plural('pl', (await load('pl')).unread, 3)).toBe('3 nowe wiadomości')
  expect(plural('pl', (await load('pl')).unread, 5)).toBe('5 nowych wiadomości')
  expect(plural('ru', (await load('ru')).unread, 21)).toBe('21 новое сообщение')
})

test('the first wish that the brand speaks wins', () => {
  expect(choose(['pl-PL', 'en'], ['en', 'pl'])).toBe('pl')
  expect(choose(['de', 'pl'], ['en', 'pl'])).toBe('pl')
  expect(choose(['de'], ['pt', 'es'])).toBe('pt')
  expect(choose([null, '', 'ru-RU'], [])).toBe('ru')
  expect(choose(['de'], ['de'])).toBe('en')
  expect(localeOf('en', ['pt-PT', 'en-US'])).toBe('en-US')
  expect(localeOf('ru', ['en'])).toBe('ru')
})

test('a brand that is familiar says so in every language that has a word for it', async () => {
  const greeting = async (language: (typeof LANGUAGES)[number], tone: string) => toned(await load(language), tone).concierge.split('.')[0]
  expect(await Promise.all(LANGUAGES.map((l) => greeting(l, 'formal')))).toEqual([
    'Write to us in your own words',
    'Escríbanos con sus propias palabras',
    'Escreva-nos por palavras suas',
    'Wystarczy napisać własnymi słowami',
    'Напишите нам своими словами',
  ])
  expect(await Promise.all(LANGUAGES.map((l) => greeting(l, 'familiar')))).toEqual([
    'Write to us in your own words',
    'Escríbenos con tus propias palabras',
    'Escreve-nos por palavras tuas',
    'Napisz do nas własnymi słowami',
    'Напиши нам своими словами',
  ])
  const more = words('es-more') as Toned<{ past: string }>
  expect(['formal', 'familiar'].map((tone) => toned(more, tone).past)).toEqual(['Sus conversaciones', 'Tus conversaciones'])
})
