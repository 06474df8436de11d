// The lists of the inbox: ids in order. What is shown may be frozen while somebody points at it,
// so that nothing moves under the pointer.

import { computed, reactive, shallowReactive, ref } from 'vue';
import { defineStore } from 'pinia';
import * as api from '@/api/conversations';
import type { Conversation, Id, ViewCounts } from '@/api/types';
import { belongs, byActivity, byDeadline, ORDERS, place, unread, type ListKey } from '@/live/apply';
import { useConversations } from './conversations';
import { usePreferences } from './preferences';
import { useSavedViews } from './savedViews';
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
  if (key.startsWith('saved:')) return { saved_view_id: key.slice(6) };
  if (key.startsWith('filter:')) return { filter: key.slice(7) };
  return key.startsWith('team:') ? { view: 'all', team_id: key.slice(5) } : { view: key };
}

export const useLists = defineStore('lists', () => {
  const session = useSession();
  const saved = useSavedViews();
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
      for (const conversation of page.items) {
        if (key.startsWith('saved:')) saved.found(key.slice(6), conversation.id);
        conversations.put(conversation);
      }
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

  /** Whether a conversation is in a list. What a filter that nobody keeps comes to, only the server can say: there it stays. */
  function holds(key: ListKey, conversation: Conversation): boolean {
    if (key.startsWith('saved:')) return saved.holds(key.slice(6), conversation);
    if (key.startsWith('filter:')) return !!lists.get(key)?.ids.includes(conversation.id);
    return belongs(conversation, key, session.id);
  }
  const orderOf = (key: ListKey) => (key.startsWith('saved:') ? ORDERS[saved.byId.get(key.slice(6))?.sort ?? 'last_activity'] : key === 'due' ? byDeadline : byActivity);
  const isTable = (key: ListKey) => saved.byId.get(key.slice(6))?.layout === 'table' || usePreferences().now.density === 'table';
  /** Lists that were loaded of a view which asks for something else by now. */
  function forgetSaved() {
    for (const key of [...lists.keys()]) if (key.startsWith('saved:')) lists.delete(key);
  }

  /** Puts a changed conversation where it belongs in every loaded list. */
  function moved(id: Id) {
    const conversations = useConversations();
    const conversation = conversations.byId.get(id);
    for (const [key, list] of lists) {
      if (list.state === 'new') continue;
      const inside = !!conversation && holds(key, conversation);
      const ids = place(list.ids, conversation, id, inside, (other) => conversations.byId.get(other), list.next === null, orderOf(key));
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
    if (saved.all.length) await saved.load().catch(() => {});
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

  const countOf = (key: ListKey) => {
    if (key.startsWith('saved:')) return saved.byId.get(key.slice(6))?.count;
    return key.startsWith('team:') ? counts.teams[key.slice(5)] : counts.views[key];
  };

  function clear() {
    lists.clear();
    counts.views = {};
    counts.teams = {};
    saved.clear();
  }

  return { holds, isTable, forgetSaved, lists, currentKey, current, held, counts, countOf, load, loadMore, moved, freeze, merge, takeOut, recount, clear };
});
