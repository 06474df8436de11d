// Loaded for who has been here before: their conversations as a list, and one of them by itself.
// Help articles would stand above the list; there are none yet.
import { dayName } from './days'
import { h, icon } from './dom'
import type { Ground } from './ground'
import { History } from './history'
import type { More } from './more'
import { rowsOf, type Row } from './rows'
import type { Config, Page } from './types'
import { fill, plural, type Words } from './words'

export type Past = {
  id: string
  /** Conversations that have become a part of it. */
  merged: string[]
  status: 'open' | 'resolved'
  last: { mine: boolean; author: { name: string | null }; redacted?: boolean; text: string; files: number; created_at: string }
  unread: number
  continues: boolean
  continues_until: string | null
}
type Pasts = { items: Past[]; next: string | null }

/** "5 minutes ago", "Yesterday", "Monday, 16 November" */
export function ago(at: Date, now: Date, locale: string): string {
  const minutes = Math.round((at.getTime() - now.getTime()) / 60_000)
  const relative = (n: number, unit: Intl.RelativeTimeFormatUnit) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(n, unit)
  // Clocks differ a little; nothing was said in the future.
  if (minutes >= 0) return relative(0, 'second')
  if (minutes > -60) return relative(minutes, 'minute')
  if (minutes > -12 * 60) return relative(Math.round(minutes / 60), 'hour')
  return dayName(at, now, locale)
}

/** Their home, or nothing when nothing was said before. */
export async function arrive(o: Ground): Promise<Home | undefined> {
  const { token } = o.session
  const [found, more] = await Promise.all([o.talk.ask<Pasts>('GET', '/chat/conversations'), o.more()])
  return found.items.length && o.session.token === token ? new Home(o, found, more) : undefined
}

const BACK = 'M19 12H5M11 5l-7 7 7 7'

export class Home {
  /** The list, everything that was said as one chat, or one conversation by its id. */
  view: 'home' | 'chat' | (string & {}) = 'chat'
  readonly el = h('div', { class: 'home' })
  #o: Ground
  #more: More
  #items: Past[]
  #next: string | null
  #one = new History()
  #earlier: string | null = null
  #failed = false
  #going = false
  #told: Record<string, number> = {}
  #sig = ''
  #spoken?: Words
  #last: { id?: string; up: boolean; loaded: boolean }
  #timer?: ReturnType<typeof setTimeout>
  #minute = setInterval(() => this.view === 'home' && this.#o.draw(), 30_000)
  #back = h('button', { class: 'close back', type: 'button', click: () => this.go('home') }, icon(BACK))
  #note = h('div', { class: 'told', role: 'status', hidden: true })
  #dropped = () => this.view === 'home' && this.go('chat')
  constructor(options: Ground, found: Pasts, more: More) {
    this.#o = options
    this.#more = more
    this.#items = found.items
    this.#next = found.next
    this.#last = this.#now()
    const { el, composer, list } = options.panel
    el.querySelector('header')!.prepend(this.#back)
    composer.el.before(this.#note)
    list.el.before(this.el)
    el.addEventListener('drop', this.#dropped)
  }

  /** Somebody else is here now; nothing of this may stay. */
  leave(): void {
    clearInterval(this.#minute)
    clearTimeout(this.#timer)
    for (const part of [this.#back, this.#note, this.el]) part.remove()
    delete this.#o.panel.el.dataset.view
    this.#o.panel.el.removeEventListener('drop', this.#dropped)
  }

  go(view: Home['view']): void {
    const from = this.view
    if (view === from) return
    this.view = view
    this.#o.talk.quiet = true
    this.#sig = ''
    if (view === 'home') this.stale()
    else if (view !== 'chat') this.#open()
    this.#o.draw()
    // After what was drawn: the field has a height again, the list an end, and the focus a place.
    setTimeout(() => {
      if (this.view !== view) return
      const { panel } = this.#o
      panel.composer.fit()
      panel.list.toEnd()
      if (view !== 'home') return this.focus() || panel.composer.field.focus()
      const pressed = this.el.querySelector<HTMLElement>(`[data-id="${CSS.escape(from)}"]`)
      return (pressed ?? this.el.querySelector('button'))?.focus()
    })
  }

  focus(): true | undefined {
    if (this.view === 'chat') return
    const { field } = this.#o.panel.composer
    const to = this.view === 'home' ? this.el.querySelector('button') : this.#item?.continues ? field : this.#note.querySelector('button')
    to?.focus()
    return true
  }

  get #item(): Past | undefined {
    return this.#items.find((item) => item.id === this.view)
  }

  // ---- the list

  /** Something changed that the list shows: fetched again, once for a burst. */
  stale(): void {
    // Nobody looks at it; who goes back to it gets it anew.
    if (this.view === 'chat') return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#fetch().catch(() => undefined), 300)
  }

  async #fetch(cursor?: string | null): Promise<void> {
    const { session, talk } = this.#o
    const { token } = session
    const page = await talk.ask<Pasts>('GET', '/chat/conversations' + (cursor ? '?cursor=' + encodeURIComponent(cursor) : ''))
    if (session.token !== token) return
    const fresh = new Set(page.items.map((item) => item.id))
    const rest = this.#items.filter((item) => !fresh.has(item.id))
    const items = cursor ? [...rest, ...page.items] : [...page.items, ...rest]
    const into = items.find((item) => item.merged.includes(this.view))
    this.#items = items.filter((item) => !items.some((other) => other.merged.includes(item.id)))
    if (cursor || !rest.length) this.#next = page.next
    if (into) this.go(into.id)
    this.#o.draw()
  }

  #now(): { id?: string; up: boolean; loaded: boolean } {
    const { history, live, loaded } = this.#o.talk
    return { id: history.items.at(-1)?.id, up: live.up, loaded }
  }

  /** News, or a connection that came back and may have missed some. */
  #watch(): void {
    const before = this.#last
    const now = (this.#last = this.#now())
    if (now.id !== before.id || (now.up && !before.up)) this.stale()
    // It was closed for good in the meantime, so what was written began another one.
    const mine = this.#o.talk.history.items.findLast((m) => m.mine)
    if (before.loaded && now.id !== before.id && this.#item && mine?.id === now.id && mine!.conversation_id !== this.view) this.go('chat')
  }

  // ---- one conversation

  /** Messages belong to another conversation than before. */
  moved(): void {
    if (this.view !== 'home' && this.view !== 'chat') this.#open()
    this.stale()
  }

  /** The ids of the conversation that is shown: its own, and of what has become a part of it. */
  get #ids(): string[] {
    return [this.view, ...(this.#item?.merged ?? [])]
  }

  #open(): void {
    this.#one = new History()
    this.#earlier = null
    this.#told = {}
    void this.#read('')
  }

  async #read(before: string): Promise<void> {
    if (this.#going) return
    this.#going = true
    this.#failed = false
    const id = this.view
    try {
      const page = await this.#o.talk.ask<Page>('GET', `/chat/messages?latest=50&conversation_id=${id}${before}`)
      if (this.view === id) {
        this.#one.add(page.items)
        this.#earlier = page.earlier ?? null
        this.#o.talk.quiet = true
      }
    } catch {
      this.#failed = true
    }
    this.#going = false
    if (this.view === id || this.view === 'home' || this.view === 'chat') this.#o.draw()
    else this.#open()
  }

  fetchEarlier(): Promise<void> {
    if (this.view === 'chat') return this.#o.talk.fetchEarlier()
    return this.#earlier ? this.#read('&before=' + encodeURIComponent(this.#earlier)) : Promise.resolve()
  }

  /** What the list of messages shows, unless it is everything. */
  rows(): Row[] | undefined {
    const { talk } = this.#o
    if (this.view === 'chat' || this.view === 'home') return
    const ids = this.#ids
    this.#one.add(talk.history.items.filter((m) => ids.includes(m.conversation_id)))
    return rowsOf(this.#one.items, this.#item?.continues ? talk.pending() : [])
  }

  seen(): void {
    const { talk } = this.#o
    if (this.view === 'home') return
    if (this.view === 'chat') return talk.seen()
    for (const id of this.#ids) {
      talk.seen(id)
      // What is older than the chat's newest messages is known here only.
      const seq = this.#one.lastReplies().get(id) ?? 0
      if (!this.#item?.unread || seq <= (this.#told[id] ?? 0)) continue
      this.#told[id] = seq
      talk.ask('POST', '/chat/receipts', { body: { conversation_id: id, seq, state: 'read' } }).catch(() => delete this.#told[id])
    }
  }

  // ---- drawing

  draw(words: Words, config: Config, locale: string, more: More = this.#more): void {
    this.#watch()
    if (this.#spoken !== words) {
      this.#spoken = words
      void this.#o.more().then((found) => ((this.#more = found), (this.#sig = ''), this.#o.draw()))
    }
    const { panel } = this.#o
    const { view } = this
    const item = this.#item
    panel.el.dataset.view = view === 'home' ? 'home' : item && !item.continues ? 'closed' : 'chat'
    this.#back.hidden = view === 'home'
    for (const name of ['aria-label', 'title']) this.#back.setAttribute(name, more.back)
    if (view !== 'chat') panel.greet(false)
    const now = new Date()
    const sig = JSON.stringify([view, locale, this.#items, this.#next, this.#failed, more.past, panel.greeting(words, config), now.toISOString().slice(0, 16)])
    if (sig === this.#sig) return
    this.#sig = sig
    this.#tell(item, more, locale)
    if (view === 'home') this.#list(panel.greeting(words, config), words, more, locale, now)
  }

  #tell(item: Past | undefined, more: More, locale: string): void {
    const until = item?.continues_until
    const time = until && new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(until))
    const text = this.#failed ? more.notRead : time ? fill(more.closedUntil, { time }) : item?.continues ? '' : item?.status === 'open' ? more.elsewhere : more.closedOver
    const act = this.#failed
      ? h('button', { class: 'quiet', type: 'button', click: () => this.#open() }, more.retry)
      : !item?.continues && h('button', { class: 'plain', type: 'button', click: () => this.go('chat') }, more.start)
    this.#note.hidden = !item || !text
    this.#note.replaceChildren(h('p', {}, text), ...(act ? [act] : []))
  }

  #list(greeting: string, words: Words, more: More, locale: string, now: Date): void {
    const focused = this.el.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.id : undefined
    const older = () => void this.#fetch(this.#next).catch(() => undefined)
    const row = (item: Past) => {
      const { last, unread } = item
      const at = new Date(last.created_at)
      const state = item.status === 'open' ? more.open : more.closed
      return h(
        'li',
        {},
        h(
          'button',
          { class: 'past', type: 'button', 'data-id': item.id, click: () => this.go(item.id) },
          h('span', {}, h('bdi', {}, last.mine ? more.you : (last.author.name ?? words.team)), h('time', { datetime: last.created_at }, ago(at, now, locale))),
          h('span', { class: 'said', dir: 'auto' }, last.redacted ? fill(more.removed, { name: words.team }) : last.text || plural(locale, more.files, last.files)),
          h('span', {}, h('small', { class: item.status }, state), unread > 0 && h('b', {}, plural(locale, words.unread, unread))),
        ),
      )
    }
    this.el.replaceChildren(
      h('p', { class: 'greeting', dir: 'auto' }, greeting),
      h('button', { class: 'plain', type: 'button', 'data-id': 'chat', click: () => this.go('chat') }, more.start),
      h('h2', {}, more.past),
      h('ul', {}, ...this.#items.map(row)),
      ...(this.#next ? [h('button', { class: 'quiet', type: 'button', 'data-id': 'older', click: older }, more.older)] : []),
    )
    if (focused) this.el.querySelector<HTMLElement>(`[data-id="${CSS.escape(focused)}"]`)?.focus()
  }
}
