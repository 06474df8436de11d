// Ties the live connection to the stores, and keeps them right when it breaks.

import { computed, ref } from 'vue';
import { defineStore } from 'pinia';
import * as people from '@/api/people';
import { Problem, Unreachable } from '@/api/problem';
import type { Id, Mode } from '@/api/types';
import type { Frame } from '@/live/frames';
import { connect, type Connection } from '@/live/socket';
import { useContacts } from './contacts';
import { useConversations } from './conversations';
import { useDirectory } from './directory';
import { useDrafts } from './drafts';
import { useLists } from './lists';
import { useOutbox } from './outbox';
import { usePresence } from './presence';
import { useSavedViews } from './savedViews';
import { useThreads } from './threads';

const POLL_MS = 10_000;
const TYPING_EVERY_MS = 4000;
const TYPING_ENDS_MS = 5000;

type Listener = (frame: Frame) => void;

export const useLive = defineStore('live', () => {
  const state = ref<Connection>('connecting');
  const offline = computed(() => state.value === 'offline');
  const blocked = computed(() => state.value === 'blocked');
  const listeners = new Set<Listener>();
  let socket: ReturnType<typeof connect> | null = null;
  let poll = 0;
  let openConversation: Id | null = null;
  let refused: (error: unknown) => void = () => {};

  function onFrame(listener: Listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  function take(frame: Frame) {
    if (frame.type === 'resync') return void refetch();
    // What is shown and offered may be another; what is being written is kept in the browser.
    if (frame.type === 'rights_changed') return location.reload();
    if (frame.type === 'heartbeat') return heartbeat(frame.position);
    useThreads().apply(frame);
    useSavedViews().apply(frame);
    useConversations().apply(frame);
    useContacts().apply(frame);
    useDirectory().apply(frame);
    usePresence().apply(frame);
    useDrafts().apply(frame);
    if ('conversation_id' in frame && frame.type !== 'typing' && frame.type !== 'presence') useLists().recount();
    if (frame.type === 'settings_changed' && frame.what === 'saved_views') void savedViewsChanged();
    for (const listener of listeners) listener(frame);
  }

  async function savedViewsChanged() {
    const lists = useLists();
    await useSavedViews().load().catch(() => {});
    lists.forgetSaved();
    if (lists.currentKey.startsWith('saved:')) await lists.load(lists.currentKey).catch(() => {});
  }

  /** Everything shown is read anew; what was loaded before may have missed something. */
  async function refetch() {
    const lists = useLists();
    const threads = useThreads();
    threads.allMayBeBehind();
    lists.recount();
    const shown = lists.currentKey;
    for (const key of [...lists.lists.keys()]) if (key !== shown) lists.lists.delete(key);
    const position = await lists.load(shown).catch(() => undefined);
    if (openConversation) {
      await useConversations().fetchOne(openConversation).catch(() => {});
      await threads.open(openConversation).catch(() => {});
    }
    if (position !== undefined) socket?.caughtUpTo(position);
  }

  function heartbeat(head: number) {
    const mine = socket?.position() ?? head;
    if (head <= mine) return;
    // Usually others' work that this agent may not see; looking costs one small request.
    socket?.caughtUpTo(head);
    void refetch();
  }

  function changed(now: Connection) {
    const before = state.value;
    // Each attempt that fails says `blocked` again; beginning the poll anew with each, it would never come round.
    if (now === before) return;
    state.value = now;
    clearInterval(poll);
    if (now === 'blocked') poll = window.setInterval(() => void refetch(), POLL_MS);
    if (now === 'online') {
      usePresence().clear();
      void useOutbox().flush();
      void useConversations().sendWaiting(refused);
    }
    if (now === 'blocked') {
      void useOutbox().flush();
      void useConversations().sendWaiting(refused);
    }
  }

  function start(position: number, onRefused: (error: unknown) => void) {
    if (socket) return;
    refused = onRefused;
    const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live`;
    socket = connect(
      {
        ticket: people.liveTicket,
        isSignedOut: (error) => error instanceof Problem && error.status === 401,
        isUnreachable: (error) => error instanceof Unreachable,
        open: (to) => new WebSocket(to),
        url,
      },
      { frames: (batch) => batch.forEach(take), state: changed },
      position,
    );
  }

  function stop() {
    socket?.stop();
    socket = null;
    clearInterval(poll);
    state.value = 'connecting';
  }

  function viewing(id: Id | null) {
    openConversation = id;
    socket?.say({ type: 'viewing', conversation_id: id });
  }

  let typingIn: { id: Id; mode: Mode } | null = null;
  let saidAt = 0;
  let endTimer = 0;

  function typing(id: Id, mode: Mode) {
    if (typingIn && (typingIn.id !== id || typingIn.mode !== mode)) stoppedTyping();
    clearTimeout(endTimer);
    endTimer = window.setTimeout(stoppedTyping, TYPING_ENDS_MS);
    if (typingIn && Date.now() - saidAt < TYPING_EVERY_MS) return;
    typingIn = { id, mode };
    saidAt = Date.now();
    socket?.say({ type: 'typing', conversation_id: id, mode, on: true });
  }

  function stoppedTyping() {
    clearTimeout(endTimer);
    if (!typingIn) return;
    socket?.say({ type: 'typing', conversation_id: typingIn.id, mode: typingIn.mode, on: false });
    typingIn = null;
  }

  return { state, offline, blocked, start, stop, onFrame, refetch, viewing, typing, stoppedTyping, take };
});
