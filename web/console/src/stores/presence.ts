// Who is reading or writing where. Nothing here is stored anywhere.

import { shallowReactive } from 'vue';
import { defineStore } from 'pinia';
import type { Id, Mode } from '@/api/types';
import type { Frame, Watcher } from '@/live/frames';
import { useSession } from './session';

export interface Typist {
  id: Id;
  kind: 'contact' | 'agent';
  name: string | null;
  mode: Mode | null;
}

/** A lost "stopped typing" must not leave somebody typing for ever. */
const TYPING_ENDS_MS = 8000;

export const usePresence = defineStore('presence', () => {
  const session = useSession();
  const watchers = shallowReactive(new Map<Id, Watcher[]>());
  const typists = shallowReactive(new Map<Id, Typist[]>());
  const timers = new Map<string, number>();

  function stopped(conversation: Id, id: Id) {
    const rest = (typists.get(conversation) ?? []).filter((typist) => typist.id !== id);
    if (rest.length) typists.set(conversation, rest);
    else typists.delete(conversation);
  }

  function apply(frame: Frame) {
    if (frame.type === 'presence') {
      const others = frame.agents.filter((agent) => agent.id !== session.id);
      if (others.length) watchers.set(frame.conversation_id, others);
      else watchers.delete(frame.conversation_id);
    }
    if (frame.type === 'typing' && frame.who.id !== session.id) {
      const { conversation_id, who, on, mode } = frame;
      const name = `${conversation_id} ${who.id}`;
      clearTimeout(timers.get(name));
      stopped(conversation_id, who.id);
      if (!on) return;
      typists.set(conversation_id, [...(typists.get(conversation_id) ?? []), { ...who, mode }]);
      timers.set(name, window.setTimeout(() => stopped(conversation_id, who.id), TYPING_ENDS_MS));
    }
    // What was being written has arrived.
    if (frame.type === 'message_created' && frame.message.author.id) stopped(frame.conversation_id, frame.message.author.id);
  }

  function clear() {
    watchers.clear();
    typists.clear();
  }

  return { watchers, typists, apply, clear };
});
