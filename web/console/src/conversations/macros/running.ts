// Which macros there are, and running one: on the open conversation, or on all that are selected.

import { reactive, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import * as api from '@/api/macros';
import type { Conversation, ConversationChange, Id, Macro, MacroAction } from '@/api/types';

/** The dialog that shows what a macro will do; `macro` when it is chosen already. */
export const running = reactive<{ open: boolean; macro: Id | null }>({ open: false, macro: null });

export function begin(macro: Id | null = null) {
  running.macro = macro;
  running.open = true;
}

const FRESH_MS = 60_000;

export const useMacros = defineStore('macros', () => {
  const all = shallowRef<Macro[]>([]);
  let asked = 0;

  /** Asked for anew after a minute, or at once when it is said that something changed. */
  async function load(now = false) {
    if (!now && Date.now() - asked < FRESH_MS) return;
    asked = Date.now();
    all.value = await api.all().catch((error: unknown) => {
      asked = 0;
      throw error;
    });
  }
  const fits = (macro: Pick<Macro, 'sharing'>, conversation: Conversation) => !macro.sharing.brand_id || macro.sharing.brand_id === conversation.brand_id;
  return { all, load, fits };
});

const TOUCHES: Record<MacroAction['type'], keyof ConversationChange> = {
  assign: 'assignee_id',
  assign_to_me: 'assignee_id',
  set_team: 'team_id',
  set_status: 'status',
  snooze: 'status',
  set_priority: 'priority',
  set_contact_reason: 'contact_reason_id',
  add_tags: 'tags',
  remove_tags: 'tags',
};

/** What a run changed, as it was before; a text that was written stays. Null when nothing is left to take back. */
export function undoOf(actions: readonly MacroAction[], was: Conversation, is: Conversation): ConversationChange | null {
  const names = new Set(actions.map(({ type }) => TOUCHES[type]));
  const back: ConversationChange = {};
  if (names.has('assignee_id') && was.assignee_id !== is.assignee_id) back.assignee_id = was.assignee_id;
  if (names.has('team_id') && was.team_id !== is.team_id) back.team_id = was.team_id;
  if (names.has('contact_reason_id') && was.contact_reason_id !== is.contact_reason_id) back.contact_reason_id = was.contact_reason_id;
  if (names.has('priority') && was.priority !== is.priority) back.priority = was.priority;
  if (names.has('tags') && was.tags.join('\n') !== is.tags.join('\n')) back.tags = was.tags;
  if (names.has('status')) {
    if (was.status === 'snoozed') Object.assign(back, { status: 'snoozed', snoozed_until: was.snoozed_until, snoozed_until_answer: was.snoozed_until_answer });
    else if (was.status !== is.status) back.status = was.status;
  }
  return Object.keys(back).length ? back : null;
}
