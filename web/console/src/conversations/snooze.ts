// The times a conversation can sleep until, by the agent's own clock.

export type SnoozeChoice = 'later_today' | 'tomorrow' | 'monday' | 'next_week';

const HOUR_MS = 3_600_000;
const MORNING = 9;

export function partsIn(at: Date, zone: string) {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)!.value);
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute'), second: of('second') };
}

function offsetMs(at: Date, zone: string): number {
  const { year, month, day, hour, minute, second } = partsIn(at, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at.getTime() / 1000) * 1000;
}

/** The moment at which clocks in the zone show this; right across changes to and from summer time. */
export function atClock(zone: string, year: number, month: number, day: number, hour: number, minute = 0): Date {
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  const guess = wall - offsetMs(new Date(wall), zone);
  return new Date(wall - offsetMs(new Date(guess), zone));
}

export function snoozeTime(choice: SnoozeChoice, now: Date, zone: string): Date {
  const { year, month, day } = partsIn(now, zone);
  const morningIn = (days: number) => atClock(zone, year, month, day + days, MORNING);
  switch (choice) {
    case 'later_today':
      return new Date(Math.ceil((now.getTime() + 3 * HOUR_MS) / HOUR_MS) * HOUR_MS);
    case 'tomorrow':
      return morningIn(1);
    case 'monday': {
      const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
      return morningIn((8 - weekday) % 7 || 7);
    }
    case 'next_week':
      return morningIn(7);
  }
}

/** From the value of a date and time field, read by the zone's clock. */
export function fromField(value: string, zone: string): Date | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(value);
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number];
  return atClock(zone, year, month, day, hour, minute);
}

export function toField(at: Date, zone: string): string {
  const { year, month, day, hour, minute } = partsIn(at, zone);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}
