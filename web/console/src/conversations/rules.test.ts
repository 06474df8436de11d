import { describe, expect, it } from 'vitest';
import { atClock, fromField, snoozeTime, toField } from './snooze';
import { mentionAt, mentioned, pieces } from './text';

const LISBON = 'Europe/Lisbon';

describe('snoozing by the agent’s own clock', () => {
  const sunday = new Date('2026-11-22T15:10:00Z');

  it.each([
    ['later_today', '2026-11-22T19:00:00.000Z'],
    ['tomorrow', '2026-11-23T09:00:00.000Z'],
    ['monday', '2026-11-23T09:00:00.000Z'],
    ['next_week', '2026-11-29T09:00:00.000Z'],
  ] as const)('%s', (choice, until) => {
    expect(snoozeTime(choice, sunday, LISBON).toISOString()).toBe(until);
  });

  it('on a Monday means the Monday after', () => {
    expect(snoozeTime('monday', new Date('2026-11-23T12:00:00Z'), LISBON).toISOString()).toBe('2026-11-30T09:00:00.000Z');
  });

  it('stays at nine when the clocks change in between', () => {
    // Summer time begins in Lisbon on 29 March 2026: nine o'clock is then 8:00 UTC.
    expect(snoozeTime('tomorrow', new Date('2026-03-28T12:00:00Z'), LISBON).toISOString()).toBe('2026-03-29T08:00:00.000Z');
  });

  it('reads a chosen date by the same clock', () => {
    const until = atClock('America/New_York', 2026, 12, 1, 9);
    expect(until.toISOString()).toBe('2026-12-01T14:00:00.000Z');
    expect(toField(until, 'America/New_York')).toBe('2026-12-01T09:00');
    expect(fromField('2026-12-01T09:00', 'America/New_York')).toEqual(until);
    expect(fromField('', LISBON)).toBeNull();
  });
});

describe('the text of a message', () => {
  it('leads to addresses, without the full stop after them', () => {
    expect(pieces('See https://example.com/a?b=1. Thanks')).toEqual([
      { kind: 'text', text: 'See ' },
      { kind: 'link', text: 'https://example.com/a?b=1', to: 'https://example.com/a?b=1' },
      { kind: 'text', text: '. Thanks' },
    ]);
  });

  it('never makes a link of anything but http', () => {
    expect(pieces('javascript:alert(1) data:text/html,x')).toEqual([{ kind: 'text', text: 'javascript:alert(1) data:text/html,x' }]);
  });

  it('shows who is mentioned', () => {
    expect(pieces('@Ines Duarte look', ['Ines Duarte'])[0]).toEqual({ kind: 'mention', text: '@Ines Duarte' });
  });
});

describe('mentions', () => {
  const people = [{ id: '1', name: 'Ana' }, { id: '2', name: 'Ana Costa' }, { id: '3', name: 'Tomek Wilk' }];

  it('mean the longest name that fits', () => {
    expect(mentioned('@Ana Costa please', people)).toEqual(['2']);
    expect(mentioned('@Ana and @Tomek Wilk', people).sort()).toEqual(['1', '3']);
  });

  it('begin with an @ that follows nothing or a space', () => {
    expect(mentionAt('ask @Tom', 8)).toEqual({ from: 4, typed: 'Tom' });
    expect(mentionAt('write to me@example.com', 23)).toBeNull();
  });
});
