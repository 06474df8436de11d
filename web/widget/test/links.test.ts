import { expect, test } from 'vitest'
import { pieces } from '../src/chat/links'

const links = (text: string) => pieces(text).flatMap((p) => (p.href ? [p.text] : []))
const whole = (text: string) => pieces(text).map((p) => p.text).join('')

test('finds addresses and leaves the sentence its punctuation', () => {
  expect(links('See https://example.com/help. Thanks')).toEqual(['https://example.com/help'])
  expect(links('(https://example.com/a_(b))')).toEqual(['https://example.com/a_(b)'])
  expect(links('https://a.example, https://b.example!')).toEqual(['https://a.example', 'https://b.example'])
  expect(links('Zażółć https://пример.example/путь?q=1#x')).toEqual(['https://пример.example/путь?q=1#x'])
})

test('nothing but plain https becomes a link', () => {
  for (const text of [
    'javascript:alert(1)',
    'http://example.com',
    'data:text/html,<b>x</b>',
    'ftp://example.com',
    '//example.com',
    'https://bank.example@evil.example/login',
    'https://user:pw@evil.example',
    'https://',
    'xhttps:/example.com',
  ])
    expect(links(text), text).toEqual([])
})

test('no character is lost, markup included', () => {
  for (const text of ['<img src=x onerror=alert(1)>', 'a https://x.example/<b> c', '', 'https://x.example"onclick="y', 'https://user@x.example and https://ok.example.'])
    expect(whole(text)).toBe(text)
  expect(links('https://x.example"onclick="y')).toEqual(['https://x.example'])
})
