// What a word or a phrase says about a moment. Each language is a table from its phrases to these.

export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month';

export interface Sense {
  /** Says nothing by itself: "the", "on". */
  skip?: true;
  /** A length of time follows: "in 3 hours". */
  ahead?: true;
  /** An hour follows: "at 9". */
  at?: true;
  /** The one after: "next week". */
  next?: true;
  number?: number;
  unit?: Unit;
  /** A whole length of time in one word: "полчаса". */
  minutes?: number;
  /** Days from today. */
  days?: number;
  /** 1 is Monday. */
  weekday?: number;
  month?: number;
  /** A part of the day, and the hour it stands for when no other is named. */
  part?: 'morning' | 'noon' | 'afternoon' | 'evening' | 'midnight';
  hour?: number;
}

export interface Words {
  senses: Map<string, Sense>;
  /** "14h" and "14h30" are times of the clock here, and elsewhere a number of hours. */
  clockWithH: boolean;
}

/** Without capitals and accents, which are left out when somebody is in a hurry. */
export const plain = (text: string): string =>
  text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/ł/g, 'l');

type Phrases = string;

export interface Table {
  skip: Phrases;
  ahead: Phrases;
  at: Phrases;
  next: Phrases;
  units: Record<Unit, Phrases>;
  numbers: Record<number, Phrases>;
  minutes?: Record<number, Phrases>;
  days: Record<number, Phrases>;
  /** Monday first. */
  weekdays: Phrases[];
  months: Phrases[];
  morning: Phrases;
  noon: Phrases;
  afternoon: Phrases;
  evening: Phrases;
  midnight: Phrases;
  /** This evening in one phrase. */
  tonight: Phrases;
  clockWithH?: boolean;
}

export const PART_HOURS = { morning: 9, noon: 12, afternoon: 14, evening: 19, midnight: 0 } as const;

/** Phrases are separated by bars. */
export function words(table: Table): Words {
  const senses = new Map<string, Sense>();
  const add = (phrases: Phrases, sense: Sense) => {
    for (const phrase of phrases.split('|')) senses.set(plain(phrase.trim()), sense);
  };
  add(table.skip, { skip: true });
  add(table.ahead, { ahead: true });
  add(table.at, { at: true });
  add(table.next, { next: true });
  for (const [unit, phrases] of Object.entries(table.units)) add(phrases, { unit: unit as Unit });
  for (const [number, phrases] of Object.entries(table.numbers)) add(phrases, { number: Number(number) });
  for (const [minutes, phrases] of Object.entries(table.minutes ?? {})) add(phrases, { minutes: Number(minutes) });
  for (const [days, phrases] of Object.entries(table.days)) add(phrases, { days: Number(days) });
  table.weekdays.forEach((phrases, index) => add(phrases, { weekday: index + 1 }));
  table.months.forEach((phrases, index) => add(phrases, { month: index + 1 }));
  for (const part of ['morning', 'noon', 'afternoon', 'evening', 'midnight'] as const) add(table[part], { part, hour: PART_HOURS[part] });
  add(table.tonight, { days: 0, part: 'evening', hour: PART_HOURS.evening });
  return { senses, clockWithH: table.clockWithH ?? false };
}
