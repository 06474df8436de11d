// One live connection: ticket, socket, resume by position, reconnect. Knows nothing of what frames mean.

import type { Frame, Said } from './frames';
import { waitMs } from './backoff';

export type Connection = 'connecting' | 'online' | 'offline' | 'blocked';

export interface SocketWorld {
  ticket: () => Promise<{ token: string }>;
  /** True when the ticket was refused because nobody is signed in: then there is nothing to retry. */
  isSignedOut: (error: unknown) => boolean;
  isUnreachable: (error: unknown) => boolean;
  open: (url: string) => WebSocket;
  url: string;
}

export interface SocketListener {
  frames: (batch: Frame[]) => void;
  state: (now: Connection) => void;
}

/** Tickets work but sockets do not: some network in between refuses WebSockets. */
const BLOCKED_AFTER = 3;
const SILENCE_MS = 40_000;
const AUTH_FAILED = 4401;

export function connect(world: SocketWorld, listener: SocketListener, startAfter: number | null) {
  let socket: WebSocket | null = null;
  let position = startAfter;
  let attempt = 0;
  let failuresInARow = 0;
  let stopped = false;
  let timer = 0;
  let silence = 0;
  let queue: Frame[] = [];
  let flushing = false;
  let last: Said | null = null;

  function flush() {
    flushing = false;
    const batch = queue;
    queue = [];
    if (batch.length) listener.frames(batch);
  }

  // One update of the screen per frame of the display, however many frames arrive.
  function deliver(frame: Frame) {
    queue.push(frame);
    if (flushing) return;
    flushing = true;
    if (document.hidden) setTimeout(flush, 50);
    else requestAnimationFrame(flush);
  }

  function heard() {
    clearTimeout(silence);
    silence = window.setTimeout(() => socket?.close(), SILENCE_MS);
  }

  function later() {
    clearTimeout(timer);
    if (stopped) return;
    timer = window.setTimeout(go, waitMs(attempt++));
  }

  function received(frame: Frame) {
    heard();
    if (frame.type === 'ready') {
      attempt = 0;
      failuresInARow = 0;
      listener.state('online');
      if (last) say(last);
    }
    if (frame.type !== 'heartbeat' && typeof frame.position === 'number') position = Math.max(position ?? 0, frame.position);
    deliver(frame);
  }

  function closed(code: number, wasReady: boolean) {
    clearTimeout(silence);
    socket = null;
    if (stopped) return;
    if (!wasReady && code !== AUTH_FAILED) failuresInARow += 1;
    listener.state(failuresInARow >= BLOCKED_AFTER ? 'blocked' : navigator.onLine ? 'connecting' : 'offline');
    later();
  }

  async function go() {
    if (stopped || socket) return;
    let token: string;
    try {
      token = (await world.ticket()).token;
    } catch (error) {
      if (world.isSignedOut(error) || stopped) return;
      listener.state(world.isUnreachable(error) ? 'offline' : 'connecting');
      return later();
    }
    if (stopped || socket) return;
    const opened = world.open(world.url);
    let ready = false;
    socket = opened;
    opened.onopen = () => {
      opened.send(JSON.stringify({ type: 'auth', token, protocol: 1, ...(position === null ? {} : { after: position }) }));
      heard();
    };
    opened.onmessage = (event) => {
      const frame = JSON.parse(String(event.data)) as Frame;
      if (frame.type === 'ready') ready = true;
      received(frame);
    };
    opened.onclose = (event) => closed(event.code, ready);
  }

  function say(said: Said) {
    if (said.type === 'viewing') last = said;
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(said));
  }

  function now() {
    attempt = 0;
    clearTimeout(timer);
    void go();
  }

  function lost() {
    listener.state('offline');
    socket?.close();
  }

  window.addEventListener('online', now);
  window.addEventListener('offline', lost);
  void go();

  return {
    say,
    position: () => position,
    /** After everything shown was fetched anew, missed frames are no longer needed. */
    caughtUpTo(at: number) {
      position = Math.max(position ?? 0, at);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(silence);
      window.removeEventListener('online', now);
      window.removeEventListener('offline', lost);
      socket?.close();
    },
  };
}
