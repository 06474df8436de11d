import { expect, test } from 'vitest'
import { eventsOf } from '../src/chat/fallback'
import { subject } from '../src/chat/identity'
import { looksLikeEmail } from '../src/chat/email'
import { delay } from '../src/chat/live'
import { sizeText } from '../src/chat/files'
import { readEnv } from '../src/chat/host'

test('reconnecting is spread out: a quick first try, then full jitter up to 20 s', () => {
  expect(delay(0, 0)).toBe(200)
  expect(delay(0, 1)).toBe(2000)
  for (let tries = 1; tries < 30; tries++) {
    expect(delay(tries, 0)).toBe(0)
    expect(delay(tries, 1)).toBeLessThanOrEqual(20_000)
  }
  expect(delay(20, 1)).toBe(20_000)
})

test('server-sent events are cut whole, across chunks and line endings', () => {
  const one = eventsOf('data: {"a":1}\n\ndata: {"b"')
  expect(one).toEqual({ events: ['{"a":1}'], rest: 'data: {"b"' })
  expect(eventsOf(one.rest + ':2}\r\n\r\n: comment\n\nevent: x\nid: 4\ndata: 1\ndata: 2\n\n').events).toEqual(['{"b":2}', '1\n2'])
})

test('reads the customer’s id out of a proof, and nothing out of rubbish', () => {
  const part = (o: object) => btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(o)))).replace(/=+$/, '').replace(/\+/g, '-').replace(/\//g, '_')
  expect(subject(`x.${part({ sub: 'zażółć' })}.y`)).toBe('zażółć')
  for (const bad of ['', 'a.b.c', 'a', `x.${part({})}.y`, `x.${part({ sub: 4 })}.y`]) expect(subject(bad)).toBeNull()
})

test('e-mail addresses and sizes', () => {
  expect(['a@b.co', 'first.last+tag@sub.example.com'].every(looksLikeEmail)).toBe(true)
  expect(['', 'a', 'a@b', 'a b@c.de', '@c.de', 'a@c.'].some(looksLikeEmail)).toBe(false)
  expect(sizeText(10 * 1024 * 1024, 'en')).toBe('10 MB')
  expect(sizeText(1536, 'en')).toBe('1.5 kB')
})

test('knows its inbox and whom to talk to', () => {
  const at = (url: string) => new URL(url) as unknown as Location
  expect(readEnv(at('https://h.example/widget/frame?inbox=KEY#https://shop.example,pl,en'), true)).toEqual({
    inbox: 'KEY',
    embedded: true,
    origin: 'https://shop.example',
    wishes: ['pl', 'en'],
  })
  expect(readEnv(at('https://h.example/chat/KEY?language=ru'), false)).toMatchObject({ inbox: 'KEY', wishes: ['ru'] })
})
