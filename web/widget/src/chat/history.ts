import type { ChatMessage } from './types'

const order = (a: ChatMessage, b: ChatMessage): number =>
  a.conversation_id === b.conversation_id
    ? a.seq - b.seq
    : a.created_at < b.created_at
      ? -1
      : a.created_at > b.created_at
        ? 1
        : 0

/** Everything said, each message once, however often and in whatever order it arrives. */
export class History {
  items: ChatMessage[] = []
  #ids = new Map<string, ChatMessage>()

  /** Returns the messages that were not known before. */
  add(messages: ChatMessage[]): ChatMessage[] {
    const fresh: ChatMessage[] = []
    for (const message of messages) {
      const known = this.#ids.get(message.id)
      if (known) {
        // A late copy must not take "read" back.
        const delivery = known.delivery === 'read' ? 'read' : (message.delivery ?? known.delivery)
        Object.assign(known, message, { delivery, key: message.key ?? known.key })
      } else {
        const copy = { ...message }
        this.#ids.set(copy.id, copy)
        this.items.push(copy)
        fresh.push(copy)
      }
    }
    if (fresh.length) this.items.sort(order)
    return fresh
  }

  /** What was edited or removed takes the place of what is there; what is not there stays so. */
  change(messages: ChatMessage[]): void {
    this.add(messages.filter((m) => this.#ids.has(m.id)))
  }

  hasKey(key: string): boolean {
    return this.items.some((m) => m.key === key)
  }

  /** The team has read our messages up to here. */
  readBy(conversation: string, seq: number): void {
    for (const m of this.items)
      if (m.mine && m.conversation_id === conversation && m.seq <= seq) m.delivery = 'read'
  }

  unread(read: Record<string, number>): ChatMessage[] {
    return this.items.filter((m) => !m.mine && m.seq > (read[m.conversation_id] ?? 0))
  }

  /** The last thing the team said in each conversation. */
  lastReplies(): Map<string, number> {
    const last = new Map<string, number>()
    for (const m of this.items) if (!m.mine) last.set(m.conversation_id, Math.max(m.seq, last.get(m.conversation_id) ?? 0))
    return last
  }

  clear(): void {
    this.items = []
    this.#ids.clear()
  }
}
