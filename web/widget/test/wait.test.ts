import { expect, test } from 'vitest'
import { dayName, dayNumber } from '../src/chat/days'
import type { Availability } from '../src/chat/types'
import { queueLine } from '../src/chat/queue'
import { promiseLine, waitLine } from '../src/chat/wait'
import { load, LANGUAGES, type Language } from '../src/chat/words'

// Sunday, 22 November 2026, 14:30 in Lisbon.
const now = new Date('2026-11-22T14:30:00Z')
const base: Availability = {
  open: true,
  always_open: false,
  opens_at: null,
  closes_at: '2026-11-22T18:00:00Z',
  expected_wait_seconds: null,
  measured_over: 0,
  promise: null,
  agents_available: true,
}
const line = async (language: Language, a: Partial<Availability>, timeZone = 'Europe/Lisbon') =>
  waitLine({ ...base, ...a }, await load(language), { now, locale: language === 'en' ? 'en-GB' : language, timeZone })
const wait = (minutes: number) => ({ expected_wait_seconds: minutes * 60, measured_over: 30 })

test('a measured wait, with the right plural', async () => {
  expect(await line('en', wait(4))).toBe('Usually answers in about 4 minutes')
  expect(await line('en', wait(1))).toBe('Usually answers in about 1 minute')
  expect(await line('en', wait(0.5))).toBe('Usually answers in under a minute')
  expect(await line('en', wait(130))).toBe('Usually answers in about 2 hours')
  expect(await line('es', wait(4))).toBe('Solemos responder en unos 4 minutos')
  expect(await line('pt', wait(4))).toBe('Costumamos responder em cerca de 4 minutos')
  expect(await line('pl', wait(1))).toBe('Zwykle odpowiadamy w ciągu około 1 minuty')
  expect(await line('pl', wait(4))).toBe('Zwykle odpowiadamy w ciągu około 4 minut')
  expect(await line('pl', wait(22))).toBe('Zwykle odpowiadamy w ciągu około 22 minut')
  expect(await line('ru', wait(1))).toBe('Обычно отвечаем примерно за 1 минуту')
  expect(await line('ru', wait(3))).toBe('Обычно отвечаем примерно за 3 минуты')
  expect(await line('ru', wait(5))).toBe('Обычно отвечаем примерно за 5 минут')
  expect(await line('ru', wait(21))).toBe('Обычно отвечаем примерно за 21 минуту')
})

test('without a measure only the hours are promised', async () => {
  expect(await line('en', {})).toBe('Open today until 18:00')
  expect(await line('es', {})).toBe('Abierto: hoy hasta las 18:00')
  expect(await line('pt', {})).toBe('Aberto: hoje até às 18:00')
  expect(await line('pl', {})).toBe('Otwarte: dziś do 18:00')
  expect(await line('ru', {})).toBe('Открыто: сегодня до 18:00')
  expect(await line('en', { always_open: true, closes_at: null })).toBe('Open day and night')
})

test('closed: the next opening in the customer’s own zone', async () => {
  const closed = (opens_at: string | null) => ({ open: false, opens_at, closes_at: null })
  expect(await line('en', closed('2026-11-23T10:00:00Z'))).toBe('We answer tomorrow from 10:00')
  expect(await line('es', closed('2026-11-23T10:00:00Z'))).toBe('Respondemos mañana desde las 10:00')
  expect(await line('pt', closed('2026-11-23T10:00:00Z'))).toBe('Respondemos amanhã a partir das 10:00')
  expect(await line('pl', closed('2026-11-23T10:00:00Z'))).toBe('Odpowiemy jutro od 10:00')
  expect(await line('ru', closed('2026-11-23T10:00:00Z'))).toBe('Ответим завтра с 10:00')
  expect(await line('pl', closed('2026-11-24T09:00:00Z'))).toBe('Odpowiemy we wtorek od 9:00')
  expect(await line('ru', closed('2026-11-24T09:00:00Z'))).toBe('Ответим во вторник с 9:00')
  expect(await line('en', closed('2026-11-22T20:00:00Z'))).toBe('We answer today from 20:00')
  // 23:30 in Lisbon is already the next morning in Auckland.
  expect(await line('en', closed('2026-11-22T22:30:00Z'), 'Pacific/Auckland')).toBe('We answer today from 11:30')
  expect(await line('en', closed('2027-01-03T10:00:00Z'))).toBe('We answer on 3 January from 10:00')
  expect(await line('en', closed(null))).toBe('Closed at the moment. Messages are kept until we open.')
})

test('a measured wait is not promised while closed', async () => {
  expect(await line('en', { ...wait(4), open: false, opens_at: '2026-11-23T10:00:00Z' })).toBe('We answer tomorrow from 10:00')
})

test('no line leaves a gap unfilled in any language', async () => {
  for (const language of LANGUAGES)
    for (const a of [wait(0.2), wait(4), wait(200), {}, { open: false, opens_at: '2026-12-24T10:00:00Z' }])
      expect(await line(language, a)).not.toMatch(/[{}]|undefined|NaN/)
})

test('days are counted by the calendar, across the change of the clocks', () => {
  const before = new Date('2026-10-24T22:30:00Z')
  const after = new Date('2026-10-25T23:30:00Z')
  expect(dayNumber(after, 'Europe/Warsaw') - dayNumber(before, 'Europe/Warsaw')).toBe(1)
  expect(dayName(now, now, 'en-GB', 'UTC')).toBe('Today')
  expect(dayName(new Date('2026-11-21T10:00:00Z'), now, 'pl', 'UTC')).toBe('Wczoraj')
  expect(dayName(new Date('2026-11-16T10:00:00Z'), now, 'en-GB', 'UTC')).toBe('Monday 16 November')
})

test('a promise names its end, and is silent when there is none or it is over', async () => {
  const promised = async (language: Language, answer_by: string | null) =>
    promiseLine({ ...base, promise: { seconds: 3600, business_time: true, answer_by } }, await load(language), { now, locale: language === 'en' ? 'en-GB' : language, timeZone: 'Europe/Lisbon' })
  expect(await promised('en', '2026-11-22T15:30:00Z')).toBe('We promise an answer today by 15:30')
  expect(await promised('pl', '2026-11-23T10:00:00Z')).toBe('Obiecujemy odpowiedź jutro do 10:00')
  expect(await promised('ru', '2026-11-24T10:00:00Z')).toBe('Обещаем ответить во вторник до 10:00')
  expect(await promised('en', '2026-11-22T14:00:00Z')).toBe('')
  expect(await promised('en', null)).toBe('')
  expect(promiseLine(base, await load('en'), { now, locale: 'en' })).toBe('')
})

test('a place in the queue, with the wait only where it is known', async () => {
  const placed = async (language: Language, position: number | null, seconds: number | null) => {
    const { default: words } = await import(`../src/chat/locales/${language}-more.ts`)
    return queueLine({ position, expected_wait_seconds: seconds }, words, language)
  }
  expect(await placed('en', 3, null)).toBe('Number 3 in the queue')
  expect(await placed('en', 3, 250)).toBe('Number 3 in the queue · about 4 minutes')
  expect(await placed('pl', 1, 20)).toBe('Numer 1 w kolejce · około 1 minuty')
  expect(await placed('ru', 2, 1260)).toBe('Номер 2 в очереди · около 21 минуты')
  expect(await placed('en', null, null)).toBe('')
})
