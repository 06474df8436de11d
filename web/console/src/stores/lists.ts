// The lists of the inbox: ids in order. What is shown may be frozen while somebody points at it,
// so that nothing moves under the pointer.

import { computed, reactive, shallowReactive, ref } from 'vue';
import { defineStore } from 'pinia';
import * as api from '@/api/conversations';
import type { Id, ViewCounts } from '@/api/types';
import { belongs, byActivity, byDeadline, place, unread, type ListKey } from '@/live/apply';
import { useConversations } from './conversations';
import { useSession } from './session';

export interface List {
  /** True order now. */
  ids: readonly Id[];
  /** What the screen shows. */
  shown: readonly Id[];
  next: string | null;
  state: 'new' | 'loading' | 'ready' | 'failed';
  frozen: boolean;
  /** What arrived or moved up since it froze. */
  movedSince: ReadonlySet<Id>;
}

const PAGE = 50;
const COUNT_AT_MOST_EVERY_MS = 1000;

const fresh = (): List => ({
  ids: [], shown: [], next: null, state: 'new', frozen: false, movedSince: new Set(),
});

export function listQuery(key: ListKey) {
  if (key.startsWith('reason:')) return { contact_reason_id: key.slice(7) };
  return key.startsWith('team:') ? { view: 'all', team_id: key.slice(5) } : { view: key };
}

export const useLists = defineStore('lists', () => {
  const session = useSession();
  const lists = shallowReactive(new Map<ListKey, List>());
  const counts = reactive({ views: {} as Record<string, number>, teams: {} as Record<string, number> });
  const currentKey = ref<ListKey>('mine');
  const current = computed(() => lists.get(currentKey.value) ?? fresh());
  /** How many conversations arrived or moved up behind a frozen list. */
  const held = computed(() => (current.value.frozen ? current.value.movedSince.size : 0));

  function set(key: ListKey, change: Partial<List>) {
    const next = { ...(lists.get(key) ?? fresh()), ...change };
    if (!next.frozen) next.shown = next.ids;
    lists.set(key, next);
  }

  async function load(key: ListKey, cursor: string | null = null) {
    const before = lists.get(key) ?? fresh();
    set(key, { state: 'loading' });
    try {
      const page = await api.list({ ...listQuery(key), limit: PAGE, cursor });
      const conversations = useConversations();
      for (const conversation of page.items) conversations.put(conversation);
      const ids = page.items.map((item) => item.id);
      const now = lists.get(key) ?? before;
      const start = cursor ? now.ids : [];
      const all = [...start, ...ids.filter((id) => !start.includes(id))];
      const shown = now.frozen ? [...now.shown, ...ids.filter((id) => !now.shown.includes(id))] : all;
      set(key, { ids: all, shown, next: page.next, state: 'ready' });
      return page.position;
    } catch (error) {
      set(key, { state: 'failed' });
      throw error;
    }
  }

  async function loadMore(key: ListKey) {
    const list = lists.get(key);
    if (list?.next && list.state !== 'loading') await load(key, list.next).catch(() => {});
  }

  /** Puts a changed conversation where it belongs in every loaded list. */
  function moved(id: Id) {
    const conversations = useConversations();
    const conversation = conversations.byId.get(id);
    for (const [key, list] of lists) {
      if (list.state === 'new') continue;
      const inside = !!conversation && belongs(conversation, key, session.id);
      const ids = place(list.ids, conversation, id, inside, (other) => conversations.byId.get(other), list.next === null, key === 'due' ? byDeadline : byActivity);
      if (ids === list.ids) continue;
      const known = list.ids.includes(id);
      // What an agent did themself moves a row too, but is no news.
      const cameUp = inside && (!known || (unread(conversation) > 0 && ids.indexOf(id) < list.ids.indexOf(id)));
      const movedSince = list.frozen && cameUp ? new Set([...list.movedSince, id]) : list.movedSince;
      set(key, { ids, movedSince });
    }
  }

  function freeze(key: ListKey) {
    const list = lists.get(key);
    if (list && !list.frozen) set(key, { frozen: true, shown: list.ids, movedSince: new Set() });
  }

  function merge(key: ListKey, stayFrozen = false) {
    const list = lists.get(key);
    if (!list) return;
    set(key, { frozen: false, movedSince: new Set() });
    if (stayFrozen) freeze(key);
  }

  /** What an agent does themself takes effect at once, frozen or not. */
  function takeOut(key: ListKey, id: Id) {
    const list = lists.get(key);
    if (list?.frozen && !list.ids.includes(id)) set(key, { shown: list.shown.filter((other) => other !== id) });
  }

  let lastCount = 0;
  let countTimer = 0;
  async function countNow() {
    lastCount = Date.now();
    const answer: ViewCounts | null = await api.counts().catch(() => null);
    if (!answer) return;
    counts.views = Object.fromEntries(answer.items.map((item) => [item.view, item.count]));
    counts.teams = Object.fromEntries(answer.teams.map((team) => [team.team_id, team.count]));
  }
  /** Asks for the counts again, at most once a second. */
  function recount() {
    if (countTimer) return;
    const wait = Math.max(0, lastCount + COUNT_AT_MOST_EVERY_MS - Date.now());
    countTimer = window.setTimeout(() => {
      countTimer = 0;
      void countNow();
    }, wait);
  }

  const countOf = (key: ListKey) => (key.startsWith('team:') ? counts.teams[key.slice(5)] : counts.views[key]);

  function clear() {
    lists.clear();
    counts.views = {};
    counts.teams = {};
  }

  return { lists, currentKey, current, held, counts, countOf, load, loadMore, moved, freeze, merge, takeOut, recount, clear };
});
