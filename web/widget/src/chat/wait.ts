import { clock, dayNumber } from './days'
import { fill, plural, type Words } from './words'
import type { Availability } from './types'

export type When = { now: Date; locale: string; timeZone?: string }

/** "today", "tomorrow", "on Monday", "on 3 January", already with its preposition. */
export function dayPhrase(at: Date, w: Words, when: When): string {
  const ahead = dayNumber(at, when.timeZone) - dayNumber(when.now, when.timeZone)
  if (ahead <= 0) return w.today
  if (ahead === 1) return w.tomorrow
  if (ahead < 7) return w.days[new Date(dayNumber(at, when.timeZone) * 86_400_000).getUTCDay()]!
  const date = new Intl.DateTimeFormat(when.locale, { timeZone: when.timeZone, day: 'numeric', month: 'long' }).format(at)
  return fill(w.date, { date })
}

/** A moment as the lines below name it. */
function moment(iso: string, w: Words, when: When): { day: string; time: string } {
  const at = new Date(iso)
  return { day: dayPhrase(at, w, when), time: clock(at, when.locale, when.timeZone) }
}

/** By when whoever writes now is answered, as the company promises it; nothing without a promise. */
export function promiseLine(a: Availability, w: Words, when: When): string {
  const by = a.promise?.answer_by
  return by && Date.parse(by) >= when.now.getTime() ? fill(w.promised, moment(by, w, when)) : ''
}

// What the header promises. A wait is only named when it was measured; otherwise only the hours are,
// because those are known.
export function waitLine(a: Availability, w: Words, when: When): string {
  if (!a.open) return a.opens_at ? fill(w.answerAt, moment(a.opens_at, w, when)) : w.closed
  const wait = a.expected_wait_seconds
  if (wait !== null) {
    if (wait < 60) return w.underMinute
    const minutes = Math.round(wait / 60)
    if (minutes < 60) return plural(when.locale, w.minutes, minutes)
    return plural(when.locale, w.hours, Math.round(wait / 3600))
  }
  if (a.always_open || !a.closes_at) return w.alwaysOpen
  return fill(w.openUntil, moment(a.closes_at, w, when))
}
