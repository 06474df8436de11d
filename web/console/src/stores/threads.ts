// Loaded messages by conversation. The last sixty stay in memory, so going back shows them at once.

import { shallowReactive } from 'vue';
import { defineStore } from 'pinia';
import * as api from '@/api/conversations';
import type { Id, Message } from '@/api/types';
import { applyToThread, lastOwn, withChanged, withMessage, withNewer, withOlder, type Thread } from '@/live/apply';
import type { Frame } from '@/live/frames';

const KEEP = 60;

export const useThreads = defineStore('threads', () => {
  const byId = shallowReactive(new Map<Id, Thread>());
  const failed = shallowReactive(new Set<Id>());
  const busy = new Map<Id, Promise<void>>();
  const used: Id[] = [];

  function touch(id: Id) {
    const at = used.indexOf(id);
    if (at >= 0) used.splice(at, 1);
    used.push(id);
    while (used.length > KEEP) byId.delete(used.shift()!);
  }

  /** One request at a time for each conversation; a second asker waits for the first. */
  function alone(id: Id, work: () => Promise<void>): Promise<void> {
    const running = busy.get(id);
    if (running) return running;
    const started = work()
      .then(() => void failed.delete(id))
      .catch((error: unknown) => {
        failed.add(id);
        throw error;
      })
      .finally(() => busy.delete(id));
    busy.set(id, started);
    return started;
  }

  async function catchUp(id: Id) {
    for (let more = true; more; ) {
      const thread = byId.get(id);
      if (!thread) return;
      const page = await api.messagesAfter(id, lastOwn(thread, id)?.seq ?? 0);
      more = page.next !== null && page.items.length > 0;
      byId.set(id, withNewer(byId.get(id) ?? thread, page.items, more));
    }
  }

  /** Makes sure the newest messages are here. Cheap when they already are. */
  function open(id: Id, lastSeq?: number): Promise<void> {
    touch(id);
    const thread = byId.get(id);
    if (!thread) {
      return alone(id, async () => {
        const page = await api.messagesBefore(id, null);
        byId.set(id, withOlder(byId.get(id), page));
      });
    }
    const behind = thread.behind || (lastSeq !== undefined && (lastOwn(thread, id)?.seq ?? 0) < lastSeq);
    return behind ? alone(id, () => catchUp(id)) : Promise.resolve();
  }

  function older(id: Id): Promise<void> {
    const before = byId.get(id)?.before;
    if (!before) return Promise.resolve();
    return alone(id, async () => {
      const page = await api.messagesBefore(id, before);
      byId.set(id, withOlder(byId.get(id), page));
    });
  }

  function add(message: Message) {
    const thread = byId.get(message.conversation_id);
    if (!thread) return;
    const next = withMessage(thread, message);
    byId.set(message.conversation_id, next);
    if (next.behind) void open(message.conversation_id).catch(() => {});
  }

  function changed(id: Id, message: Message) {
    const thread = byId.get(id);
    if (thread) byId.set(id, withChanged(thread, message));
  }

  /** Messages came from another conversation or went there: what is shown is read anew. */
  async function reload(id: Id, into: Id | null) {
    if (into) return void byId.delete(id);
    if (!byId.has(id)) return;
    await busy.get(id)?.catch(() => {});
    await alone(id, async () => {
      const page = await api.messagesBefore(id, null);
      byId.set(id, withOlder(undefined, page));
    });
  }

  /** What was said in a part is read where the part is shown. */
  function delivered(into: Id, part: Id, upTo: number, side: 'customer' | 'team', state: 'delivered' | 'read') {
    const thread = byId.get(into);
    if (!thread || side !== 'customer') return;
    const reached = (message: Message) => message.conversation_id === part && message.kind === 'reply' && message.seq <= upTo && message.delivery !== 'read';
    byId.set(into, { ...thread, messages: thread.messages.map((message) => (reached(message) ? { ...message, delivery: state } : message)) });
  }

  function apply(frame: Frame) {
    if (frame.type === 'conversation_removed') byId.delete(frame.conversation_id);
    if (frame.type === 'messages_moved') return void reload(frame.conversation_id, frame.conversation.merged_into).catch(() => {});
    if (frame.type === 'delivery_changed' && frame.conversation.merged_into) return delivered(frame.conversation.merged_into, frame.conversation_id, frame.up_to_seq, frame.side, frame.state);
    if (frame.type === 'message_changed') return changed(frame.conversation.merged_into ?? frame.conversation_id, frame.message);
    if (frame.type !== 'message_created') return;
    const next = applyToThread(byId.get(frame.conversation_id), frame);
    if (!next) return;
    byId.set(frame.conversation_id, next);
    if (next.behind) void open(frame.conversation_id).catch(() => {});
  }

  /** After a gap in the live connection any thread may lack its newest messages. */
  function allMayBeBehind() {
    for (const [id, thread] of byId) byId.set(id, { ...thread, behind: true });
  }

  function clear() {
    byId.clear();
    failed.clear();
    used.length = 0;
  }

  return { byId, failed, open, older, add, changed, apply, allMayBeBehind, clear };
});
