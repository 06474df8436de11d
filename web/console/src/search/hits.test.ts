import { describe, expect, it } from 'vitest';
import type { SearchHit } from '@/api/types';
import { piecesOf, placeOf } from './hits';

const hit = (more: Partial<SearchHit>): SearchHit => ({ type: 'message', id: 'm1', title: 'A lamp', subtitle: 'Anna', conversation_id: 'c1', contact_id: 'p1', case: null, message: null, ...more });

describe('a snippet', () => {
  it('is cut at its marks, and nothing of it is lost', () => {
    const snippet = { text: '👋 lamp and lamps', marks: [[3, 4], [12, 5]] };
    expect(piecesOf(snippet)).toEqual([
      { text: '👋 ', found: false },
      { text: 'lamp', found: true },
      { text: ' and ', found: false },
      { text: 'lamps', found: true },
    ]);
    expect(piecesOf({ text: '<b>', marks: [] })).toEqual([{ text: '<b>', found: false }]);
    expect(piecesOf({ text: '', marks: [] })).toEqual([]);
  });
});

describe('a hit', () => {
  it('leads to what it is', () => {
    const message = { seq: 3, kind: 'inbound' as const, author_name: null, created_at: '', snippet: { text: '', marks: [] } };
    expect(placeOf(hit({ message }))).toEqual({ name: 'inbox', params: { view: 'all', conversation: 'c1' }, query: { m: 'm1' } });
    expect(placeOf(hit({ type: 'conversation', id: 'c1' }))).toEqual({ name: 'inbox', params: { view: 'all', conversation: 'c1' }, query: {} });
    expect(placeOf(hit({ type: 'contact', id: 'p1' }))).toEqual({ name: 'contact', params: { id: 'p1' } });
    expect(placeOf(hit({ type: 'tag', id: null, title: 'vip' }))).toEqual({ name: 'search', query: { q: 'vip', tag: 'vip' } });
  });
});
