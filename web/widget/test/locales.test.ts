import { expect, test } from 'vitest'
import { choose, LANGUAGES, load, localeOf, plural } from '../src/chat/words'

const modules = import.meta.glob<{ default: Record<string, unknown> }>('../src/chat/locales/*.ts', { eager: true })
const words = (name: string) => modules[`../src/chat/locales/${name}.ts`]!.default
const holes = (value: unknown) => [...new Set(JSON.stringify(value).match(/\{\w+\}/g) ?? [])].sort()

for (const part of ['', '-more'])
  test(`every language is complete${part}`, () => {
    const en = words('en' + part)
    for (const language of LANGUAGES) {
      const other = words(language + part)
      expect(Object.keys(other).sort()).toEqual(Object.keys(en).sort())
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
