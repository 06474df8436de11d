// Every conversation the console knows, by id. Lists hold ids only.

import { computed, ref, shallowReactive } from 'vue';
import { defineStore } from 'pinia';
import * as api from '@/api/conversations';
import { Problem, Unreachable } from '@/api/problem';
import type { Conversation, ConversationChange, Id } from '@/api/types';
import { applyToConversation, newerOf } from '@/live/apply';
import type { Frame } from '@/live/frames';
import { useLists } from './lists';
import { useSession } from './session';
import { forget, keep, kept } from './kept';

interface WaitingChange {
  conversation_id: Id;
  change: ConversationChange;
}

export const useConversations = defineStore('conversations', () => {
  const session = useSession();
  const byId = shallowReactive(new Map<Id, Conversation>());
  /** Changes made here that the server has not confirmed yet, shown over what it says. */
  const overlay = shallowReactive(new Map<Id, ConversationChange>());
  const waiting = ref<WaitingChange[]>([]);
  const waitingIds = computed(() => new Set(waiting.value.map((change) => change.conversation_id)));

  const keptAs = () => `rapport.changes.${session.id}`;
  const saveWaiting = () => (waiting.value.length ? keep(keptAs(), waiting.value) : forget(keptAs()));

  function show(conversation: Conversation) {
    const over = overlay.get(conversation.id);
    byId.set(conversation.id, over ? { ...conversation, ...over } : conversation);
    useLists().moved(conversation.id);
  }

  function put(fetched: Conversation) {
    show(newerOf(byId.get(fetched.id), fetched));
  }

  function drop(id: Id) {
    byId.delete(id);
    overlay.delete(id);
    useLists().moved(id);
  }

  async function fetchOne(id: Id): Promise<Conversation | undefined> {
    try {
      put(await api.one(id));
    } catch (error) {
      if (error instanceof Problem && error.status === 404) drop(id);
      else throw error;
    }
    return byId.get(id);
  }

  function apply(frame: Frame) {
    if (frame.type === 'contact_changed') {
      for (const known of byId.values()) {
        const next = applyToConversation(known, frame, session.id);
        if (next && next !== known) byId.set(next.id, next);
      }
      return;
    }
    if (!('conversation_id' in frame)) return;
    const id = frame.conversation_id;
    const known = byId.get(id);
    const next = applyToConversation(known, frame, session.id);
    if (frame.type === 'conversation_filed') return known ? useLists().moved(id) : void fetchOne(id).catch(() => {});
    if (next === known) return;
    if (!next) return drop(id);
    show(next);
    // Frames do not say what is yours; a conversation first met through one is asked for.
    if (!known && (frame.type === 'conversation_changed' || frame.type === 'message_changed' || frame.type === 'messages_moved')) void fetchOne(id).catch(() => {});
  }

  function yours(id: Id, change: Partial<Conversation['yours']>) {
    const known = byId.get(id);
    if (known) show({ ...known, yours: { ...known.yours, ...change } });
  }

  /**
   * Shows the change at once. Without a connection it waits and goes out later; a refusal takes it back
   * and is thrown to the caller.
   */
  async function change(id: Id, to: ConversationChange): Promise<void> {
    const before = byId.get(id);
    overlay.set(id, { ...overlay.get(id), ...to });
    if (before) show(before);
    try {
      confirmed(id, to, await api.change(id, to));
    } catch (error) {
      if (error instanceof Unreachable) {
        waiting.value = [...waiting.value, { conversation_id: id, change: to }];
        saveWaiting();
        return;
      }
      settle(id, to);
      if (before) byId.set(id, before);
      useLists().moved(id);
      void fetchOne(id).catch(() => {});
      throw error;
    }
  }

  function settle(id: Id, done: ConversationChange) {
    const rest = { ...overlay.get(id) } as Record<string, unknown>;
    for (const name of Object.keys(done)) if (rest[name] === done[name as keyof ConversationChange]) delete rest[name];
    if (Object.keys(rest).length) overlay.set(id, rest as ConversationChange);
    else overlay.delete(id);
  }

  function confirmed(id: Id, done: ConversationChange, answer: Conversation) {
    settle(id, done);
    put(answer);
  }

  /** Sends what was changed while there was no connection, in the order in which it was done. */
  async function sendWaiting(refused: (error: unknown) => void) {
    while (waiting.value.length) {
      const next = waiting.value[0]!;
      try {
        confirmed(next.conversation_id, next.change, await api.change(next.conversation_id, next.change));
      } catch (error) {
        if (error instanceof Unreachable) return;
        settle(next.conversation_id, next.change);
        void fetchOne(next.conversation_id).catch(() => {});
        refused(error);
      }
      waiting.value = waiting.value.slice(1);
      saveWaiting();
    }
  }

  function restore() {
    waiting.value = kept<WaitingChange[]>(keptAs()) ?? [];
    for (const { conversation_id, change } of waiting.value) {
      overlay.set(conversation_id, { ...overlay.get(conversation_id), ...change });
    }
  }

  function clear() {
    byId.clear();
    overlay.clear();
    waiting.value = [];
  }

  return { byId, waitingIds, put, apply, fetchOne, yours, change, sendWaiting, restore, clear };
});
