// Saved views, and which conversations are in them as far as the server has said.

import { computed, shallowReactive, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import * as api from '@/api/savedViews';
import type { Conversation, Id, SavedView } from '@/api/types';
import type { FiledIn, Frame } from '@/live/frames';
import { useSession } from './session';

export const useSavedViews = defineStore('saved_views', () => {
  const session = useSession();
  const all = shallowRef<SavedView[]>([]);
  const byId = computed(() => new Map(all.value.map((view) => [view.id, view])));
  const filed = shallowReactive(new Map<Id, readonly FiledIn[]>());

  async function load() {
    all.value = (await api.all()).items;
  }

  /** A page of a view was read: what is on it is in the view, whoever it is assigned to. A frame says so more exactly. */
  function found(view: Id, conversation: Id) {
    const known = filed.get(conversation) ?? [];
    if (!known.some(({ id }) => id === view)) filed.set(conversation, [...known, { id: view, for_assignee: true, for_others: true }]);
  }

  function apply(frame: Frame) {
    if (frame.type === 'conversation_filed') filed.set(frame.conversation_id, frame.saved_views);
  }

  /** Whether a conversation is in a view for whoever is signed in. */
  function holds(view: Id, conversation: Conversation): boolean {
    const entry = filed.get(conversation.id)?.find(({ id }) => id === view);
    if (!entry) return false;
    return conversation.assignee_id === session.id ? entry.for_assignee : entry.for_others;
  }

  function clear() {
    all.value = [];
    filed.clear();
  }

  return { all, byId, load, found, apply, holds, clear };
});
