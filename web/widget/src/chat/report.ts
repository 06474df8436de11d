// Page views and the shop's own events. They wait for a session; nothing is opened for their sake.
import { Problem } from './api'
import type { Shown } from './types'

export type Reports = { pages: Shown[]; sent: number; events: { name: string; properties?: object }[]; busy?: boolean }

export async function report(
  reports: Reports,
  ask: (method: string, path: string, options: { body: unknown }) => Promise<unknown>,
  saved: () => void,
): Promise<void> {
  if (reports.busy) return
  reports.busy = true
  const { pages, events } = reports
  try {
    while (pages.length > reports.sent) {
      const items = pages.slice(reports.sent, reports.sent + 20)
      await ask('POST', '/chat/sightings', { body: { items } })
      reports.sent += items.length
      saved()
    }
    while (events.length) {
      await ask('POST', '/chat/events', { body: events[0] })
      events.shift()
    }
  } catch (why) {
    if (!(why instanceof Problem) || why.passing) return
    // Refused for good: keeping it would block everything after it.
    console.warn('Rapport: not recorded', why.code, why.message)
    if (pages.length > reports.sent) reports.sent = pages.length
    else events.shift()
  } finally {
    reports.busy = false
  }
}
