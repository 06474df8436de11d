import { describe, expect, it } from 'vitest';
import { readMoment } from './read';
import type { Words } from './words';
import { toField } from '../snooze';
import en from './en';
import es from './es';
import pl from './pl';
import pt from './pt';
import ru from './ru';

const LISBON = 'Europe/Lisbon';
/** A Thursday, 10:20 in Lisbon. */
const NOW = new Date('2026-11-26T10:20:00Z');
const read = (text: string, language: Words, now = NOW, zone = LISBON) => {
  const moment = readMoment(text, language, now, zone);
  return moment && toField(moment, zone).replace('T', ' ');
};

describe.each<[string, Words, Record<string, string>]>([
  ['English', en, {
    'friday 9': '2026-11-27 09:00', 'Friday at 17:30': '2026-11-27 17:30', 'fri 3pm': '2026-11-27 15:00', 'thursday 12': '2026-11-26 12:00',
    thursday: '2026-12-03 09:00', 'next friday': '2026-12-04 09:00', 'tomorrow 14:30': '2026-11-27 14:30', tomorrow: '2026-11-27 09:00',
    'tomorrow afternoon': '2026-11-27 14:00', 'monday in the morning': '2026-11-30 09:00', 'the day after tomorrow at 8': '2026-11-28 08:00',
    'in 3 hours': '2026-11-26 13:20', '3 hours': '2026-11-26 13:20', 'in 1 hour 30 minutes': '2026-11-26 11:50', '90min': '2026-11-26 11:50',
    'in half an hour': '2026-11-26 10:50', 'in an hour': '2026-11-26 11:20', '2h': '2026-11-26 12:20', 'in 2 days': '2026-11-28 10:20', 'in 2 days at 9': '2026-11-28 09:00',
    'in a week': '2026-12-03 10:20', 'next week': '2026-12-03 09:00', 'tuesday next week 10:00': '2026-12-01 10:00', 'next month': '2026-12-26 09:00',
    '15 dec': '2026-12-15 09:00', 'dec 15 14:00': '2026-12-15 14:00', 'December 15, 2027 at 8am': '2027-12-15 08:00', '15 Dec 2027': '2027-12-15 09:00', 'on the 3rd': '2026-12-03 09:00',
    '15.12': '2026-12-15 09:00', '15/12 16:00': '2026-12-15 16:00', '15.12.2027': '2027-12-15 09:00', '2026-12-15 7:05': '2026-12-15 07:05', '3 jan': '2027-01-03 09:00',
    tonight: '2026-11-26 19:00', 'today 18': '2026-11-26 18:00', '17:00': '2026-11-26 17:00', '9:00': '2026-11-27 09:00', noon: '2026-11-26 12:00', '9 pm': '2026-11-26 21:00',
    'tomorrow 12 am': '2026-11-27 00:00',
  }],
  ['Spanish', es, {
    'viernes 9': '2026-11-27 09:00', 'el viernes a las 9': '2026-11-27 09:00', 'mañana 14:30': '2026-11-27 14:30', 'manana': '2026-11-27 09:00',
    'mañana por la mañana': '2026-11-27 09:00', 'mañana por la tarde': '2026-11-27 14:00', 'pasado mañana a las 8': '2026-11-28 08:00', 'en 3 horas': '2026-11-26 13:20',
    'dentro de 2 días': '2026-11-28 10:20', 'en media hora': '2026-11-26 10:50', 'en una hora': '2026-11-26 11:20', 'la próxima semana': '2026-12-03 09:00', 'la semana que viene': '2026-12-03 09:00',
    'el lunes que viene': '2026-11-30 09:00', '15 dic': '2026-12-15 09:00', '15 de diciembre a las 10': '2026-12-15 10:00', 'el 15 de diciembre de 2027': '2027-12-15 09:00',
    'mañana a las 5 de la tarde': '2026-11-27 17:00', 'mañana 16h30': '2026-11-27 16:30', 'esta noche': '2026-11-26 19:00', 'hoy a las 18': '2026-11-26 18:00', 'el próximo mes': '2026-12-26 09:00',
  }],
  ['Portuguese', pt, {
    'sexta 9': '2026-11-27 09:00', 'sexta-feira às 9': '2026-11-27 09:00', 'na sexta às 9h30': '2026-11-27 09:30', 'amanhã 14:30': '2026-11-27 14:30', 'amanha de manha': '2026-11-27 09:00',
    'amanhã à tarde': '2026-11-27 14:00', 'depois de amanhã às 8': '2026-11-28 08:00', 'em 3 horas': '2026-11-26 13:20', 'daqui a 2 dias': '2026-11-28 10:20', 'daqui a uma hora': '2026-11-26 11:20',
    'em meia hora': '2026-11-26 10:50', 'próxima semana': '2026-12-03 09:00', 'na próxima semana': '2026-12-03 09:00', '15 dez': '2026-12-15 09:00', '15 de dezembro às 10': '2026-12-15 10:00',
    'dia 15 de dezembro de 2027': '2027-12-15 09:00', 'amanhã às 16h': '2026-11-27 16:00', 'sexta 16h': '2026-11-27 16:00', '2 horas': '2026-11-26 12:20', 'hoje à noite': '2026-11-26 19:00', 'amanhã às 5 da tarde': '2026-11-27 17:00', 'próximo mês': '2026-12-26 09:00',
  }],
  ['Polish', pl, {
    'piątek 9': '2026-11-27 09:00', 'w piątek o 9': '2026-11-27 09:00', 'piatek o 9:30': '2026-11-27 09:30', 'jutro 14:30': '2026-11-27 14:30', 'jutro rano': '2026-11-27 09:00',
    'jutro po południu': '2026-11-27 14:00', 'pojutrze o 8': '2026-11-28 08:00', 'za 3 godziny': '2026-11-26 13:20', 'za godzinę': '2026-11-26 11:20', 'za pół godziny': '2026-11-26 10:50',
    'za 2 dni': '2026-11-28 10:20', 'za tydzień': '2026-12-03 10:20', 'w przyszłym tygodniu': '2026-12-03 09:00', 'w następny piątek': '2026-12-04 09:00', '15 gru': '2026-12-15 09:00',
    '15 grudnia o 10': '2026-12-15 10:00', '15 grudnia 2027': '2027-12-15 09:00', 'dziś wieczorem': '2026-11-26 19:00', 'jutro o 8 wieczorem': '2026-11-27 20:00', 'w przyszłym miesiącu': '2026-12-26 09:00',
  }],
  ['Russian', ru, {
    'пятница 9': '2026-11-27 09:00', 'в пятницу в 9': '2026-11-27 09:00', 'в пт в 9:30': '2026-11-27 09:30', 'завтра 14:30': '2026-11-27 14:30', 'завтра утром': '2026-11-27 09:00',
    'завтра днём': '2026-11-27 14:00', 'послезавтра в 8': '2026-11-28 08:00', 'через 3 часа': '2026-11-26 13:20', 'через час': '2026-11-26 11:20', 'через полчаса': '2026-11-26 10:50',
    'через 2 дня': '2026-11-28 10:20', 'через неделю': '2026-12-03 10:20', 'на следующей неделе': '2026-12-03 09:00', 'в следующую пятницу': '2026-12-04 09:00', '15 дек': '2026-12-15 09:00',
    '15 декабря в 10': '2026-12-15 10:00', '15 декабря 2027': '2027-12-15 09:00', 'сегодня вечером': '2026-11-26 19:00', 'завтра в 8 вечера': '2026-11-27 20:00', 'завтра в 2 часа дня': '2026-11-27 14:00', 'в пятницу в 10 часов': '2026-11-27 10:00', 'в следующем месяце': '2026-12-26 09:00',
  }],
])('a moment in %s', (_, language, examples) => {
  it.each(Object.entries(examples))('%s', (text, moment) => {
    expect(read(text, language)).toBe(moment);
  });

  it.each(['', '   ', 'qwerty', '25:00', '9:75', '31.02', '40.12', '15 15', '15:00 16:00', '-1'])('is not guessed from "%s"', (text) => {
    expect(read(text, language)).toBeNull();
  });
});

it.each(['friday monday', 'friday in 3 hours', 'next', 'at', 'friday blah', 'in', 'dec', 'tomorrow 15 dec'])('what contradicts itself or is half said is not understood: %s', (text) => {
  expect(read(text, en)).toBeNull();
});

it('the clock of the agent counts', () => {
  expect(readMoment('friday 9', en, NOW, 'America/Sao_Paulo')?.toISOString()).toBe('2026-11-27T12:00:00.000Z');
  expect(readMoment('tomorrow 9', en, new Date('2026-11-26T20:30:00Z'), 'Asia/Tokyo')?.toISOString()).toBe('2026-11-28T00:00:00.000Z');
});

it('nine in the morning is nine in the morning when clocks have changed', () => {
  const before = new Date('2027-03-26T10:00:00Z');
  expect(readMoment('monday 9', en, before, LISBON)?.toISOString()).toBe('2027-03-29T08:00:00.000Z');
  expect(readMoment('in 3 days', en, before, LISBON)?.toISOString()).toBe('2027-03-29T09:00:00.000Z');
  expect(readMoment('in 72 hours', en, before, LISBON)?.toISOString()).toBe('2027-03-29T10:00:00.000Z');
});
