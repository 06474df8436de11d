import { dayNumber } from './days'
import type { Pending } from './outbox'
import type { Attachment, ChatMessage } from './types'

/** "sending" and "failed" are said of what only this browser knows yet. */
export type State = 'sending' | 'failed' | 'sent' | 'read'

export type Row =
  | { type: 'day'; id: string; at: Date }
  | {
      type: 'message'
      id: string
      mine: boolean
      author: string | null
      text: string
      attachments: Attachment[]
      at: Date
      edited?: string | null
      redacted?: ChatMessage['redacted']
      first: boolean
      last: boolean
      state: State | null
      key: string | null
    }

const RUN = 5 * 60_000

/** What the list shows, from what was said and what is still on its way. */
export function rowsOf(items: ChatMessage[], pending: (Pending & { stale: boolean })[], timeZone?: string): Row[] {
  const said = items.map((m) => ({
    id: m.key ?? m.id,
    mine: m.mine,
    author: m.author.name,
    text: m.text,
    attachments: m.attachments ?? [],
    at: new Date(m.created_at),
    edited: m.edited_at,
    redacted: m.redacted,
    state: (m.mine ? (m.delivery === 'read' ? 'read' : 'sent') : null) as State | null,
    key: null as string | null,
  }))
  const keys = new Set(said.map((m) => m.id))
  const going = pending
    .filter((p) => !keys.has(p.key))
    .map((p) => ({
      id: p.key,
      mine: true,
      author: null,
      text: p.text,
      attachments: p.attachments,
      at: new Date(p.at),
      state: (p.refused || p.stale ? 'failed' : 'sending') as State | null,
      key: p.key as string | null,
    }))
  const all = [...said, ...going]
  const lastSaid = said.findLastIndex((m) => m.mine)
  const rows: Row[] = []
  const joins = (a: (typeof all)[number] | undefined, b: (typeof all)[number] | undefined) =>
    !!a && !!b && a.mine === b.mine && a.author === b.author && b.at.getTime() - a.at.getTime() < RUN && dayNumber(a.at, timeZone) === dayNumber(b.at, timeZone)
  all.forEach((m, i) => {
    const day = dayNumber(m.at, timeZone)
    const before = all[i - 1]
    if (!before || dayNumber(before.at, timeZone) !== day) rows.push({ type: 'day', id: 'day' + day, at: m.at })
    const quiet = m.state === 'sent' || m.state === 'read'
    rows.push({
      type: 'message',
      ...m,
      first: !joins(before, m),
      last: !joins(m, all[i + 1]),
      // One mark under the newest is enough; it holds for everything above.
      state: quiet && i !== lastSaid ? null : m.state,
    })
  })
  return rows
}
