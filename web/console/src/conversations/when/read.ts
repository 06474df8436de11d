// Reads a moment as people write it: "friday 9", "tomorrow 14:30", "in 3 hours", "15 dec". What is not understood
// as a whole is not guessed at.

import { atClock, partsIn } from '../snooze';
import { plain, type Sense, type Unit, type Words } from './words';

const MORNING = 9;
const MINUTE_MS = 60_000;
const LONGEST_PHRASE = 4;

type Token = Sense & { clock?: [number, number]; date?: [number, number, number?]; ordinal?: number };

/** What has been said so far. */
interface Said {
  minutes: number;
  days: number | null;
  months: number;
  weekday: number | null;
  next: boolean;
  nextWeek: boolean;
  date: [day: number, month: number | null, year?: number] | null;
  clock: [number, number] | null;
  part: Token['part'];
  partHour: number | null;
}

const TOKEN = /(\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}(?:[./]\d{4})?(?![\d:])|\d{1,2}:\d\d|\d{1,2}h\d\d|\d+)(?:-?(?:st|nd|rd|th|º|ª|го|ого|ego|go))?(?![\p{L}\d]*\d)|[@]|[\p{L}.'-]+/gu;

function numeral(raw: string, clockWithH: boolean): Token | null {
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(raw);
  if (iso) return { date: [Number(iso[3]), Number(iso[2]), Number(iso[1])] };
  const date = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?$/.exec(raw);
  if (date) return { date: [Number(date[1]), Number(date[2]), date[3] ? Number(date[3]) : undefined] };
  const clock = /^(\d{1,2})(:|h)(\d\d)$/.exec(raw);
  if (clock && (clock[2] === ':' || clockWithH)) return { clock: [Number(clock[1]), Number(clock[3])] };
  const ordinal = /^(\d{1,2})-?(?:st|nd|rd|th|º|ª|го|ого|ego|go)$/.exec(raw);
  if (ordinal) return { ordinal: Number(ordinal[1]) };
  return /^\d{1,4}$/.test(raw) ? { number: Number(raw) } : null;
}

function tokens(text: string, { senses, clockWithH }: Words): Token[] | null {
  const written = plain(text).replace(/[,;]/g, ' ');
  const raw = written.match(TOKEN) ?? [];
  if (raw.join('') !== written.replace(/\s/g, '')) return null;
  const found: Token[] = [];
  for (let at = 0; at < raw.length; ) {
    let taken = 0;
    for (let length = Math.min(LONGEST_PHRASE, raw.length - at); length > 0 && !taken; length--) {
      const sense = senses.get(raw.slice(at, at + length).join(' ')) ?? (length === 1 ? senses.get(raw[at]!.replace(/\.$/, '')) : undefined);
      if (!sense) continue;
      found.push(sense);
      taken = length;
    }
    if (!taken) {
      const number = numeral(raw[at]!, clockWithH);
      if (!number) return null;
      found.push(number);
      taken = 1;
    }
    at += taken;
  }
  return found.filter((token) => !token.skip);
}

const PER_UNIT: Record<'minute' | 'hour', number> = { minute: 1, hour: 60 };

/** "9 pm", "8 in the evening": the hour of the part of the day that was named. */
function hourIn(hour: number, part: Token['part']): number {
  if ((part === 'afternoon' || part === 'evening') && hour < 12) return hour + 12;
  return part === 'morning' && hour === 12 ? 0 : hour;
}

function take(list: Token[], clockWithH: boolean): Said | null {
  const said: Said = { minutes: 0, days: null, months: 0, weekday: null, next: false, nextWeek: false, date: null, clock: null, part: undefined, partHour: null };
  let ahead = false;

  function length(count: number, unit: Unit): boolean {
    if (unit === 'minute' || unit === 'hour') said.minutes += count * PER_UNIT[unit];
    else if (!Number.isInteger(count)) return false;
    else if (unit === 'month') said.months += count;
    else said.days = (said.days ?? 0) + count * (unit === 'week' ? 7 : 1);
    return true;
  }
  function hour(value: number, minute = 0): boolean {
    if (said.clock || value > 23 || minute > 59 || !Number.isInteger(value)) return false;
    said.clock = [value, minute];
    return true;
  }

  const dayNamed = () => said.days !== null || said.weekday !== null || said.date !== null || said.nextWeek;

  for (let at = 0; at < list.length; at++) {
    const token = list[at]!;
    const after = list[at + 1];
    let good = true;
    if (token.ahead) ahead = true;
    else if (token.at) good = after !== undefined;
    else if (token.next) said.next = true;
    else if (token.minutes) said.minutes += token.minutes;
    else if (token.unit) {
      // "через час", "next week": a unit that nobody counted.
      const following = said.next || after?.next;
      if (following && token.unit === 'week') {
        said.nextWeek = true;
        said.next = false;
        if (after?.next) at += 1;
      } else if (following && token.unit === 'month') {
        said.months += 1;
        said.next = false;
        if (after?.next) at += 1;
      } else good = ahead && length(1, token.unit);
    } else if (token.days !== undefined) {
      good = said.days === null;
      said.days = token.days;
      if (token.part) [said.part, said.partHour] = [token.part, token.hour!];
    } else if (token.weekday) {
      good = said.weekday === null;
      said.weekday = token.weekday;
    } else if (token.month) {
      good = !said.date && after !== undefined && (after.number ?? after.ordinal) !== undefined;
      said.date = [after?.number ?? after?.ordinal ?? 0, token.month];
      at += 1;
    } else if (token.part) [said.part, said.partHour] = [token.part, token.hour!];
    else if (token.clock) good = hour(...token.clock);
    else if (token.date) {
      good = !said.date;
      said.date = token.date;
    } else if (token.ordinal) {
      good = !said.date;
      said.date = [token.ordinal, after?.month ?? null];
      if (after?.month) at += 1;
    } else if (token.number !== undefined) {
      if (after?.month) {
        good = !said.date;
        said.date = [token.number, after.month];
        at += 1;
      } else if (after?.unit === 'hour' && !ahead && (list[at - 1]?.at || (clockWithH && dayNamed()))) {
        // "às 16h", "в 8 часов": the clock, and no length.
        good = hour(token.number);
        at += 1;
      } else if (after?.unit) {
        good = length(token.number, after.unit);
        at += 1;
      } else if (token.number >= 1000) {
        good = !!said.date && said.date[2] === undefined;
        if (said.date) said.date[2] = token.number;
      } else good = hour(token.number);
      // The year may follow the month.
      const year = list[at + 1]?.number;
      if (good && said.date && year !== undefined && year >= 1000) {
        said.date[2] = year;
        at += 1;
      }
    }
    if (!good) return null;
  }
  if (said.clock && said.part) said.clock[0] = hourIn(said.clock[0], said.part);
  return said;
}

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The moment that a text names, by the clock of the zone; null when it cannot be read as one. */
export function readMoment(text: string, language: Words, now: Date, zone: string): Date | null {
  const list = tokens(text, language);
  const said = list?.length ? take(list, language.clockWithH) : null;
  if (!said) return null;
  const { year, month, day, hour, minute } = partsIn(now, zone);
  const { clock, date, weekday } = said;
  const kinds = [said.minutes > 0, said.days !== null || said.months > 0, weekday !== null || said.nextWeek, date !== null].filter(Boolean).length;
  if (kinds > 1 || (said.next && weekday === null)) return null;
  if (said.minutes) return clock || said.part ? null : new Date(Math.ceil((now.getTime() + said.minutes * MINUTE_MS) / MINUTE_MS) * MINUTE_MS);

  const at = clock ?? (said.partHour !== null ? ([said.partHour, 0] as [number, number]) : null);
  const on = (toYear: number, toMonth: number, toDay: number, usual: [number, number] = [MORNING, 0]) => {
    const midnight = said.part === 'midnight' && !clock ? 1 : 0;
    return atClock(zone, toYear, toMonth, toDay + midnight, ...(at ?? usual));
  };
  const future = (...moments: Date[]) => moments.find((moment) => moment > now) ?? moments.at(-1)!;

  if (date) {
    const [toDay, toMonth, toYear] = date;
    const wanted = toMonth ?? month;
    if (wanted < 1 || wanted > 12 || toDay < 1 || toDay > daysIn(toYear ?? 2024, wanted)) return null;
    if (toYear) return on(toYear, wanted, toDay);
    return toMonth === null ? future(on(year, month, toDay), on(year, month + 1, toDay)) : future(on(year, wanted, toDay), on(year + 1, wanted, toDay));
  }
  const today = new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
  if (weekday !== null) {
    if (said.next || said.nextWeek) return on(year, month, day + 7 - today + weekday);
    const ahead = (weekday - today + 7) % 7;
    return future(on(year, month, day + ahead), on(year, month, day + ahead + 7));
  }
  if (said.nextWeek) return on(year, month, day + 7);
  if (said.months) {
    const last = daysIn(year, month + said.months);
    return on(year, month + said.months, Math.min(day, last));
  }
  // "tomorrow" is its morning; "in 2 days" is this time of the day.
  if (said.days !== null) return on(year, month, day + said.days, list!.some((token) => token.days !== undefined) ? [MORNING, 0] : [hour, minute]);
  return at ? future(on(year, month, day), on(year, month, day + 1)) : null;
}
