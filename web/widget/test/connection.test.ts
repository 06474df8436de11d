import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Live } from '../src/chat/live'

class FakeSocket {
  static OPEN = 1
  static all: FakeSocket[] = []
  readyState = 1
  sent: any[] = []
  onopen?: () => void
  onmessage?: (e: { data: string }) => void
  onclose?: (e: { code: number }) => void
  constructor() {
    FakeSocket.all.push(this)
  }
  send(text: string) {
    this.sent.push(JSON.parse(text))
  }
  close(code = 1006) {
    if (this.readyState === 3) return
    this.readyState = 3
    this.onclose?.({ code })
  }
  say(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
}

let caught: number
let frames: any[]
let dead: string[]
let reachable: boolean

const make = () =>
  new Live({
    token: async () => 'token',
    catchUp: async () => {
      if (!reachable) throw new Error('down')
      caught++
    },
    frame: (frame) => frames.push(frame),
    changed: () => undefined,
    dead: (token) => dead.push(token),
  })
const last = () => FakeSocket.all.at(-1)!

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeSocket)
  FakeSocket.all = []
  caught = 0
  frames = []
  dead = []
  reachable = true
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('says who it is first, catches up after "ready", then is up', async () => {
  const live = make()
  live.start()
  await vi.advanceTimersByTimeAsync(0)
  last().onopen!()
  expect(last().sent).toEqual([{ type: 'auth', token: 'token', protocol: 1 }])
  expect(live.up).toBe(false)
  expect(live.send({ type: 'typing', on: true })).toBe(false)
  last().say({ type: 'ready' })
  await vi.advanceTimersByTimeAsync(0)
  expect([caught, live.up, live.trouble]).toEqual([1, true, false])
  last().say({ type: 'typing', on: true })
  expect(frames).toEqual([{ type: 'typing', on: true }])
})

test('comes back by itself, quickly the first time, and catches up again', async () => {
  const live = make()
  live.start()
  await vi.advanceTimersByTimeAsync(0)
  last().say({ type: 'ready' })
  await vi.advanceTimersByTimeAsync(0)
  last().close(1012)
  expect(live.trouble).toBe(true)
  await vi.advanceTimersByTimeAsync(2000)
  expect(FakeSocket.all).toHaveLength(2)
  last().say({ type: 'ready' })
  await vi.advanceTimersByTimeAsync(0)
  expect([caught, live.up]).toEqual([2, true])
})

test('silence of 35 seconds is a dead connection', async () => {
  const live = make()
  live.start()
  await vi.advanceTimersByTimeAsync(0)
  last().say({ type: 'ready' })
  await vi.advanceTimersByTimeAsync(30_000)
  last().say({ type: 'heartbeat' })
  await vi.advanceTimersByTimeAsync(30_000)
  expect(live.up).toBe(true)
  await vi.advanceTimersByTimeAsync(6000)
  expect(live.up).toBe(false)
})

test('a server that is down is not taken for a blocked socket', async () => {
  reachable = false
  const live = make()
  live.start()
  for (let n = 0; n < 6; n++) {
    await vi.advanceTimersByTimeAsync(0)
    last().close()
    await vi.advanceTimersByTimeAsync(20_000)
  }
  expect(FakeSocket.all.length).toBeGreaterThan(5)
  live.stop()
})

test('a dead token is handed back, and the next try follows', async () => {
  const live = make()
  live.start()
  await vi.advanceTimersByTimeAsync(0)
  last().close(4401)
  expect(dead).toEqual(['token'])
  await vi.advanceTimersByTimeAsync(2000)
  expect(FakeSocket.all).toHaveLength(2)
})

test('stopped means stopped', async () => {
  const live = make()
  live.start()
  await vi.advanceTimersByTimeAsync(0)
  live.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(FakeSocket.all).toHaveLength(1)
})
