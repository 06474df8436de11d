/** The calendar day in the viewer's zone, as a number of days: differences are exact across DST. */
export function dayNumber(at: Date, timeZone?: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' }).formatToParts(at)
  const of = (type: string) => Number(parts.find((p) => p.type === type)!.value)
  return Date.UTC(of('year'), of('month') - 1, of('day')) / 86_400_000
}

const capital = (text: string, locale: string) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)

/** "Today", "Yesterday", "Monday, 16 November" */
export function dayName(at: Date, now: Date, locale: string, timeZone?: string): string {
  const ago = dayNumber(at, timeZone) - dayNumber(now, timeZone)
  if (ago === 0 || ago === -1)
    return capital(new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(ago, 'day'), locale)
  const year = ago < -180 ? ({ year: 'numeric' } as const) : {}
  const format = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long', day: 'numeric', month: 'long', ...year })
  return capital(format.format(at), locale)
}

export const clock = (at: Date, locale: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone, hour: 'numeric', minute: '2-digit' }).format(at)
