// What becomes of a hit: where it leads, and how its words are cut for showing.

import type { RouteLocationRaw } from 'vue-router';
import type { SearchHit, Snippet } from '@/api/types';

/** Where a hit leads. A message opens its conversation at that message, which is then marked. */
export function placeOf(hit: SearchHit): RouteLocationRaw {
  if (hit.type === 'contact') return { name: 'contact', params: { id: hit.contact_id ?? hit.id } };
  if (hit.type === 'tag') return { name: 'search', query: { q: hit.title, tag: hit.title } };
  const params = { view: 'all', conversation: hit.conversation_id };
  return { name: 'inbox', params, query: hit.message ? { m: hit.id } : {} };
}

export const keyOfHit = (hit: SearchHit) => `${hit.type} ${hit.id ?? hit.title}`;

/** The text in pieces, some of them found. Offsets count as JavaScript does. */
export function piecesOf(snippet: Snippet): { text: string; found: boolean }[] {
  const pieces: { text: string; found: boolean }[] = [];
  let at = 0;
  for (const [begin, length] of snippet.marks as [number, number][]) {
    if (begin > at) pieces.push({ text: snippet.text.slice(at, begin), found: false });
    pieces.push({ text: snippet.text.slice(begin, begin + length), found: true });
    at = begin + length;
  }
  if (at < snippet.text.length) pieces.push({ text: snippet.text.slice(at), found: false });
  return pieces;
}
