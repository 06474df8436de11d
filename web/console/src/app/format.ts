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

export const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

export function knownZone(zone: string | null | undefined): string | undefined {
  if (!zone) return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return undefined;
  }
}

/** English here is the one of a company that reads its clock from 0 to 24. */
const REGION: Record<string, string> = { en: 'en-GB', pt: 'pt-PT', es: 'es-ES' };

export function useFormat() {
  const { t, locale: language } = useI18n();
  const locale = computed(() => REGION[language.value] ?? language.value);
  const session = useSession();
  const current = useNow();
  const zone = computed(() => knownZone(session.me?.agent.time_zone) ?? browserZone());

  const made = new Map<string, Intl.DateTimeFormat>();
  function with_(options: Intl.DateTimeFormatOptions, at: string | number | Date, timeZone = zone.value) {
    const name = JSON.stringify([locale.value, timeZone, options]);
    let format = made.get(name);
    if (!format) made.set(name, (format = new Intl.DateTimeFormat(locale.value, { ...options, timeZone })));
    return format.format(new Date(at));
  }

  const clock = (at: string | number | Date, timeZone?: string) => with_({ hour: '2-digit', minute: '2-digit' }, at, timeZone);
  const day = (at: string | number | Date) => with_({ day: 'numeric', month: 'short' }, at);
  const date = (at: string | number | Date) => with_({ day: 'numeric', month: 'long', year: 'numeric' }, at);
  const weekday = (at: string | number | Date) => with_({ weekday: 'long', day: 'numeric', month: 'long' }, at);
  const full = (at: string | number | Date) => with_({ dateStyle: 'full', timeStyle: 'short' }, at);
  const moment = (at: string | number | Date) => with_({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }, at);
  const year = (at: string | number | Date) => with_({ year: 'numeric' }, at);
  const sameDay = (a: string | number | Date, b: string | number | Date) => date(a) === date(b);

  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(language.value, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);

  /** "2 min", "5 hr", "17 Nov": how long ago, short enough for a list. */
  function ago(at: string) {
    const past = Math.max(0, current.value - Date.parse(at));
    if (past < MINUTE) return t('people.now');
    if (past < HOUR) return unit(Math.floor(past / MINUTE), 'minute');
    if (past < DAY) return unit(Math.floor(past / HOUR), 'hour');
    if (past < 7 * DAY) return unit(Math.floor(past / DAY), 'day');
    return day(at);
  }

  /** The time today, else the day. */
  const when = (at: string) => (sameDay(at, current.value) ? clock(at) : day(at));

  const number = (value: number) => new Intl.NumberFormat(locale.value).format(value);

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

  return { zone, now: current, clock, day, date, weekday, full, moment, year, sameDay, ago, when, number, size, languageName, countryName, weekdayName };
}
