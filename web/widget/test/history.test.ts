import { expect, test } from 'vitest'
import { History } from '../src/chat/history'
import { rowsOf } from '../src/chat/rows'
import type { ChatMessage } from '../src/chat/types'

const said = (seq: number, more: Partial<ChatMessage> = {}): ChatMessage => ({
  id: 'm' + seq,
  conversation_id: 'c',
  seq,
  kind: 'reply',
  mine: false,
  author: { kind: 'agent', name: 'Marta' },
  text: 'text ' + seq,
  attachments: [],
  created_at: `2026-11-22T10:${String(seq).padStart(2, '0')}:00.000000Z`,
  ...more,
})

test('each message once, in order, however it arrives', () => {
  const h = new History()
  h.add([said(3)])
  h.add([said(1), said(2), said(3)])
  h.add([said(2)])
  expect(h.items.map((m) => m.seq)).toEqual([1, 2, 3])
})

test('a conversation keeps its own order when clocks disagree', () => {
  const h = new History()
  h.add([said(2, { created_at: '2026-11-22T10:00:00.000000Z' }), said(1)])
  expect(h.items.map((m) => m.seq)).toEqual([1, 2])
})

test('"read" is never taken back by a late copy', () => {
  const h = new History()
  h.add([said(1, { mine: true, kind: 'inbound', delivery: 'sent', key: 'k' })])
  h.readBy('c', 1)
  h.add([said(1, { mine: true, kind: 'inbound', delivery: 'sent', key: null })])
  expect(h.items[0]).toMatchObject({ delivery: 'read', key: 'k' })
})

test('unread counts the answers after what was read', () => {
  const h = new History()
  h.add([said(1), said(2, { mine: true }), said(3), said(4)])
  expect(h.unread({ c: 1 }).map((m) => m.seq)).toEqual([3, 4])
  expect(h.lastReplies().get('c')).toBe(4)
})

test('a message on its way becomes the sent one, never a second', () => {
  const pending = { key: 'k', text: 'hello', attachments: [], at: Date.parse('2026-11-22T10:05:00Z'), stale: false }
  const before = rowsOf([said(1)], [pending], 'UTC')
  const after = rowsOf([said(1), said(2, { mine: true, key: 'k', delivery: 'sent' })], [pending], 'UTC')
  expect(before.map((r) => r.id)).toEqual(after.map((r) => r.id))
  expect(before.at(-1)).toMatchObject({ state: 'sending' })
  expect(after.at(-1)).toMatchObject({ state: 'sent', key: null })
})

test('what waits too long or was refused says so', () => {
  const p = { key: 'k', text: 'x', attachments: [], at: 0, stale: false }
  expect(rowsOf([], [{ ...p, stale: true }]).at(-1)).toMatchObject({ state: 'failed' })
  expect(rowsOf([], [{ ...p, refused: 'no' }]).at(-1)).toMatchObject({ state: 'failed' })
})

test('days part the list, and only the newest own message bears its state', () => {
  const items = [
    said(1, { mine: true, delivery: 'read', created_at: '2026-11-21T23:50:00Z' }),
    said(2, { mine: true, delivery: 'sent', created_at: '2026-11-22T00:10:00Z' }),
    said(3, { created_at: '2026-11-22T00:11:00Z' }),
  ]
  const rows = rowsOf(items, [], 'UTC')
  expect(rows.map((r) => r.type)).toEqual(['day', 'message', 'day', 'message', 'message'])
  expect(rows.flatMap((r) => (r.type === 'message' ? [r.state] : []))).toEqual([null, 'sent', null])
  // The same two messages are one day in Lisbon's evening but not in Warsaw's night.
  expect(rowsOf(items.slice(0, 2), [], 'America/New_York').filter((r) => r.type === 'day')).toHaveLength(1)
})
