// The conversations that an agent selected to change together.

import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import * as api from '@/api/conversations';
import type { Conversation, Id } from '@/api/types';
import type { ListKey } from '@/live/apply';
import { useConversations } from './conversations';
import { listQuery, useLists } from './lists';
import { useSession } from './session';

const PAGE = 100;

export const useMarks = defineStore('marks', () => {
  const conversations = useConversations();
  const lists = useLists();
  const session = useSession();
  /** Where the installation does not offer it, nothing can be selected, whichever way it is tried. */
  const offered = computed(() => session.offers('bulk_changes') && (session.can('conversations.write') || session.can('conversations.assign')));
  const ids = shallowRef<ReadonlySet<Id>>(new Set());
  const count = computed(() => ids.value.size);
  const has = (id: Id) => ids.value.has(id);
  /** Where a range begins: the row that was marked last. */
  let anchor: Id | null = null;
  /** Those read from the server only to be marked; the list does not show them yet. */
  const read = new Map<Id, Conversation>();
  const of = (id: Id) => conversations.byId.get(id) ?? read.get(id);

  function set(next: Iterable<Id>) {
    ids.value = new Set(offered.value ? next : []);
  }

  function toggle(id: Id) {
    const next = new Set(ids.value);
    if (!next.delete(id)) next.add(id);
    anchor = id;
    set(next);
  }

  /** Everything from the last marked row to this one, by the order shown. */
  function range(id: Id, from: Id | null = null) {
    const { shown } = lists.current;
    const start = shown.indexOf(anchor ?? from ?? id);
    const end = shown.indexOf(id);
    if (end < 0) return;
    const [first, last] = start < 0 ? [end, end] : [Math.min(start, end), Math.max(start, end)];
    set([...ids.value, ...shown.slice(first, last + 1)]);
    anchor ??= from ?? id;
  }

  /** All of a view, also those that the list has not loaded. */
  async function all(key: ListKey) {
    if (!offered.value) return;
    let cursor: string | null = null;
    do {
      const page = await api.list({ ...listQuery(key), limit: PAGE, cursor });
      if (lists.currentKey !== key) return;
      for (const conversation of page.items) read.set(conversation.id, conversation);
      set([...ids.value, ...page.items.map(({ id }) => id)]);
      cursor = page.next;
    } while (cursor);
  }

  function clear() {
    anchor = null;
    read.clear();
    set([]);
  }

  return { ids, count, offered, has, of, set, toggle, range, all, clear };
});
