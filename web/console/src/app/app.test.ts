import { describe, expect, it } from 'vitest';
import { contrast, readableOn } from '@/places/colour';
import { tree, within } from '@/places/tree';
import { fuzzy } from '@/search/fuzzy';
import { fold } from '@/timeline/fold';
import { waitMs } from '@/live/backoff';
import type { Location, TimelineItem } from '@/api/types';
import { browserLanguage } from './i18n';
import { ALL_ACTIONS } from './keyboard/list';
import { keyOf } from './keyboard/keys';
import { initials } from './names';

describe('keys', () => {
  it.each([
    ['a Latin layout by the letter', { key: 'j', code: 'KeyJ' }, 'j'],
    ['Dvorak by the letter, not the place', { key: 'j', code: 'KeyC' }, 'j'],
    ['a Russian layout by the place', { key: 'о', code: 'KeyJ' }, 'j'],
    ['a Russian bracket by the place', { key: 'х', code: 'BracketLeft' }, '['],
    ['Shift and a sign', { key: '?', code: 'Slash' }, '?'],
    ['a named key', { key: 'Escape', code: 'Escape' }, 'Escape'],
  ])('%s', (_, event, key) => {
    expect(keyOf(event)).toBe(key);
  });

  it('no two commands come with the same ones, and no pair begins with a single one', () => {
    const keys = ALL_ACTIONS.map((action) => action.keys).filter((each): each is string => !!each);
    expect(new Set(keys).size).toBe(keys.length);
    const firsts = keys.filter((each) => each.includes(' ')).map((each) => each[0]);
    expect(keys.filter((each) => firsts.includes(each))).toEqual([]);
  });
});

describe('the colour of a brand', () => {
  it('stays as it is where it can be read', () => {
    expect(readableOn('#FFFFFF', '#0E6F80')).toBe('#0E6F80');
  });
  it.each(['#F2C94C', '#FF8800', '#7ED321', '#FFFFFF'])('%s is moved until it can be read on white', (colour) => {
    expect(contrast(readableOn('#FFFFFF', colour), '#FFFFFF')).toBeGreaterThanOrEqual(4.5);
  });
  it.each(['#0E6F80', '#000066', '#000000'])('%s is moved until it can be read in the dark', (colour) => {
    expect(contrast(readableOn('#181B1A', colour), '#181B1A')).toBeGreaterThanOrEqual(4.5);
  });
});

describe('places', () => {
  const place = (id: string, parent_id: string | null, kind: Location['kind'] = 'region') => ({ id, parent_id, kind, name: id }) as Location;
  const all = [place('Lisbon', 'Portugal', 'location'), place('Portugal', 'Iberia'), place('Iberia', null), place('Oslo', null, 'location')];

  it('stand under the region they belong to', () => {
    expect(tree(all).map((row) => [row.location.id, row.depth])).toEqual([['Iberia', 0], ['Portugal', 1], ['Lisbon', 2], ['Oslo', 0]]);
  });
  it('cannot come to stand under themselves', () => {
    expect([...within(all, 'Iberia')].sort()).toEqual(['Iberia', 'Lisbon', 'Portugal']);
  });
});

it('pages seen on one day become one row of the timeline', () => {
  const item = (id: string, type: TimelineItem['type'], at: string) => ({ id, type, at }) as TimelineItem;
  const items = [item('1', 'page', '2026-11-22T15:00:00Z'), item('2', 'page', '2026-11-22T14:00:00Z'), item('3', 'conversation', '2026-11-22T13:00:00Z'), item('4', 'page', '2026-11-21T13:00:00Z')];
  expect(fold(items, 'all').map((row) => 1 + row.folded.length)).toEqual([2, 1, 1]);
  expect(fold(items, 'conversations').map((row) => row.id)).toEqual(['3']);
});

it('names are found by their beginnings, without accents, and by letters in order', () => {
  expect(fuzzy('wojc', 'Marta Wójcik')).toBeGreaterThan(200);
  expect(fuzzy('mwk', 'Marta Wójcik')).toBeGreaterThan(0);
  expect(fuzzy('xyz', 'Marta Wójcik')).toBe(0);
});

it('initials work in every script', () => {
  expect(initials('Дмитрий Петров')).toBe('ДП');
  expect(initials('Marta')).toBe('M');
});

it('reconnecting waits a random time: short at first, never over twenty seconds', () => {
  expect(waitMs(0, () => 0)).toBe(200);
  expect(waitMs(0, () => 1)).toBe(2000);
  expect(waitMs(30, () => 1)).toBe(20_000);
  expect(waitMs(30, () => 0)).toBe(0);
});

it('the browser’s language is used where we speak it', () => {
  expect(browserLanguage(['de-DE', 'pt-BR', 'en'])).toBe('pt');
  expect(browserLanguage(['de-DE'])).toBe('en');
});
