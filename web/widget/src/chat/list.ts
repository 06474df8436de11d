import { clock, dayName } from './days'
import { h, icon, ICONS } from './dom'
import type { More } from './more'
import type { Row } from './rows'
import type { Attachment } from './types'
import type { Words } from './words'

export type ListOptions = {
  retry(key: string): void
  nearTop(): void
  atEnd(): void
  showFile(box: HTMLElement, file: Attachment): void
  more(): Promise<More>
  /** In the shop's page links leave it alone; an app's own web view has no second window. */
  newWindow: boolean
}

type Message = Extract<Row, { type: 'message' }>

export class List {
  readonly el: HTMLElement
  readonly after: HTMLElement
  #rows: HTMLElement
  #nodes = new Map<string, { sig: string; node: HTMLElement }>()
  #latest: HTMLButtonElement
  #scroller: HTMLElement
  #end = true
  #o: ListOptions
  constructor(options: ListOptions) {
    this.#o = options
    this.#rows = h('div', { class: 'rows', role: 'log', 'aria-live': 'polite' })
    this.after = h('div', { class: 'after' })
    this.#scroller = h('div', { class: 'scroll', tabindex: 0, role: 'region' }, this.#rows, this.after)
    this.#latest = h('button', { class: 'latest', type: 'button', hidden: true, click: () => this.toEnd() }, icon(ICONS.down))
    this.el = h('div', { class: 'list' }, this.#scroller, this.#latest)
    this.#scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true })
    // A phone's keyboard and late pictures change the heights; who was at the end stays there.
    const sizes = new ResizeObserver(() => this.#end && this.toEnd())
    sizes.observe(this.#scroller)
    sizes.observe(this.#rows)
  }

  name(words: Words): void {
    this.#scroller.setAttribute('aria-label', words.messages)
    this.#latest.setAttribute('aria-label', words.latest)
  }

  isAtEnd(): boolean {
    const s = this.#scroller
    return s.scrollHeight - s.scrollTop - s.clientHeight < 60
  }

  toEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight
  }

  #scrolled(): void {
    if (this.#scroller.scrollTop < 100) this.#o.nearTop()
    this.#end = this.isAtEnd()
    if (!this.#end) return
    this.#latest.hidden = true
    this.#o.atEnd()
  }

  /** `quiet` while the past is filled in: it must not be read aloud as news. */
  draw(rows: Row[], words: Words, locale: string, quiet: boolean): void {
    const wasAtEnd = this.#end
    const lastBefore = this.#rows.lastElementChild
    const height = this.#scroller.scrollHeight
    const top = this.#scroller.scrollTop
    this.#rows.setAttribute('aria-busy', String(quiet))
    const now = new Date()
    const wanted = new Set(rows.map((r) => r.id))
    for (const [id, { node }] of this.#nodes) if (!wanted.has(id)) (node.remove(), this.#nodes.delete(id))
    let place = this.#rows.firstElementChild
    for (const row of rows) {
      const sig = locale + JSON.stringify(row) + (row.type === 'day' ? now.toDateString() : '')
      let known = this.#nodes.get(row.id)
      if (known?.sig !== sig) {
        const node = row.type === 'day' ? this.#day(row.at, now, locale) : this.#message(row, words, locale, known?.node)
        // Only what is new enters; the past and a change of state are just there.
        if (known || quiet) node.classList.add('still')
        if (known) {
          if (place === known.node) place = node
          known.node.replaceWith(node)
        }
        this.#nodes.set(row.id, (known = { sig, node }))
      }
      if (known.node === place) place = place.nextElementSibling
      else this.#rows.insertBefore(known.node, place)
    }
    const lastRow = rows.at(-1)
    const grew = this.#rows.lastElementChild !== lastBefore
    if (wasAtEnd || (grew && lastRow?.type === 'message' && lastRow.state === 'sending')) this.toEnd()
    else if (grew) this.#latest.hidden = false
    else if (top < 200) this.#scroller.scrollTop = top + this.#scroller.scrollHeight - height
    if (quiet) requestAnimationFrame(() => this.#rows.setAttribute('aria-busy', 'false'))
  }

  #day(at: Date, now: Date, locale: string): HTMLElement {
    return h('p', { class: 'day' }, dayName(at, now, locale))
  }

  #message(row: Message, words: Words, locale: string, old?: HTMLElement): HTMLElement {
    const failed = row.state === 'failed'
    const retry = () => this.#o.retry(row.key!)
    const bubble = h('div', { class: 'bubble', dir: 'auto' }, row.text)
    if (/https:/i.test(row.text)) void import('./links').then((m) => m.link(bubble, this.#o.newWindow))
    if (row.edited || row.redacted) void Promise.all([import('./changed'), this.#o.more()]).then(([c, more]) => c.tell(bubble, row, more, words.team))
    if (failed) bubble.addEventListener('click', retry)
    // Pictures already fetched move over instead of being fetched again.
    const files = row.attachments.map((file) => {
      const kept = old?.querySelector<HTMLElement>(`[data-file="${CSS.escape(file.id)}"]`)
      if (kept) return kept
      const box = h('div', { class: 'file', 'data-file': file.id }, file.name)
      this.#o.showFile(box, file)
      return box
    })
    const state = row.state && row.state !== 'failed' ? words[row.state] : ''
    const time = h('time', { datetime: row.at.toISOString() }, clock(row.at, locale))
    return h(
      'div',
      { class: `row ${row.mine ? 'me' : 'them'}${row.first ? ' first' : ''}${failed ? ' bad' : ''}` },
      !row.mine && row.first && h('p', { class: 'who' }, h('bdi', {}, row.author ?? words.team)),
      row.text || row.redacted ? bubble : null,
      ...files,
      failed && h('button', { class: 'retry', type: 'button', click: retry }, words.failed),
      !failed && (row.last || state) && h('p', { class: 'meta' }, time, state && ` · ${state}`),
    )
  }
}
