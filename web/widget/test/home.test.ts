import { expect, test } from 'vitest'
import { History } from '../src/chat/history'
import { ago, arrive } from '../src/chat/home'
import { kv } from '../src/chat/kv'
import words from '../src/chat/locales/en'
import more from '../src/chat/locales/en-more'
import { Panel } from '../src/chat/panel'

test('times in the list are told as one would say them', () => {
  const now = new Date('2026-11-26T15:00:00')
  const told = (minutes: number, locale = 'en-GB') => ago(new Date(now.getTime() - minutes * 60_000), now, locale)
  expect(told(-3)).toBe('now')
  expect(told(5)).toBe('5 minutes ago')
  expect(told(3 * 60)).toBe('3 hours ago')
  expect(told(16 * 60)).toBe('Yesterday')
  expect(told(3 * 24 * 60)).toBe('Monday 23 November')
  expect(told(22, 'pl')).toBe('22 minuty temu')
  expect(told(21, 'ru')).toBe('21 минуту назад')
})

test('knows when the browser keeps nothing, and goes on in memory', () => {
  const denied = kv('key', () => {
    throw new DOMException('denied', 'SecurityError')
  })
  expect([denied.lasting, kv('key').lasting]).toEqual([false, true])
  denied.set('draft', 'kept for as long as the page')
  expect(denied.get('draft')).toBe('kept for as long as the page')
})

const said = (text: string) => ({ mine: false, author: { name: 'Sam' }, text, files: 0, created_at: '2026-11-20T10:00:00Z' })
const past = (id: string, more: object) => ({ id, status: 'open', last: said(id), unread: 0, continues: false, continues_until: null, ...more })
const brand = { name: 'Zonnebloem', promise: null, service_model: 'concierge' }

async function stand(items: object[], read: () => Promise<unknown>) {
  const none = () => undefined
  const panel = new Panel({ embedded: true, newWindow: true, close: none, dragged: none, retry: none, more: () => new Promise(() => 0), nearTop: none, atEnd: none, showFile: none, uploads: () => new Promise(() => 0), send: none, typed: none })
  document.body.replaceChildren(panel.el)
  const asked: string[] = []
  const talk = {
    history: new History(),
    live: { up: true },
    loaded: true,
    pending: () => [],
    seen: none,
    ask: async (_: string, path: string) => (asked.push(path), path.startsWith('/chat/conversations') ? { items, next: null } : read()),
  }
  const draw = () => home?.draw(words, { brand } as never, 'en')
  const home = await arrive({ panel, talk, session: { token: 't' }, more: async () => more, draw } as never)
  return { home: home!, panel, asked, draw }
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 20))
const text = (selector: string) => document.querySelector(selector)?.textContent

test('nobody who is new meets a list', async () => {
  expect((await stand([], async () => 0)).home).toBeUndefined()
  expect(document.querySelector('.home')).toBeNull()
})

test('a conversation that is over can be read, and writing begins a new one', async () => {
  const { home, panel, asked } = await stand([past('new', { continues: true }), past('old', { status: 'resolved' })], async () => ({ items: [], next: null, cursor: null, earlier: null }))
  home.go('home')
  expect([...document.querySelectorAll('.past')].map((row) => row.querySelector('.said')!.textContent)).toEqual(['new', 'old'])
  document.querySelector<HTMLElement>('[data-id=old]')!.click()
  await settle()
  expect(asked).toContain('/chat/messages?latest=50&conversation_id=old')
  expect([panel.el.dataset.view, text('.told p')]).toEqual(['closed', more.closedOver])
  document.querySelector<HTMLElement>('.told button')!.click()
  await settle()
  expect([home.view, panel.el.dataset.view, document.querySelector<HTMLElement>('.told')!.hidden]).toEqual(['chat', 'chat', true])
  home.leave()
  expect([document.querySelector('.home'), document.querySelector('.back'), panel.el.dataset.view]).toEqual([null, null, undefined])
})

test('an older open conversation says where new messages go; one that cannot be fetched can be tried again', async () => {
  let works = false
  const { home } = await stand([past('new', { continues: true }), past('older', {})], async () => {
    if (!works) throw new Error('no network')
    return { items: [], next: null, cursor: null, earlier: null }
  })
  home.go('older')
  await settle()
  expect(text('.told p')).toBe(more.notRead)
  works = true
  document.querySelector<HTMLElement>('.told button')!.click()
  await settle()
  expect(text('.told p')).toBe(more.elsewhere)
})
