import { describe, expect, it } from 'vitest';
import type { Conversation, Id, Message } from '@/api/types';
import { aConversation, aMessage, ME } from '../../tests/cast';
import { applyToConversation, applyToThread, belongs, byActivity, place, unread, withNewer, withOlder, type ListKey, type Thread } from './apply';
import type { Frame } from './frames';

/** A server with one agent's view of it: makes frames and answers with snapshots. */
class Desk {
  conversations = new Map<Id, Conversation>();
  messages = new Map<Id, Message[]>();
  private clock = 0;

  now() {
    return new Date(Date.UTC(2026, 10, 22) + ++this.clock * 1000).toISOString();
  }
  snapshot(list: ListKey): Conversation[] {
    return [...this.conversations.values()].filter((each) => belongs(each, list, ME)).sort(byActivity);
  }
  private frame(next: Conversation): Conversation {
    this.conversations.set(next.id, next);
    const { yours: _yours, ...shared } = next;
    return shared as Conversation;
  }
  opens(id: Id): Frame {
    const fresh = aConversation({ id, version: 1, last_activity_at: this.now() });
    this.messages.set(id, []);
    return { type: 'conversation_changed', conversation_id: id, version: 1, conversation: this.frame(fresh) };
  }
  says(id: Id, kind: Message['kind']): Frame {
    const before = this.conversations.get(id)!;
    const message = aMessage({ id: `${id}-${before.last_seq + 1}`, conversation_id: id, seq: before.last_seq + 1, kind, author: kind === 'inbound' ? { kind: 'contact', id: 'c', name: null } : { kind: 'agent', id: ME, name: 'Sam' } });
    this.messages.get(id)!.push(message);
    const conversation = this.frame({
      ...before,
      version: before.version + 1,
      last_seq: message.seq,
      inbound_count: before.inbound_count + (kind === 'inbound' ? 1 : 0),
      last_activity_at: this.now(),
      yours: { ...before.yours, participant: before.yours.participant || kind !== 'inbound' },
    });
    return { type: 'message_created', conversation_id: id, version: conversation.version, message, conversation };
  }
  changes(id: Id, change: Partial<Conversation>): Frame {
    const before = this.conversations.get(id)!;
    const conversation = this.frame({ ...before, ...change, version: before.version + 1, last_activity_at: this.now() });
    return { type: 'conversation_changed', conversation_id: id, version: conversation.version, conversation };
  }
}

/** The console's side: what it knows after frames, by the rules under test only. */
class Screen {
  conversations = new Map<Id, Conversation>();
  threads = new Map<Id, Thread>();
  lists = new Map<ListKey, readonly Id[]>();

  constructor(desk: Desk, lists: ListKey[]) {
    for (const conversation of desk.conversations.values()) this.conversations.set(conversation.id, conversation);
    for (const key of lists) this.lists.set(key, desk.snapshot(key).map((each) => each.id));
    for (const [id, messages] of desk.messages) this.threads.set(id, { messages: [...messages], before: null, behind: false });
  }
  take(frame: Frame) {
    if (!('conversation_id' in frame)) return;
    const id = frame.conversation_id;
    const next = applyToConversation(this.conversations.get(id), frame, ME);
    if (next) this.conversations.set(id, next);
    else this.conversations.delete(id);
    for (const [key, ids] of this.lists) {
      this.lists.set(key, place(ids, next, id, !!next && belongs(next, key, ME), (other) => this.conversations.get(other), true));
    }
    const thread = applyToThread(this.threads.get(id) ?? { messages: [], before: null, behind: false }, frame);
    if (thread) this.threads.set(id, thread);
  }
}

function random(seed: number) {
  return () => {
    seed = (seed * 1664525 + 1013904223) % 2 ** 32;
    return seed / 2 ** 32;
  };
}

const LISTS: ListKey[] = ['mine', 'unassigned', 'all', 'participating', 'snoozed', 'resolved', 'team:t1'];

describe('a snapshot with the frames since then is a fresh snapshot', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed + 1))('day %i', (seed) => {
    const chance = random(seed);
    const pick = <T>(of: readonly T[]): T => of[Math.floor(chance() * of.length)]!;
    const desk = new Desk();
    for (let at = 0; at < 6; at++) desk.opens(`a${at}`);
    const screen = new Screen(desk, LISTS);

    const sent: Frame[] = [];
    for (let step = 0; step < 60; step++) {
      const ids = [...desk.conversations.keys()];
      const frame =
        chance() < 0.1
          ? desk.opens(`b${step}`)
          : chance() < 0.5
            ? desk.says(pick(ids), pick(['inbound', 'reply', 'note'] as const))
            : desk.changes(pick(ids), pick([
                { status: 'resolved' as const }, { status: 'open' as const }, { status: 'snoozed' as const },
                { assignee_id: ME }, { assignee_id: 'other' }, { assignee_id: null }, { team_id: 't1' }, { team_id: null },
              ]));
      sent.push(frame);
      screen.take(frame);
      // The hub may publish a change twice; an old frame may also come again.
      if (chance() < 0.3) screen.take(pick(sent));
    }

    for (const [id, conversation] of desk.conversations) expect(screen.conversations.get(id)).toEqual(conversation);
    for (const key of LISTS) expect(screen.lists.get(key)).toEqual(desk.snapshot(key).map((each) => each.id));
    for (const [id, messages] of desk.messages) expect(screen.threads.get(id)?.messages ?? []).toEqual(messages);
  });
});

describe('a conversation', () => {
  const known = aConversation({ id: 'a', version: 5, inbound_count: 3, yours: { read_count: 1, draft: true, mentioned: false, participant: true } });

  it('keeps what is yours, which frames do not say', () => {
    const { yours: _yours, ...shared } = { ...known, version: 6, inbound_count: 4 };
    const next = applyToConversation(known, { type: 'conversation_changed', conversation_id: 'a', conversation: shared }, ME)!;
    expect(next.yours).toEqual(known.yours);
    expect(unread(next)).toBe(3);
  });

  it('is not set back by an older frame', () => {
    const { yours: _yours, ...shared } = { ...known, version: 4, subject: 'Old' };
    expect(applyToConversation(known, { type: 'conversation_changed', conversation_id: 'a', conversation: shared }, ME)).toBe(known);
  });

  it('becomes mentioned when a note names you', () => {
    const message = aMessage({ kind: 'note', mentions: [ME] });
    const { yours: _yours, ...shared } = { ...known, version: 6 };
    expect(applyToConversation(known, { type: 'message_created', conversation_id: 'a', message, conversation: shared }, ME)!.yours.mentioned).toBe(true);
  });

  it('moves marks of delivery forward without a new version, never back', () => {
    const { yours: _yours, ...shared } = { ...known, customer_read_seq: 7 };
    const frame: Frame = { type: 'delivery_changed', conversation_id: 'a', up_to_seq: 7, side: 'customer', state: 'read', conversation: shared };
    const read = applyToConversation(known, frame, ME)!;
    expect(read.customer_read_seq).toBe(7);
    const late: Frame = { ...frame, up_to_seq: 3, conversation: { ...shared, customer_read_seq: 3 } };
    expect(applyToConversation(read, late, ME)!.customer_read_seq).toBe(7);
  });
});

describe('messages', () => {
  const thread: Thread = { messages: [aMessage({ id: 'm1', seq: 1 }), aMessage({ id: 'm2', seq: 2 })], before: null, behind: false };
  const arrives = (seq: number): Frame => ({ type: 'message_created', conversation_id: 'a', message: aMessage({ id: `m${seq}`, seq }), conversation: aConversation({ id: 'a' }) });

  it('know that they are behind when one was missed', () => {
    const next = applyToThread(thread, arrives(4))!;
    expect(next.behind).toBe(true);
    expect(withNewer(next, [aMessage({ id: 'm3', seq: 3 }), aMessage({ id: 'm4', seq: 4 })], false)).toMatchObject({ behind: false, messages: [{ seq: 1 }, { seq: 2 }, { seq: 3 }, { seq: 4 }] });
  });

  it('show the same message once', () => {
    expect(applyToThread(thread, arrives(2))!.messages).toHaveLength(2);
  });

  it('take older pages in front', () => {
    const page = { items: [aMessage({ id: 'm2', seq: 2 }), aMessage({ id: 'm1', seq: 1 })], next: 'more' };
    const later: Thread = { messages: [aMessage({ id: 'm3', seq: 3 })], before: 'x', behind: false };
    expect(withOlder(later, page)).toMatchObject({ before: 'more', messages: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] });
  });
});

it('a list that is not loaded to its end leaves what belongs further down to the next page', () => {
  const old = aConversation({ id: 'old', last_activity_at: '2026-01-01T00:00:00Z' });
  const of = (id: Id) => (id === 'new' ? aConversation({ id: 'new', last_activity_at: '2026-11-22T00:00:00Z' }) : old);
  expect(place(['new'], old, 'old', true, of, false)).toEqual(['new']);
  expect(place(['new'], old, 'old', true, of, true)).toEqual(['new', 'old']);
});

describe('what was merged into a conversation', () => {
  const at = (minute: number) => `2026-11-22T14:0${minute}:00.000000Z`;
  const own = (seq: number, minute: number) => aMessage({ id: `own${seq}`, conversation_id: 'a', seq, created_at: at(minute) });
  const part = (seq: number, minute: number) => aMessage({ id: `part${seq}`, conversation_id: 'b', seq, created_at: at(minute) });

  it('stands among its messages by time, and by number where the clock was wrong', () => {
    const thread = withOlder(undefined, { items: [own(3, 4), part(2, 3), own(2, 1), part(1, 2), own(1, 2)], next: null });
    expect(thread.messages.map(({ id }) => id).filter((id) => id.startsWith('own'))).toEqual(['own1', 'own2', 'own3']);
    expect(withOlder(undefined, { items: [own(2, 4), part(2, 3), part(1, 2), own(1, 1)], next: null }).messages.map(({ id }) => id)).toEqual(['own1', 'part1', 'part2', 'own2']);
  });
  it('has numbers of its own: the next message is told by those of the conversation', () => {
    const thread = withOlder(undefined, { items: [part(9, 3), own(2, 2), own(1, 1)], next: null });
    expect(applyToThread(thread, { type: 'message_created', conversation_id: 'a', message: own(3, 4), conversation: aConversation({}) })?.messages.at(-1)?.id).toBe('own3');
    expect(applyToThread(thread, { type: 'message_created', conversation_id: 'a', message: own(5, 4), conversation: aConversation({}) })?.behind).toBe(true);
  });
  it('is in no list', () => {
    for (const list of LISTS) expect(belongs(aConversation({ merged_into: 'a' }), list, ME)).toBe(false);
  });
});
