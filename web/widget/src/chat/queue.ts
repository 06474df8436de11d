// Loaded by those who wait for an answer.
import type { Ground } from './ground'
import type { More } from './more'
import type { QueuePlace } from './types'
import { fill, plural } from './words'

/** At which place one stands, in words; empty for whoever stands in no queue. */
export async function ask({ talk, more }: Ground, locale: string): Promise<string> {
  const [place, words] = await Promise.all([talk.ask<QueuePlace>('GET', '/chat/queue'), more()])
  return queueLine(place, words, locale)
}

/** How long it takes is said only where that is known. */
export function queueLine(place: QueuePlace, w: More, locale: string): string {
  if (!place.position) return ''
  const line = fill(w.queue, { n: String(place.position) })
  const wait = place.expected_wait_seconds
  return wait === null ? line : `${line} · ${plural(locale, w.queueWait, Math.max(1, Math.round(wait / 60)))}`
}
