// Replies and notes on their way. Each carries its own key, so that trying again never makes two of it,
// and each is kept in this browser until the server has acknowledged it.

import { computed, shallowReactive } from 'vue';
import { defineStore } from 'pinia';
import * as api from '@/api/conversations';
import { hasCode, mayPass, Problem } from '@/api/problem';
import type { Attachment, Id, Message, Mode, Then } from '@/api/types';
import { useDrafts } from './drafts';
import { useSession } from './session';
import { useThreads } from './threads';
import { forget, keep, kept, keptNames } from './kept';

export interface Outgoing {
  key: string;
  conversation_id: Id;
  mode: Mode;
  text: string;
  mentions: Id[];
  team_mentions: Id[];
  attachments: Attachment[];
  seen_seq: number | null;
  then: Then | null;
  written_at: string;
  state: 'sending' | 'waiting' | 'failed' | 'moved_on';
  reason?: string;
  /** The colleague's answer that came first. */
  newer?: Message;
  last_seq?: number;
}

export type NewOutgoing = Pick<Outgoing, 'conversation_id' | 'mode' | 'text' | 'mentions' | 'team_mentions' | 'attachments' | 'seen_seq' | 'then'>;

const AGAIN_AFTER_MS = 5000;

export const useOutbox = defineStore('outbox', () => {
  const session = useSession();
  const items = shallowReactive(new Map<string, Outgoing>());
  const sending = new Map<Id, Promise<void>>();
  const listeners = new Set<(item: Outgoing, sent: boolean) => void>();
  let timer = 0;

  const prefix = () => `rapport.outbox.${session.id} `;

  function set(item: Outgoing) {
    items.set(item.key, item);
    keep(prefix() + item.key, item);
  }
  function drop(key: string) {
    items.delete(key);
    forget(prefix() + key);
  }

  const inOrder = computed(() => [...items.values()].sort((a, b) => (a.written_at < b.written_at ? -1 : 1)));
  const of = (id: Id) => inOrder.value.filter((item) => item.conversation_id === id);
  const needsAttention = computed(
    () => new Set(inOrder.value.filter((item) => item.state === 'failed' || item.state === 'moved_on').map((item) => item.conversation_id)),
  );

  function send(fresh: NewOutgoing): Outgoing {
    const item: Outgoing = { ...fresh, key: crypto.randomUUID(), written_at: new Date().toISOString(), state: 'sending' };
    set(item);
    const draftGone = useDrafts().sent(item.conversation_id, item.mode);
    void draftGone.then(() => deliverAll(item.conversation_id));
    return item;
  }

  /** One after the other within a conversation: answers arrive in the order in which they were written. */
  function deliverAll(id: Id): Promise<void> {
    const running = (sending.get(id) ?? Promise.resolve()).then(async () => {
      for (const item of of(id)) {
        const now = items.get(item.key);
        if (now?.state !== 'sending' && now?.state !== 'waiting') continue;
        if (!(await deliver(now))) return;
      }
    });
    sending.set(id, running);
    return running;
  }

  function post(item: Outgoing): Promise<Message> {
    const files = item.attachments.length ? { attachment_ids: item.attachments.map((file) => file.id) } : {};
    if (item.mode === 'note') {
      return api.note(item.conversation_id, { text: item.text, mentions: item.mentions, team_mentions: item.team_mentions ?? [], ...files }, item.key);
    }
    const seen = item.seen_seq === null ? {} : { seen_seq: item.seen_seq };
    return api.reply(item.conversation_id, { text: item.text, ...seen, ...files, ...(item.then ? { then: item.then } : {}) }, item.key);
  }

  /** True when the next one may go. */
  async function deliver(item: Outgoing): Promise<boolean> {
    set({ ...item, state: 'sending' });
    try {
      const message = await post(item);
      useThreads().add({ ...message, key: item.key });
      drop(item.key);
      for (const tell of listeners) tell(item, true);
      return true;
    } catch (error) {
      const next = afterFailure(item, error);
      set(next);
      if (next.state === 'waiting') again(error instanceof Problem ? error.retryAfterSeconds : null);
      else for (const tell of listeners) tell(next, false);
      return false;
    }
  }

  function afterFailure(item: Outgoing, error: unknown): Outgoing {
    if (hasCode(error, 'conversation_moved_on')) {
      return { ...item, state: 'moved_on', newer: error.body.newer_reply, last_seq: error.body.last_seq };
    }
    if (mayPass(error)) return { ...item, state: 'waiting' };
    return { ...item, state: 'failed', reason: error instanceof Error ? error.message : undefined };
  }

  function again(seconds: number | null) {
    clearTimeout(timer);
    timer = window.setTimeout(() => void flush(), seconds ? seconds * 1000 : AGAIN_AFTER_MS);
  }

  /** Sends everything that still waits. */
  async function flush() {
    const waiting = new Set(inOrder.value.filter((item) => item.state === 'sending' || item.state === 'waiting').map((item) => item.conversation_id));
    await Promise.all([...waiting].map(deliverAll));
  }

  function retry(key: string) {
    const item = items.get(key);
    if (!item) return;
    set({ ...item, state: 'sending', reason: undefined });
    void deliverAll(item.conversation_id);
  }

  /** The agent has read the colleague's answer and sends anyway: a new message, so a new key. */
  function sendAnyway(key: string) {
    const item = items.get(key);
    if (!item) return;
    drop(key);
    const { newer: _newer, last_seq, ...rest } = item;
    set({ ...rest, key: crypto.randomUUID(), seen_seq: last_seq ?? item.newer?.seq ?? item.seen_seq, state: 'sending' });
    void deliverAll(item.conversation_id);
  }

  function discard(key: string) {
    drop(key);
  }

  function backToDraft(key: string) {
    const item = items.get(key);
    if (!item) return;
    drop(key);
    const drafts = useDrafts();
    const box = drafts.box(item.conversation_id, item.mode);
    drafts.write(item.conversation_id, item.mode, {
      text: [item.text, box.text].filter((text) => text.trim()).join('\n\n'),
      attachments: [...item.attachments, ...box.attachments],
    });
  }

  function restore() {
    for (const name of keptNames(prefix())) {
      const item = kept<Outgoing>(name);
      if (item) items.set(item.key, item);
    }
  }

  function onOutcome(tell: (item: Outgoing, sent: boolean) => void) {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }

  function clear() {
    clearTimeout(timer);
    items.clear();
  }

  return { items, of, needsAttention, send, flush, retry, sendAnyway, discard, backToDraft, restore, onOutcome, clear };
});
