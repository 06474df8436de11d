// What may be said in a conversation, as the server fills it in. Asked for when it is first wanted, and again after a while.

import { shallowReactive } from 'vue';
import { defineStore } from 'pinia';
import * as api from '@/api/canned';
import type { Id, OfferedResponse } from '@/api/types';
import { fuzzy } from '@/search/fuzzy';

const FRESH_MS = 30_000;
const KEPT = 20;
/** Fits as a part of the words, not letter by letter. */
const FITS = 50;

export interface Offer {
  items: OfferedResponse[];
  failed: boolean;
  loading: boolean;
  asked_at: number;
}

export const useOffered = defineStore('offered', () => {
  const byConversation = shallowReactive(new Map<Id, Offer>());

  async function load(id: Id) {
    const known = byConversation.get(id);
    if (known && !known.failed && Date.now() - known.asked_at < FRESH_MS) return;
    byConversation.set(id, { items: known?.items ?? [], failed: false, loading: true, asked_at: Date.now() });
    try {
      const { items } = await api.offered(id);
      byConversation.set(id, { items, failed: false, loading: false, asked_at: Date.now() });
    } catch {
      byConversation.set(id, { items: known?.items ?? [], failed: true, loading: false, asked_at: Date.now() });
    }
    for (const old of [...byConversation.keys()].slice(0, -KEPT)) byConversation.delete(old);
  }

  /** Counted on the server, and first in the list from now on. */
  function used(id: Id, response: OfferedResponse) {
    const known = byConversation.get(id);
    if (known) byConversation.set(id, { ...known, items: [response, ...known.items.filter((other) => other.id !== response.id)] });
    api.used(response.id).catch(() => {});
  }

  const forget = () => byConversation.clear();
  return { byConversation, load, used, forget };
});

/** Those that fit what is typed: the shortcut counts most, then the name, then the text. What fits equally stays in its order. */
export function fitting<T extends { shortcut: string; name: string; text: string }>(items: readonly T[], typed: string): T[] {
  if (!typed.trim()) return [...items];
  const scored = items.map((item) => {
    const by = [fuzzy(typed, item.shortcut) * 4, fuzzy(typed, item.name) * 2, fuzzy(typed, item.text)].map((score) => (score >= FITS ? score : 0));
    return { item, score: Math.max(...by) };
  });
  return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score).map(({ item }) => item);
}
