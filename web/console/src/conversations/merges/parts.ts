// What was merged into the conversations that are open, and what they are linked to.

import { shallowReactive } from 'vue';
import { defineStore } from 'pinia';
import * as api from '@/api/merges';
import type { ConversationLink, Id, Part } from '@/api/types';
import type { Frame } from '@/live/frames';
import { useLive } from '@/stores/live';

export interface Bonds {
  parts: Part[];
  links: ConversationLink[];
}

export const useBonds = defineStore('bonds', () => {
  const byId = shallowReactive(new Map<Id, Bonds>());

  async function load(id: Id): Promise<void> {
    const [parts, links] = await Promise.all([api.parts(id), api.links(id)]);
    byId.set(id, { parts: parts.items, links: links.items });
  }

  useLive().onFrame((frame: Frame) => {
    const told = frame.type === 'messages_moved' || (frame.type === 'conversation_changed' && frame.field === 'links');
    if (told && byId.has(frame.conversation_id)) void load(frame.conversation_id).catch(() => {});
  });

  return { byId, load };
});

/** The case numbers of parts: asked for when a message of one is first shown. */
export function usePartNumbers() {
  const bonds = useBonds();
  const asked = new Set<Id>();
  function of(conversation: Id, part: Id): number | null {
    if (conversation === part) return null;
    const known = bonds.byId.get(conversation);
    if (!known && !asked.has(conversation)) {
      asked.add(conversation);
      void bonds.load(conversation).catch(() => {});
    }
    return known?.parts.find(({ id }) => id === part)?.number ?? null;
  }
  return { of };
}
