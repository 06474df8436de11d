// The conversation itself: what was said, what is on its way, and keeping both true across reloads,
// lost connections, dead sessions and other tabs. Knows nothing of the screen.
import { call, Problem, uuid, type Options } from './api'
import { History } from './history'
import type { Kv } from './kv'
import { Live } from './live'
import { Outbox, type Pending } from './outbox'
import { Sender } from './sender'
import type { Session } from './session'
import { tabs, type Tabs } from './tabs'
import type { Accepted, Attachment, ChatMessage, Frame, Page, Shown } from './types'

export type TalkOptions = {
  inbox: string
  store: Kv
  session: Session
  changed(): void
  arrived(messages: ChatMessage[]): void
  typing(name: string | null, on: boolean): void
  refreshed(): void
  /** The team resolved a conversation, or opened it again. */
  resolved(): void
  /** Messages belong to another conversation than before. */
  moved(): void
  /** Another session than before: nothing of the last one may stay. */
  reset(): void
}

type Told = Record<string, number>
const STALE = 10_000

export class Talk {
  readonly history = new History()
  readonly outbox: Outbox
  readonly live: Live
  earlier: string | null = null
  loaded = false
  /** What was just added is the past, not news. Whoever draws it takes the mark away. */
  quiet = false
  #cursor: string | null = null
  #goingBack = false
  #sender: Sender
  #tabs: Tabs
  #triedAt = new Map<string, number>()
  #told: Record<'delivered' | 'read', Told> = { delivered: {}, read: {} }
  #fetching?: Promise<void>
  #o: TalkOptions
  constructor(options: TalkOptions) {
    this.#o = options
    this.outbox = new Outbox(options.store)
    this.live = new Live({
      token: () => options.session.ensure(),
      catchUp: () => this.catchUp(),
      frame: (frame) => this.#frame(frame),
      changed: (up) => (up ? this.#up() : this.#down()),
      dead: (token) => this.#forget(token),
    })
    this.#sender = new Sender({
      inbox: options.inbox,
      outbox: this.outbox,
      session: options.session,
      live: (frame) => this.live.send(frame),
      accepted: (pending, answer) => this.#accepted(pending, answer),
      changed: () => this.#tell({ t: 'out' }),
      dead: (token) => this.dead(token),
    })
    this.#tabs = tabs(options.inbox, (m) => this.#heard(m))
    setInterval(() => this.outbox.next() && options.changed(), 2500)
  }

  #tell(message: object): void {
    this.#tabs.tell(message)
    this.#o.changed()
  }

  #heard(m: any): void {
    if (m.t === 'session') return this.#restart()
    if (m.t === 'accepted') this.#o.arrived(this.history.add([m.message]))
    this.#o.changed()
  }

  // ---- the session

  /** A request as this visitor; one dead token is replaced without anybody noticing. */
  async ask<T>(method: string, path: string, options: Options = {}): Promise<T> {
    const token = await this.#o.session.ensure()
    try {
      return await call<T>(method, path, { ...options, token })
    } catch (why) {
      if (!(why instanceof Problem) || why.status !== 401) throw why
      this.dead(token)
      return call<T>(method, path, { ...options, token: await this.#o.session.ensure() })
    }
  }

  dead(token: string): void {
    this.#forget(token)
    this.live.restart()
  }

  /** The old session's words are not the next one's to see; what is in the outbox stays. */
  #forget(token: string): void {
    this.#o.session.drop(token)
    this.#reset()
  }

  #reset(): void {
    this.history.clear()
    this.#cursor = this.earlier = null
    this.loaded = false
    this.#told = { delivered: {}, read: {} }
    this.#o.reset()
    this.#o.changed()
  }

  #restart(): void {
    this.#reset()
    this.live.restart()
  }

  /** The session was replaced here (identify, logout): the other tabs follow. */
  replaced(): void {
    this.#tabs.tell({ t: 'session' })
    this.#restart()
  }

  // ---- catching up

  catchUp(): Promise<void> {
    return (this.#fetching ??= this.#fetchNew().finally(() => (this.#fetching = undefined)))
  }

  async #fetchNew(): Promise<void> {
    if (!this.loaded) return this.#fetchLatest()
    for (;;) {
      const after = this.#cursor ? `after=${encodeURIComponent(this.#cursor)}&` : ''
      const page = await this.ask<Page>('GET', `/chat/messages?${after}limit=100`)
      if (!this.loaded) return this.#fetchLatest()
      // Only pages move the cursor. Live frames never do: what they bring may have gaps before it.
      this.#cursor = page.next ?? page.cursor ?? this.#cursor
      if (page.changed) this.history.change(page.changed)
      this.#take(page.items)
      if (!page.next) return
    }
  }

  async #fetchLatest(): Promise<void> {
    const page = await this.ask<Page>('GET', '/chat/messages?latest=50')
    this.quiet = true
    this.#cursor = page.cursor
    this.earlier = page.earlier ?? null
    this.loaded = true
    if (this.#o.store.get('read') === null) {
      // Nothing is known about this browser's reading: old answers are not news.
      const read: Told = {}
      for (const m of page.items) if (!m.mine) read[m.conversation_id] = Math.max(m.seq, read[m.conversation_id] ?? 0)
      this.#o.store.set('read', JSON.stringify(read))
    }
    this.#take(page.items)
  }

  async fetchEarlier(): Promise<void> {
    if (!this.earlier || this.#goingBack) return
    this.#goingBack = true
    try {
      const page = await this.ask<Page>('GET', `/chat/messages?latest=50&before=${encodeURIComponent(this.earlier)}`)
      this.earlier = page.earlier ?? null
      this.quiet = true
      this.history.add(page.items)
      this.#o.changed()
    } finally {
      this.#goingBack = false
    }
  }

  #take(messages: ChatMessage[]): void {
    for (const m of messages) if (m.key) this.outbox.remove(m.key)
    const fresh = this.history.add(messages)
    this.#o.arrived(fresh)
    this.#o.changed()
    this.#receipts()
  }

  // ---- live

  #up(): void {
    this.#told = { delivered: {}, read: { ...this.#told.read } }
    this.#receipts()
    void this.#sender.flush()
    this.#o.changed()
  }

  #down(): void {
    this.#sender.lost()
    this.#o.typing(null, false)
    this.#o.changed()
  }

  #frame(frame: Frame): void {
    this.#sender.frame(frame)
    if (frame.type === 'message_created') {
      if (!frame.message.mine) this.#o.typing(null, false)
      this.#take([frame.message])
    } else if (frame.type === 'delivery_changed' && frame.state === 'read') {
      this.history.readBy(frame.conversation_id, frame.up_to_seq)
      this.#o.changed()
    } else if (frame.type === 'typing') this.#o.typing(frame.name, !!frame.on)
    else if (frame.type === 'resync') void this.catchUp().catch(() => undefined)
    else if (frame.type === 'session_ended') this.dead(this.#o.session.token ?? '')
    else if (frame.type === 'conversation_changed') this.#o.resolved()
    else if (frame.type === 'messages_moved') {
      this.history.clear()
      this.loaded = false
      void this.catchUp().catch(() => undefined)
      this.#o.moved()
    } else if (frame.type === 'message_changed') {
      this.history.change([frame.message])
      this.#o.moved()
      this.#o.changed()
    } else if (frame.type === 'settings_changed') this.#o.refreshed()
  }

  // ---- speaking

  say(text: string, attachments: Attachment[], page?: Shown): void {
    const pending = this.outbox.add({ key: uuid(), text, attachments, page })
    this.#triedAt.set(pending.key, pending.at)
    this.#tell({ t: 'out' })
    void this.#sender.flush()
    this.live.kick()
  }

  retry(key: string): void {
    this.#triedAt.set(key, Date.now())
    const pending = this.outbox.list().find((p) => p.key === key)
    if (pending?.refused) this.outbox.put({ ...pending, refused: undefined })
    this.#tell({ t: 'out' })
    void this.#sender.flush()
    this.live.kick()
  }

  pending(): (Pending & { stale: boolean })[] {
    const now = Date.now()
    return this.outbox.list().map((p) => ({ ...p, stale: now - (this.#triedAt.get(p.key) ?? p.at) > STALE }))
  }

  #accepted(pending: Pending, answer: Accepted): void {
    const message: ChatMessage = {
      id: answer.id,
      conversation_id: answer.conversation_id,
      seq: answer.seq,
      kind: 'inbound',
      mine: true,
      author: { kind: 'contact', name: null },
      text: pending.text,
      attachments: pending.attachments,
      delivery: 'sent',
      created_at: answer.created_at,
      key: pending.key,
    }
    this.#o.arrived(this.history.add([message]))
    this.#tell({ t: 'accepted', message })
  }

  // ---- receipts

  #read(): Told {
    return JSON.parse(this.#o.store.get('read') ?? '{}')
  }

  unread(): ChatMessage[] {
    return this.loaded ? this.history.unread(this.#read()) : []
  }

  /** The customer has seen everything that is there, or everything of one conversation. */
  seen(only?: string): void {
    const seen = (id: string) => !only || id === only
    if (!this.unread().some((m) => seen(m.conversation_id))) return
    const read = this.#read()
    for (const [id, seq] of this.history.lastReplies()) if (seen(id)) read[id] = Math.max(seq, read[id] ?? 0)
    this.#o.store.set('read', JSON.stringify(read))
    this.#tell({ t: 'read' })
    this.#receipts()
  }

  #receipts(): void {
    const read = this.#read()
    for (const [conversation_id, last] of this.history.lastReplies()) {
      this.#receipt(conversation_id, last, 'delivered')
      const seq = Math.min(last, read[conversation_id] ?? 0)
      if (seq) this.#receipt(conversation_id, seq, 'read')
    }
  }

  #receipt(conversation_id: string, seq: number, state: 'delivered' | 'read'): void {
    const told = this.#told[state]
    if ((told[conversation_id] ?? 0) >= seq) return
    const before = told[conversation_id] ?? 0
    told[conversation_id] = seq
    const body = { conversation_id, seq, state }
    if (this.live.send({ type: 'receipt', ...body })) return
    this.ask('POST', '/chat/receipts', { body }).catch(() => (told[conversation_id] = before))
  }
}
