import type { Attachment, Shown } from './types'
import type { Kv } from './kv'

export type Pending = {
  key: string
  text: string
  attachments: Attachment[]
  at: number
  page?: Shown
  /** Set when the server refused it for good; it waits for the customer to try again. */
  refused?: string
}

// One storage entry for each message: tabs add and remove single entries and can never overwrite each
// other's, which a shared list would allow.
export class Outbox {
  #last = 0
  #store: Kv
  constructor(store: Kv) {
    this.#store = store
  }

  #name(at: number, key: string): string {
    return `out:${String(at).padStart(15, '0')}:${key}`
  }

  list(): Pending[] {
    const found: Pending[] = []
    for (const name of this.#store.keys('out:')) {
      try {
        found.push(JSON.parse(this.#store.get(name) ?? ''))
      } catch {
        // Another tab has just removed it, or it was damaged; there is nothing to send.
      }
    }
    return found
  }

  add(message: Omit<Pending, 'at'>, now = Date.now()): Pending {
    // Two messages in one millisecond must keep their order.
    const newest = this.list().at(-1)?.at ?? 0
    this.#last = Math.max(now, this.#last + 1, newest + 1)
    const pending = { ...message, at: this.#last }
    this.put(pending)
    return pending
  }

  put(pending: Pending): void {
    this.#store.set(this.#name(pending.at, pending.key), JSON.stringify(pending))
  }

  remove(key: string): void {
    for (const name of this.#store.keys('out:')) if (name.endsWith(key)) this.#store.set(name, null)
  }

  next(): Pending | undefined {
    return this.list().find((p) => !p.refused)
  }
}
