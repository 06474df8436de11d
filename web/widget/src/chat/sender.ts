import { call, Problem, problemOf } from './api'
import { delay } from './live'
import type { Outbox, Pending } from './outbox'
import type { Session } from './session'
import { exclusive } from './tabs'
import type { Accepted, Frame } from './types'

export type SenderOptions = {
  inbox: string
  outbox: Outbox
  session: Session
  live(frame: Frame): boolean
  accepted(pending: Pending, answer: Accepted): void
  changed(): void
  dead(token: string): void
}

const ANSWER = 8000

/** Takes the outbox to the server: one message at a time, in order, each exactly once. */
export class Sender {
  #waiting = new Map<string, { resolve(a: Accepted): void; reject(p: Problem): void }>()
  #tries = 0
  #timer?: ReturnType<typeof setTimeout>
  #running = false
  #again = false
  #o: SenderOptions
  constructor(options: SenderOptions) {
    this.#o = options
  }

  async flush(): Promise<void> {
    if (this.#running) {
      this.#again = true
      return
    }
    this.#running = true
    clearTimeout(this.#timer)
    try {
      do {
        this.#again = false
        if (this.#o.outbox.next()) await exclusive('outbox:' + this.#o.inbox, () => this.#drain())
      } while (this.#again)
    } finally {
      this.#running = false
    }
  }

  async #drain(): Promise<void> {
    for (let pending = this.#o.outbox.next(); pending; pending = this.#o.outbox.next()) {
      try {
        const answer = await this.#deliver(pending)
        this.#tries = 0
        this.#o.outbox.remove(pending.key)
        this.#o.accepted(pending, answer)
      } catch (why) {
        const problem = why instanceof Problem ? why : new Problem(0)
        if (problem.status === 401 || problem.passing) {
          const wait = Math.max(problem.after * 1000, delay(++this.#tries))
          this.#timer = setTimeout(() => void this.flush(), wait)
          this.#o.changed()
          return
        }
        this.#o.outbox.put({ ...pending, refused: problem.message || problem.code || String(problem.status) })
        this.#o.changed()
      }
    }
  }

  async #deliver(pending: Pending): Promise<Accepted> {
    const token = await this.#o.session.ensure()
    const { key, text, page } = pending
    const body = {
      text,
      ...(pending.attachments.length ? { attachment_ids: pending.attachments.map((a) => a.id) } : {}),
      ...(page ? { page: { url: page.url, title: page.title } } : {}),
    }
    if (this.#o.live({ type: 'message', key, ...body })) {
      try {
        return await this.#answer(key)
      } catch (why) {
        // No answer on the socket says nothing about the message. The same key by HTTP settles it.
        if (!(why as Problem).passing) throw why
      }
    }
    try {
      return await call<Accepted>('POST', '/chat/messages', { token, key, body })
    } catch (why) {
      if (why instanceof Problem && why.status === 401) this.#o.dead(token)
      throw why
    }
  }

  #answer(key: string): Promise<Accepted> {
    return new Promise<Accepted>((resolve, reject) => {
      this.#waiting.set(key, { resolve, reject })
      setTimeout(() => reject(new Problem(0)), ANSWER)
    }).finally(() => this.#waiting.delete(key))
  }

  frame(frame: Frame): void {
    if (frame.type === 'accepted') this.#waiting.get(frame.key)?.resolve(frame as unknown as Accepted)
    if (frame.type === 'refused') {
      this.#waiting.get(frame.key)?.reject(problemOf(frame.problem?.status ?? 422, frame.problem))
    }
  }

  lost(): void {
    for (const { reject } of this.#waiting.values()) reject(new Problem(0))
  }
}
