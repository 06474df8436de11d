import { describe, expect, it } from 'vitest';
import type { Condition, ConversationField } from '@/api/types';
import { countOf, freshRow, isReady, toCondition, toEditor } from './editing';

const fields = [
  { field: 'status', holds: 'word', ops: ['is', 'is_not', 'one_of', 'none_of', 'empty', 'not_empty'], words: ['open', 'waiting'], me: false },
  { field: 'waiting_since', holds: 'moment', ops: ['longer_ago_than', 'before', 'empty'], words: [], me: false },
] as ConversationField[];

describe('the editor of a condition', () => {
  it('gives back what it was given', () => {
    const condition: Condition = {
      all: [{ field: 'status', op: 'one_of', value: ['open'] }, { any: [{ field: 'waiting_since', op: 'longer_ago_than', value: 60 }, { field: 'waiting_since', op: 'empty' }] }],
    };
    expect(toCondition(toEditor(condition, fields)!)).toEqual(condition);
  });
  it('shows a single clause as one row, and "is" as one of one', () => {
    expect(toEditor({ field: 'status', op: 'is_not', value: 'open' }, fields)).toEqual({ match: 'all', rows: [{ kind: 'row', field: 'status', op: 'none_of', value: ['open'] }] });
  });
  it('says so when it cannot show a condition', () => {
    expect(toEditor({ not: { field: 'status', op: 'is', value: 'open' } }, fields)).toBeNull();
    expect(toEditor({ all: [{ any: [{ all: [] }] }] }, fields)).toBeNull();
    expect(toEditor({ field: 'colour', op: 'is', value: 'red' }, fields)).toBeNull();
  });
  it('is ready when every row says something', () => {
    const editor = { match: 'all' as const, rows: [freshRow(fields[0]!)] };
    expect(isReady(editor)).toBe(false);
    editor.rows[0]!.value = ['open'];
    expect(isReady(editor)).toBe(true);
    expect(isReady({ match: 'all', rows: [{ kind: 'group', match: 'any', rows: [] }] })).toBe(false);
    expect(countOf(editor)).toBe(1);
  });
});
