// What an agent does with a conversation: shown at once, said in a toast, and undone from there.

import { useI18n } from 'vue-i18n';
import { useExplain } from '@/app/explain';
import { useFormat } from '@/app/format';
import type { Conversation, ConversationChange, Id, Priority } from '@/api/types';
import { useConversations } from '@/stores/conversations';
import { useDirectory } from '@/stores/directory';
import { useLists } from '@/stores/lists';
import { useSession } from '@/stores/session';
import { useToasts } from '@/stores/toasts';
import * as api from '@/api/conversations';
import { useInbox } from './inbox';
import { useAsking, useReasonNames } from './reasons/reasons';

/** The change that takes a change back. */
export function before(of: Conversation, change: ConversationChange): ConversationChange {
  const names = Object.keys(change) as (keyof ConversationChange)[];
  const old = Object.fromEntries(names.map((name) => [name, of[name]])) as ConversationChange;
  // Going back to "snoozed" needs its time; leaving it must not send one.
  if (of.status === 'snoozed' && 'status' in change) return { ...old, snoozed_until: of.snoozed_until, snoozed_until_answer: of.snoozed_until_answer };
  delete old.snoozed_until;
  delete old.snoozed_until_answer;
  return old;
}

export function useWork() {
  const { t } = useI18n();
  const explain = useExplain();
  const format = useFormat();
  const conversations = useConversations();
  const directory = useDirectory();
  const lists = useLists();
  const session = useSession();
  const toasts = useToasts();
  const inbox = useInbox();

  const withReason = useAsking();
  const { path } = useReasonNames();

  const tell = (error: unknown) => toasts.show(explain(error), { tone: 'bad' });

  async function change(id: Id, to: ConversationChange, done: string, leaves = false) {
    const conversation = conversations.byId.get(id);
    if (!conversation) return;
    const undo = before(conversation, to);
    const key = inbox.key.value;
    const wasOpen = inbox.selectedId.value === id;
    const next = leaves && wasOpen ? inbox.afterThis() : null;
    const saved = conversations.change(id, to);
    lists.takeOut(key, id);
    if (leaves && wasOpen) void inbox.open(next, { replace: true });
    toasts.show(done, {
      undo: async () => {
        if (leaves && wasOpen) void inbox.open(id, { replace: true });
        await conversations.change(id, undo).catch(tell);
        lists.merge(key);
      },
    });
    await saved.catch(tell);
  }

  const close = (id: Id) =>
    withReason(conversations.byId.get(id), (reason) => void change(id, { ...(reason && { contact_reason_id: reason }), status: 'resolved' }, t('conversations.closed'), true));
  const reopen = (id: Id) => change(id, { status: 'open' }, t('conversations.reopened'));

  const snoozeUntil = (id: Id, until: Date) =>
    change(
      id,
      { status: 'snoozed', snoozed_until: until.toISOString(), snoozed_until_answer: false },
      t('conversations.snoozed_until', { when: format.moment(until) }),
      true,
    );
  const snoozeUntilAnswer = (id: Id) =>
    change(id, { status: 'snoozed', snoozed_until_answer: true }, t('conversations.snoozed_until_answer'), true);

  function assign(id: Id, agent: Id | null) {
    const name = directory.agentName(agent);
    const done = name ? t('conversations.assigned_to', { name }) : t('conversations.unassigned');
    return change(id, { assignee_id: agent }, done);
  }
  const assignToMe = (id: Id) => assign(id, session.id);

  function setTeam(id: Id, team: Id | null) {
    const name = directory.teamName(team);
    return change(id, { team_id: team }, name ? t('conversations.team_set', { name }) : t('conversations.team_removed'));
  }

  const setPriority = (id: Id, priority: Priority) =>
    change(id, { priority }, t('conversations.priority_set', { priority: t(`conversations.priority.${priority}`) }));

  const setReason = (id: Id, reason: Id | null) =>
    change(id, { contact_reason_id: reason }, reason ? t('reasons.set', { name: path(reason) }) : t('reasons.taken_away'));

  async function setTags(id: Id, tags: string[]) {
    await conversations.change(id, { tags }).catch(tell);
  }

  async function rename(id: Id, subject: string) {
    await conversations.change(id, { subject }).catch(tell);
  }

  async function markUnread(id: Id) {
    const conversation = conversations.byId.get(id);
    if (!conversation) return;
    conversations.yours(id, { read_count: Math.max(0, conversation.inbound_count - 1) });
    void inbox.open(null, { replace: true });
    await api.markUnread(id).catch(tell);
  }

  /** Takes part from now on, or no more. */
  async function follow(id: Id) {
    const conversation = conversations.byId.get(id);
    if (!conversation) return;
    const on = !conversation.yours.participant;
    const set = async (to: boolean) => {
      conversations.yours(id, { participant: to });
      await (to ? api.addParticipant(id, session.id) : api.removeParticipant(id, session.id)).catch(tell);
    };
    await set(on);
    toasts.show(on ? t('participants.followed') : t('participants.unfollowed'), { undo: () => set(!on) });
  }

  return { follow, close, reopen, snoozeUntil, snoozeUntilAnswer, assign, assignToMe, setTeam, setPriority, setReason, setTags, rename, markUnread };
}
