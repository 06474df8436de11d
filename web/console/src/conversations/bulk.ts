// One change to many conversations: four at a time, each based on the version that was read, so that nothing a
// colleague did meanwhile is overwritten unseen.

import { ref, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import * as api from '@/api/conversations';
import { Problem } from '@/api/problem';
import type { Conversation, ConversationChange, Id } from '@/api/types';
import { useConversations } from '@/stores/conversations';
import { useLists } from '@/stores/lists';
import { useMarks } from '@/stores/marks';
import { before } from './work';

const AT_ONCE = 4;
const WAIT_AT_MOST_S = 30;

/** What is asked of one conversation; null when it is that way already. */
export type ChangeOf = (conversation: Conversation) => ConversationChange | null;

/** What was done to one conversation, and what would take it back. */
export interface Outcome {
  changed: boolean;
  back: ConversationChange | null;
}
export type Work = (id: Id) => Promise<Outcome>;

export interface Refused {
  id: Id;
  conversation: Conversation | undefined;
  error: unknown;
}
export interface Done {
  changed: number;
  undo: Map<Id, ConversationChange>;
}

const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

export const useBulk = defineStore('bulk', () => {
  const conversations = useConversations();
  const lists = useLists();
  const marks = useMarks();
  const progress = shallowRef<{ done: number; total: number } | null>(null);
  const refused = shallowRef<Refused[]>([]);
  const stopped = ref(false);

  const wait = (error: Problem) => pause(Math.min(error.retryAfterSeconds ?? 1, WAIT_AT_MOST_S));

  async function changeOne(id: Id, changeOf: ChangeOf): Promise<Outcome> {
    let known = marks.of(id) ?? (await api.one(id));
    for (let again = true; ; ) {
      const to = changeOf(known);
      if (!to) return { changed: false, back: null };
      try {
        const changed = await api.change(id, to, known.version);
        if (conversations.byId.has(id)) conversations.put(changed);
        return { changed: true, back: before(known, to) };
      } catch (error) {
        // Somebody was here meanwhile: looked at again and tried once more.
        if (!again || !(error instanceof Problem) || ![409, 412].includes(error.status)) throw error;
        again = false;
        known = await api.one(id);
      }
    }
  }

  /** Whoever asks too fast waits as long as the server says. */
  async function patiently(id: Id, work: Work): Promise<Outcome> {
    for (;;) {
      try {
        return await work(id);
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 429) throw error;
        await wait(error);
      }
    }
  }

  const run = (ids: readonly Id[], changeOf: ChangeOf) => runEach(ids, (id) => changeOne(id, changeOf));

  /** Those that were refused stay marked. */
  async function runEach(ids: readonly Id[], work: Work): Promise<Done> {
    const undo = new Map<Id, ConversationChange>();
    const failed: Refused[] = [];
    const left = [...ids];
    const key = lists.currentKey;
    let done = 0;
    let changed = 0;
    stopped.value = false;
    refused.value = [];
    progress.value = { done, total: ids.length };

    async function worker() {
      while (left.length && !stopped.value) {
        const id = left.shift()!;
        try {
          const outcome = await patiently(id, work);
          if (outcome.changed) changed += 1;
          if (outcome.back) undo.set(id, outcome.back);
          lists.takeOut(key, id);
        } catch (error) {
          failed.push({ id, conversation: marks.of(id), error });
        }
        progress.value = { done: ++done, total: ids.length };
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker));

    progress.value = null;
    refused.value = failed;
    marks.set([...failed.map(({ id }) => id), ...left]);
    lists.recount();
    return { changed, undo };
  }

  /** Takes back what a run did, by the same way. */
  function takeBack(undo: Map<Id, ConversationChange>): Promise<Done> {
    const ids = [...undo.keys()];
    marks.set(ids);
    return run(ids, (conversation) => undo.get(conversation.id) ?? null);
  }

  return { progress, refused, stopped, run, runEach, takeBack };
});
