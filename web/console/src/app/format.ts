// Times, numbers and sizes in the agent's language and time zone.

import { computed, onScopeDispose, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '@/stores/session';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The current time, moving on every half minute while something shows it. */
const now = ref(Date.now());
let users = 0;
let timer = 0;

export function useNow() {
  if (users++ === 0) {
    now.value = Date.now();
    timer = window.setInterval(() => (now.value = Date.now()), 30_000);
  }
  onScopeDispose(() => {
    if (--users === 0) clearInterval(timer);
  });
  return now;
}

/** Making a formatter costs more than using it a hundred times, and every message shows a time: each is made once. */
const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();
function once<F extends Intl.DateTimeFormat | Intl.NumberFormat>(name: string, make: () => F): F {
  let format = made.get(name) as F | undefined;
  if (!format) made.set(name, (format = make()));
  return format;
}

let ownZone = '';
export const browserZone = () => (ownZone ||= Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');

const zones = new Map<string, string | undefined>();
export function knownZone(zone: string | null | undefined): string | undefined {
  if (!zone) return undefined;
  if (!zones.has(zone)) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      zones.set(zone, zone);
    } catch {
      zones.set(zone, undefined);
    }
  }
  return zones.get(zone);
}

type Shape = 'clock' | 'day' | 'date' | 'weekday' | 'full' | 'moment' | 'year';
const SHAPES: Record<Shape, Intl.DateTimeFormatOptions> = {
  clock: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  full: { dateStyle: 'full', timeStyle: 'short' },
  moment: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  year: { year: 'numeric' },
};

/** English here is the one of a company that reads its clock from 0 to 24. */
const REGION: Record<string, string> = { en: 'en-GB', pt: 'pt-PT', es: 'es-ES' };

export function useFormat() {
  const { t, locale: language } = useI18n();
  const locale = computed(() => REGION[language.value] ?? language.value);
  const session = useSession();
  const current = useNow();
  const zone = computed(() => knownZone(session.me?.agent.time_zone) ?? browserZone());

  type At = string | number | Date;
  const with_ = (shape: Shape) => (at: At, timeZone = zone.value) =>
    once(`${locale.value} ${timeZone} ${shape}`, () => new Intl.DateTimeFormat(locale.value, { ...SHAPES[shape], timeZone })).format(new Date(at));

  const clock = with_('clock');
  const day = with_('day');
  const date = with_('date');
  const weekday = with_('weekday');
  const full = with_('full');
  const moment = with_('moment');
  const year = with_('year');
  const sameDay = (a: At, b: At) => date(a) === date(b);

  const unit = (value: number, name: string) =>
    once(`${language.value} ${name}`, () => new Intl.NumberFormat(language.value, { style: 'unit', unit: name, unitDisplay: 'short' })).format(value);

  /** "2 min", "5 hr", "17 Nov": how long ago, short enough for a list. */
  function ago(at: string) {
    const past = Math.max(0, current.value - Date.parse(at));
    if (past < MINUTE) return t('people.now');
    if (past < HOUR) return unit(Math.floor(past / MINUTE), 'minute');
    if (past < DAY) return unit(Math.floor(past / HOUR), 'hour');
    if (past < 7 * DAY) return unit(Math.floor(past / DAY), 'day');
    return day(at);
  }

  /** "12 min", "5 hr", "3 days": how long something lasts, short enough for a list. */
  function span(ms: number) {
    if (ms < HOUR) return unit(Math.max(1, Math.ceil(ms / MINUTE)), 'minute');
    return ms < 2 * DAY ? unit(Math.round(ms / HOUR), 'hour') : unit(Math.round(ms / DAY), 'day');
  }

  /** The time today, else the day. */
  const when = (at: string) => (sameDay(at, current.value) ? clock(at) : day(at));

  const number = (value: number) => once(`${locale.value} number`, () => new Intl.NumberFormat(locale.value)).format(value);

  function size(bytes: number) {
    if (bytes < 1000) return unit(bytes, 'byte');
    if (bytes < 1_000_000) return unit(Math.round(bytes / 1000), 'kilobyte');
    return unit(Math.round(bytes / 100_000) / 10, 'megabyte');
  }

  function languageName(code: string) {
    try {
      return new Intl.DisplayNames(locale.value, { type: 'language' }).of(code) ?? code;
    } catch {
      return code;
    }
  }

  function countryName(code: string) {
    try {
      return new Intl.DisplayNames(locale.value, { type: 'region' }).of(code.toUpperCase()) ?? code;
    } catch {
      return code;
    }
  }

  function weekdayName(index: number, width: 'long' | 'short' = 'long') {
    // 5 January 2026 was a Monday.
    return new Intl.DateTimeFormat(locale.value, { weekday: width, timeZone: 'UTC' }).format(Date.UTC(2026, 0, 5 + index));
  }

  return { zone, now: current, clock, day, date, weekday, full, moment, year, sameDay, ago, span, when, number, size, languageName, countryName, weekdayName };
}
