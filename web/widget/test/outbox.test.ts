import { beforeEach, expect, test } from 'vitest'
import { kv } from '../src/chat/kv'
import { Outbox } from '../src/chat/outbox'

const broken = (): Storage => {
  throw new DOMException('denied', 'SecurityError')
}

beforeEach(() => localStorage.clear())

test('survives a reload and keeps the order, even within one millisecond', () => {
  const first = new Outbox(kv('k'))
  for (const text of ['one', 'two', 'three']) first.add({ key: 'key-' + text, text, attachments: [] }, 1000)
  const reloaded = new Outbox(kv('k'))
  expect(reloaded.list().map((p) => p.text)).toEqual(['one', 'two', 'three'])
  reloaded.add({ key: 'key-four', text: 'four', attachments: [] }, 500)
  expect(reloaded.list().map((p) => p.text)).toEqual(['one', 'two', 'three', 'four'])
})

test('two tabs never overwrite each other', () => {
  const a = new Outbox(kv('k'))
  const b = new Outbox(kv('k'))
  a.add({ key: 'a1', text: 'a', attachments: [] })
  b.add({ key: 'b1', text: 'b', attachments: [] })
  a.remove('a1')
  expect(a.list().map((p) => p.key)).toEqual(['b1'])
})

test('a refused message waits and does not hold back the next', () => {
  const box = new Outbox(kv('k'))
  const bad = box.add({ key: 'bad', text: 'x', attachments: [] })
  box.add({ key: 'good', text: 'y', attachments: [] })
  box.put({ ...bad, refused: 'too long' })
  expect(box.next()?.key).toBe('good')
  expect(box.list()).toHaveLength(2)
  box.put({ ...bad, refused: undefined })
  expect(box.next()?.key).toBe('bad')
})

test('inboxes do not see each other, and clear() empties one of them', () => {
  const one = new Outbox(kv('one'))
  const two = new Outbox(kv('two'))
  one.add({ key: 'a', text: 'a', attachments: [] })
  two.add({ key: 'b', text: 'b', attachments: [] })
  kv('one').clear()
  expect(one.list()).toEqual([])
  expect(two.list()).toHaveLength(1)
})

test('works from memory where storage is blocked', () => {
  const store = kv('k', broken)
  const box = new Outbox(store)
  box.add({ key: 'a', text: 'a', attachments: [] })
  expect(box.next()?.key).toBe('a')
  box.remove('a')
  expect(box.list()).toEqual([])
  store.set('draft', 'x')
  expect(store.get('draft')).toBe('x')
  store.clear()
  expect(store.get('draft')).toBeNull()
})
