import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { kv } from '../src/chat/kv'
import { Outbox } from '../src/chat/outbox'
import { Sender } from '../src/chat/sender'
import { Session } from '../src/chat/session'

type Sent = { key: string; text: string }
let server: (sent: Sent) => Response | Promise<Response>
let sent: Sent[]
let accepted: string[]
let dead: string[]
let frames: any[]

const ok = (n: number) => Response.json({ id: 'm' + n, conversation_id: 'c', seq: n, created_at: 'now' }, { status: 201 })
const problem = (status: number, code: string) => Response.json({ type: 'urn:rapport:problem:' + code, status, detail: code }, { status })

function make(socket: boolean) {
  const store = kv('k')
  store.set('token', 'a token')
  const outbox = new Outbox(store)
  const session = new Session('k', store, () => ({}))
  const sender = new Sender({
    inbox: 'k',
    outbox,
    session,
    live: (frame) => (frames.push(frame), socket),
    accepted: (pending) => accepted.push(pending.text),
    changed: () => undefined,
    dead: (token) => (dead.push(token), session.drop(token)),
  })
  return { outbox, sender }
}

beforeEach(() => {
  localStorage.clear()
  sent = []
  accepted = []
  dead = []
  frames = []
  vi.useFakeTimers()
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (url.endsWith('/sessions')) return Response.json({ session_token: 'next token', verification: 'none' }, { status: 201 })
    const one = { key: (init.headers as Record<string, string>)['idempotency-key']!, text: JSON.parse(init.body as string).text }
    sent.push(one)
    return server(one)
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a broken connection is tried again with the same key, and the order holds', async () => {
  let calls = 0
  server = (one) => {
    if (++calls <= 2) throw new TypeError('network')
    return ok(one.text === 'one' ? 1 : 2)
  }
  const { outbox, sender } = make(false)
  outbox.add({ key: 'k1', text: 'one', attachments: [] })
  outbox.add({ key: 'k2', text: 'two', attachments: [] })
  await sender.flush()
  expect(accepted).toEqual([])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(accepted).toEqual(['one', 'two'])
  expect(sent.map((s) => s.key)).toEqual(['k1', 'k1', 'k1', 'k2'])
  expect(outbox.list()).toEqual([])
})

test('a refused message stays, marked, and the next one goes', async () => {
  server = (one) => (one.text === 'bad' ? problem(422, 'invalid_request') : ok(1))
  const { outbox, sender } = make(false)
  outbox.add({ key: 'k1', text: 'bad', attachments: [] })
  outbox.add({ key: 'k2', text: 'good', attachments: [] })
  await sender.flush()
  expect(accepted).toEqual(['good'])
  expect(outbox.list()).toMatchObject([{ key: 'k1', refused: 'invalid_request' }])
})

test('a dead session is replaced without losing the message', async () => {
  let tokens = 0
  server = () => (++tokens === 1 ? problem(401, 'unauthorized') : ok(1))
  const { outbox, sender } = make(false)
  outbox.add({ key: 'k1', text: 'one', attachments: [] })
  await sender.flush()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(dead).toEqual(['a token'])
  expect(accepted).toEqual(['one'])
})

test('the socket goes first; its silence is settled by HTTP with the same key', async () => {
  server = () => ok(1)
  const { outbox, sender } = make(true)
  outbox.add({ key: 'k1', text: 'one', attachments: [] })
  const flushed = sender.flush()
  await vi.advanceTimersByTimeAsync(100)
  expect(frames).toMatchObject([{ type: 'message', key: 'k1', text: 'one' }])
  expect(sent).toEqual([])
  await vi.advanceTimersByTimeAsync(10_000)
  await flushed
  expect(sent.map((s) => s.key)).toEqual(['k1'])
  expect(accepted).toEqual(['one'])
})

test('an answer on the socket needs no HTTP', async () => {
  server = () => ok(9)
  const { outbox, sender } = make(true)
  outbox.add({ key: 'k1', text: 'one', attachments: [] })
  const flushed = sender.flush()
  await vi.advanceTimersByTimeAsync(10)
  sender.frame({ type: 'accepted', key: 'k1', id: 'm1', conversation_id: 'c', seq: 1, created_at: 'now' })
  await flushed
  expect(sent).toEqual([])
  expect(accepted).toEqual(['one'])
})

test('two tabs that flush at once send each message once', async () => {
  const keys = new Set<string>()
  server = (one) => (keys.add(one.key), ok(keys.size))
  const a = make(false)
  const b = make(false)
  for (let n = 0; n < 5; n++) a.outbox.add({ key: 'key' + n, text: String(n), attachments: [] })
  await Promise.all([a.sender.flush(), b.sender.flush()])
  // Whatever was sent twice carried the same key; the server keeps it single.
  expect(keys.size).toBe(5)
  expect(a.outbox.list()).toEqual([])
  expect([...new Set(accepted)]).toEqual(['0', '1', '2', '3', '4'])
})
