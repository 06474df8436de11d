import { BASE, Problem } from './api'
import type { Frame } from './types'

export type LiveOptions = {
  token(): Promise<string>
  /** Fetches what was missed. Also the proof that plain HTTP works when sockets do not. */
  catchUp(): Promise<void>
  frame(frame: Frame): void
  changed(up: boolean): void
  dead(token: string): void
}

const QUIET = 35_000
const SOCKET_AGAIN = 5 * 60_000

/** Full jitter: a restarted server must not meet all its visitors in the same second. */
export const delay = (tries: number, random = Math.random()): number =>
  tries === 0 ? 200 + random * 1800 : random * Math.min(20_000, 1000 * 2 ** tries)

export class Live {
  up = false
  #ws?: WebSocket
  #stopped = true
  #round = 0
  #tries = 0
  #misses = 0
  #http = 0
  #retry?: ReturnType<typeof setTimeout>
  #watch?: ReturnType<typeof setTimeout>
  #abort?: AbortController
  #o: LiveOptions
  constructor(options: LiveOptions) {
    this.#o = options
  }

  /** The connection was lost or refused and has not come back yet. */
  get trouble(): boolean {
    return !this.#stopped && !this.up && this.#tries > 0
  }

  start(): void {
    if (!this.#stopped) return
    this.#stopped = false
    this.#tries = 0
    void this.#connect()
  }

  stop(): void {
    this.#stopped = true
    this.#leave()
  }

  /** Now rather than later: the network came back, or the customer looks at the page. */
  kick(): void {
    if (!this.#stopped && !this.up && this.#retry) void this.#connect()
  }

  restart(): void {
    if (this.#stopped) return
    this.#leave()
    void this.#connect()
  }

  send(frame: Frame): boolean {
    if (!this.up || this.#ws?.readyState !== WebSocket.OPEN) return false
    this.#ws.send(JSON.stringify(frame))
    return true
  }

  #leave(): void {
    this.#round++
    clearTimeout(this.#retry)
    clearTimeout(this.#watch)
    this.#retry = undefined
    this.#abort?.abort()
    this.#ws?.close()
    this.#ws = undefined
    this.#set(false)
  }

  #set(up: boolean): void {
    if (this.up === up) return
    this.up = up
    this.#o.changed(up)
  }

  #later(): void {
    this.#set(false)
    clearTimeout(this.#watch)
    clearTimeout(this.#retry)
    if (!this.#stopped) this.#retry = setTimeout(() => void this.#connect(), delay(this.#tries++))
  }

  #heard(limit = QUIET): void {
    clearTimeout(this.#watch)
    this.#watch = setTimeout(() => this.#ws?.close(), limit)
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#retry)
    this.#retry = undefined
    const round = ++this.#round
    let token: string
    try {
      token = await this.#o.token()
    } catch {
      return round === this.#round ? this.#later() : undefined
    }
    if (round !== this.#round) return
    if (this.#http && Date.now() - this.#http < SOCKET_AGAIN) return this.#byHttp(round, token)
    let ready = false
    const ws = (this.#ws = new WebSocket(location.origin.replace(/^http/, 'ws') + BASE + '/live'))
    this.#heard(10_000)
    ws.onopen = () => ws.send(JSON.stringify({ type: 'auth', token, protocol: 1 }))
    ws.onmessage = async (e) => {
      if (round !== this.#round) return
      this.#heard()
      const frame = JSON.parse(e.data) as Frame
      if (frame.type !== 'ready') return this.#o.frame(frame)
      ready = true
      // Live frames are flowing by now, so what catching up brings can only overlap, never leave a gap.
      await this.#caughtUp(round)
    }
    ws.onclose = async (e) => {
      if (round !== this.#round) return
      this.#ws = undefined
      if (e.code === 4401) this.#o.dead(token)
      else if (!ready) await this.#socketFailed(round)
      if (round === this.#round) this.#later()
    }
  }

  async #caughtUp(round: number): Promise<void> {
    try {
      await this.#o.catchUp()
    } catch {
      if (round === this.#round) this.#ws?.close()
      return
    }
    if (round !== this.#round) return
    this.#tries = this.#misses = this.#http = 0
    this.#set(true)
  }

  async #socketFailed(round: number): Promise<void> {
    try {
      await this.#o.catchUp()
    } catch {
      return
    }
    // HTTP works and the socket does not, twice: a proxy or filter stands in between.
    if (round === this.#round && ++this.#misses >= 2) this.#http = Date.now()
  }

  async #byHttp(round: number, token: string): Promise<void> {
    const abort = (this.#abort = new AbortController())
    try {
      const { follow } = await import('./fallback')
      await follow({
        token,
        signal: abort.signal,
        frame: (frame) => round === this.#round && this.#o.frame(frame),
        catchUp: () => this.#o.catchUp(),
        up: () => round === this.#round && ((this.#tries = 0), this.#set(true)),
        until: this.#http + SOCKET_AGAIN,
      })
      this.#misses = 1
    } catch (why) {
      if (round === this.#round && why instanceof Problem && why.status === 401) this.#o.dead(token)
    }
    if (round === this.#round) this.#later()
  }
}
