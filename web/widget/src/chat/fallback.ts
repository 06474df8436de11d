// For networks that block WebSockets: server-sent events over fetch (EventSource cannot carry the
// token in a header), and where a proxy holds streams back, plain polling.
import { BASE, Problem } from './api'
import type { Frame } from './types'

export type FollowOptions = {
  token: string
  signal: AbortSignal
  until: number
  frame(frame: Frame): void
  catchUp(): Promise<void>
  up(): void
}

const FIRST_BYTE = 8000
const QUIET = 35_000
const POLL = 5000

/** Cuts a stream of text into the data of whole events and keeps what is not complete yet. */
export function eventsOf(buffer: string): { events: string[]; rest: string } {
  const parts = buffer.replace(/\r\n?/g, '\n').split('\n\n')
  const rest = parts.pop()!
  const events = parts
    .map((part) =>
      part
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).replace(/^ /, ''))
        .join('\n'),
    )
    .filter(Boolean)
  return { events, rest }
}

/** Resolves true when the stream worked and ended, false when nothing ever came through it. */
async function stream(o: FollowOptions): Promise<boolean> {
  const abort = new AbortController()
  const stop = () => abort.abort()
  o.signal.addEventListener('abort', stop)
  let timer = setTimeout(stop, FIRST_BYTE)
  let worked = false
  try {
    const answer = await fetch(BASE + '/live/events', {
      headers: { authorization: 'Bearer ' + o.token, accept: 'text/event-stream' },
      signal: abort.signal,
      credentials: 'omit',
      cache: 'no-store',
    })
    if (answer.status === 401) throw new Problem(401)
    if (!answer.ok || !answer.body) return false
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
    let buffer = ''
    for (;;) {
      const { value, done } = await reader.read()
      if (done || Date.now() > o.until) return worked
      const cut = eventsOf(buffer + value)
      buffer = cut.rest
      for (const text of cut.events) {
        clearTimeout(timer)
        timer = setTimeout(stop, QUIET)
        if (!worked) {
          worked = true
          await o.catchUp()
          o.up()
        }
        o.frame(JSON.parse(text))
      }
    }
  } catch (why) {
    if (why instanceof Problem) throw why
    return worked
  } finally {
    clearTimeout(timer)
    stop()
    o.signal.removeEventListener('abort', stop)
  }
}

export async function follow(o: FollowOptions): Promise<void> {
  if (await stream(o)) return
  while (!o.signal.aborted && Date.now() < o.until) {
    await o.catchUp()
    o.up()
    await new Promise((resolve) => setTimeout(resolve, POLL))
  }
}
