// Pure rules for keeping what the console shows equal to what the server holds:
// a snapshot with the frames since then must be the same as a fresh snapshot.

import type { Conversation, Id, Message, SharedConversation, View, ViewSort, Yours } from '@/api/types';
import { isWithin } from '@/conversations/reasons/tree';
import type { Frame } from './frames';

/** The part of a conversation's messages that is loaded, oldest first, without gaps. */
export interface Thread {
  messages: Message[];
  /** Where older ones begin; null when all are here. */
  before: string | null;
  /** Something after the last message was missed and must be fetched. */
  behind: boolean;
}

const NOTHING_YET: Yours = { read_count: 0, draft: false, mentioned: false, participant: false };

function yoursAfter(frame: Frame, yours: Yours, me: Id): Yours {
  if (frame.type !== 'message_created') return yours;
  const { author, mentions } = frame.message;
  const mine = author.kind === 'agent' && author.id === me;
  const mentioned = yours.mentioned || mentions.includes(me);
  const participant = yours.participant || mine;
  return mentioned === yours.mentioned && participant === yours.participant ? yours : { ...yours, mentioned, participant };
}

/** The conversation after a frame; the same object when the frame says nothing new. */
export function applyToConversation(known: Conversation | undefined, frame: Frame, me: Id): Conversation | undefined {
  switch (frame.type) {
    case 'message_created':
    case 'message_changed':
    case 'conversation_changed':
    case 'messages_moved':
      if (known && frame.conversation.version <= known.version) return known;
      return { ...frame.conversation, yours: yoursAfter(frame, known?.yours ?? NOTHING_YET, me) };
    case 'delivery_changed':
      return known && delivered(known, frame.conversation);
    case 'read_changed':
      return known && { ...known, yours: { ...known.yours, read_count: frame.read_count } };
    case 'draft_changed':
      return known;
    case 'conversation_removed':
      return undefined;
    case 'contact_changed':
      if (!known || known.contact.id !== frame.contact.id) return known;
      return {
        ...known,
        contact: {
          id: frame.contact.id,
          name: frame.contact.name,
          language: frame.contact.language,
          verification: frame.contact.verification,
          online: frame.contact.online,
        },
      };
    default:
      return known;
  }
}

/** Marks of delivery do not raise the version and only ever move forward. */
function delivered(known: Conversation, seen: SharedConversation): Conversation {
  const newer = seen.version > known.version ? { ...seen, yours: known.yours } : known;
  return {
    ...newer,
    team_read_seq: Math.max(known.team_read_seq, seen.team_read_seq),
    customer_delivered_seq: Math.max(known.customer_delivered_seq, seen.customer_delivered_seq),
    customer_read_seq: Math.max(known.customer_read_seq, seen.customer_read_seq),
  };
}

/** The loaded messages after a frame. Threads that are not loaded stay so. */
export function applyToThread(thread: Thread | undefined, frame: Frame): Thread | undefined {
  if (!thread || frame.type !== 'message_created') return thread;
  return withMessage(thread, frame.message);
}

/** The newest message of the conversation itself; those of its parts have numbers of their own. */
export const lastOwn = (thread: Thread | undefined, id: Id) => thread?.messages.findLast((message) => message.conversation_id === id);

/** By time; within one conversation by number, whatever the clock did. */
function inOrder(a: Message, b: Message): number {
  if (a.conversation_id === b.conversation_id) return a.seq - b.seq;
  return a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : a.id < b.id ? -1 : 1;
}

/** A message that was edited or redacted, where it is shown. */
export function withChanged(thread: Thread, message: Message): Thread {
  const at = thread.messages.findIndex((known) => known.id === message.id);
  return at < 0 ? thread : { ...thread, messages: thread.messages.with(at, message) };
}

export function withMessage(thread: Thread, message: Message): Thread {
  const last = lastOwn(thread, message.conversation_id);
  if (!last || message.seq === last.seq + 1) return { ...thread, messages: [...thread.messages, message] };
  if (message.seq > last.seq) return { ...thread, behind: true };
  const at = thread.messages.findIndex((known) => known.id === message.id);
  if (at < 0) return thread;
  // The same message again, perhaps with the key that only its author is told.
  const merged = { ...message, key: message.key ?? thread.messages[at]!.key };
  return { ...thread, messages: thread.messages.with(at, merged) };
}

/** Adds what was fetched after the last known message. */
export function withNewer(thread: Thread, newer: Message[], more: boolean): Thread {
  const known = new Set(thread.messages.map((message) => message.id));
  const messages = [...thread.messages, ...newer.filter((message) => !known.has(message.id))].sort(inOrder);
  return { ...thread, messages, behind: more };
}

/** Adds a page of older messages (the server sends pages newest first). */
export function withOlder(thread: Thread | undefined, page: { items: Message[]; next: string | null }): Thread {
  const older = [...page.items].reverse();
  const known = new Set(older.map((message) => message.id));
  const rest = (thread?.messages ?? []).filter((message) => !known.has(message.id));
  return { messages: [...older, ...rest].sort(inOrder), before: page.next, behind: thread?.behind ?? false };
}

/** A fetched conversation never replaces one that the live connection has already brought further. */
export function newerOf(known: Conversation | undefined, fetched: Conversation): Conversation {
  if (!known || fetched.version >= known.version) return fetched;
  return { ...known, yours: fetched.yours };
}

export const unread = (conversation: Conversation): number =>
  Math.max(0, conversation.inbound_count - conversation.yours.read_count);

export type ListKey = View | `team:${Id}` | `reason:${Id}` | `saved:${Id}` | `filter:${string}`;

const needsWork = (conversation: SharedConversation) => conversation.status === 'open' || conversation.status === 'waiting';

/** The same rules by which the server fills its views; saved views and filters the server alone knows. */
export function belongs(conversation: Conversation, list: ListKey, me: Id): boolean {
  if (conversation.merged_into) return false;
  if (list.startsWith('team:')) return conversation.team_id === list.slice(5) && needsWork(conversation);
  if (list.startsWith('reason:')) return isWithin(conversation.contact_reason_id, list.slice(7));
  switch (list as View) {
    case 'mine':
      return conversation.assignee_id === me && needsWork(conversation);
    case 'due':
      return conversation.due !== null;
    case 'mentions':
      return conversation.yours.mentioned && needsWork(conversation);
    case 'participating':
      return conversation.yours.participant && needsWork(conversation);
    case 'unassigned':
      return conversation.assignee_id === null && needsWork(conversation);
    case 'all':
      return needsWork(conversation);
    case 'snoozed':
      return conversation.status === 'snoozed';
    case 'resolved':
      return conversation.status === 'resolved';
  }
}

type ByActivity = Pick<Conversation, 'id' | 'last_activity_at'>;
export type Order = (a: Conversation, b: Conversation) => number;

const byId = (a: { id: Id }, b: { id: Id }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const ascending = (a: string | null, b: string | null) => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1);

/** The orders of saved views, as the server has them. */
export const ORDERS: Record<ViewSort, Order> = {
  last_activity: (a, b) => ascending(b.last_activity_at, a.last_activity_at) || byId(a, b),
  waiting_since: (a, b) => ascending(a.waiting_since, b.waiting_since) || byId(a, b),
  next_deadline: (a, b) => ascending(a.due?.at ?? null, b.due?.at ?? null) || byId(a, b),
  newest: (a, b) => ascending(b.created_at, a.created_at) || byId(a, b),
  oldest: (a, b) => ascending(a.created_at, b.created_at) || byId(a, b),
};

/** Newest activity first; equal times by id, so that every screen agrees. */
export function byActivity(a: ByActivity, b: ByActivity): number {
  if (a.last_activity_at !== b.last_activity_at) return a.last_activity_at < b.last_activity_at ? 1 : -1;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

/** Soonest due first. */
export function byDeadline(a: Pick<Conversation, 'id' | 'due'>, b: Pick<Conversation, 'id' | 'due'>): number {
  const [one, other] = [a.due?.at ?? '', b.due?.at ?? ''];
  if (one !== other) return one < other ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/**
 * The ids of a list after one conversation changed. `complete` says that the list has been loaded to its end;
 * otherwise what belongs below the loaded part is left for the next page.
 */
export function place(
  ids: readonly Id[],
  changed: Conversation | undefined,
  id: Id,
  inList: boolean,
  of: (id: Id) => Conversation | undefined,
  complete: boolean,
  order: Order = byActivity,
): readonly Id[] {
  const present = ids.includes(id);
  if (!changed || !inList) return present ? ids.filter((other) => other !== id) : ids;
  const rest = present ? ids.filter((other) => other !== id) : ids;
  let low = 0;
  let high = rest.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = of(rest[middle]!);
    if (other && order(other, changed) < 0) low = middle + 1;
    else high = middle;
  }
  if (low === rest.length && !complete && !present) return ids;
  if (present && ids[low] === id) return ids;
  return [...rest.slice(0, low), id, ...rest.slice(low)];
}
