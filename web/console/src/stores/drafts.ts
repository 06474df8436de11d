// What is being written, by conversation and mode. Every key is kept in this browser at once and on the server
// half a second after the last one, so nothing typed is lost and another device can go on with it.

import { shallowReactive } from 'vue';
import { defineStore } from 'pinia';
import * as api from '@/api/conversations';
import { mayPass } from '@/api/problem';
import type { Attachment, Draft, Id, Mode } from '@/api/types';
import type { Frame } from '@/live/frames';
import { useConversations } from './conversations';
import { useSession } from './session';
import { forget, keep, kept, keptNames } from './kept';

export interface Box {
  text: string;
  attachments: Attachment[];
  changed_at: string;
  /** Not yet on the server. */
  unsaved: boolean;
}

const SAVE_AFTER_MS = 500;
const AGAIN_AFTER_MS = 5000;
const EMPTY: Box = { text: '', attachments: [], changed_at: '', unsaved: false };
const MODES: Mode[] = ['reply', 'note'];

export const isEmpty = (box: Box) => box.text.trim() === '' && box.attachments.length === 0;

export const useDrafts = defineStore('drafts', () => {
  const session = useSession();
  const boxes = shallowReactive(new Map<string, Box>());
  const timers = new Map<string, number>();
  /** Writes of one draft go out one after the other, so an older text can never overtake a newer one. */
  const writing = new Map<string, Promise<void>>();

  const nameOf = (id: Id, mode: Mode) => `${id} ${mode}`;
  const prefix = () => `rapport.draft.${session.id} `;

  const box = (id: Id, mode: Mode): Box => boxes.get(nameOf(id, mode)) ?? EMPTY;
  const has = (id: Id) => MODES.some((mode) => !isEmpty(box(id, mode)));

  function set(name: string, next: Box) {
    boxes.set(name, next);
    if (isEmpty(next) && !next.unsaved) forget(prefix() + name);
    else keep(prefix() + name, next);
  }

  function write(id: Id, mode: Mode, change: Partial<Pick<Box, 'text' | 'attachments'>>) {
    const name = nameOf(id, mode);
    set(name, { ...box(id, mode), ...change, changed_at: new Date().toISOString(), unsaved: true });
    saveLater(id, mode, SAVE_AFTER_MS);
  }

  function saveLater(id: Id, mode: Mode, after: number) {
    const name = nameOf(id, mode);
    clearTimeout(timers.get(name));
    timers.set(name, window.setTimeout(() => void save(id, mode), after));
  }

  function save(id: Id, mode: Mode): Promise<void> {
    const name = nameOf(id, mode);
    clearTimeout(timers.get(name));
    timers.delete(name);
    const done = (writing.get(name) ?? Promise.resolve()).then(() => saveNow(id, mode));
    writing.set(name, done);
    return done;
  }

  async function saveNow(id: Id, mode: Mode) {
    const name = nameOf(id, mode);
    const now = box(id, mode);
    if (!now.unsaved) return;
    try {
      if (isEmpty(now)) await api.dropDraft(id, mode);
      else await api.saveDraft(id, mode, now.text, now.attachments.map((file) => file.id));
    } catch (error) {
      if (mayPass(error) && !timers.has(name)) saveLater(id, mode, AGAIN_AFTER_MS);
      return;
    }
    const later = box(id, mode);
    if (later.changed_at === now.changed_at) set(name, { ...later, unsaved: false });
    useConversations().yours(id, { draft: has(id) });
  }

  /** Empties the box because its text is being sent; resolves when no older write can arrive after the message. */
  function sent(id: Id, mode: Mode): Promise<void> {
    const name = nameOf(id, mode);
    clearTimeout(timers.get(name));
    timers.delete(name);
    set(name, { ...EMPTY, changed_at: new Date().toISOString() });
    useConversations().yours(id, { draft: has(id) });
    return writing.get(name) ?? Promise.resolve();
  }

  function take(id: Id, draft: { mode: Mode; text: string; attachments: Attachment[]; updated_at: string }) {
    const mine = box(id, draft.mode);
    // What was typed here and has not reached the server wins: it is the newest.
    const sameFiles = mine.attachments.map((file) => file.id).join() === draft.attachments.map((file) => file.id).join();
    if (mine.unsaved || (mine.text === draft.text && sameFiles)) return;
    const name = nameOf(id, draft.mode);
    set(name, { text: draft.text, attachments: draft.attachments, changed_at: draft.updated_at, unsaved: false });
  }

  const attachmentsOf = (draft: Pick<Draft, 'attachment_ids'>, mine: Box): Attachment[] =>
    draft.attachment_ids.map((id) => mine.attachments.find((file) => file.id === id) ?? api.nameless(id));

  /** A draft says which files it has; what they are called is asked for once the draft can be read. */
  async function nameFiles(id: Id, mode: Mode) {
    const unknown = box(id, mode).attachments.filter((file) => !file.name);
    const named = new Map<Id, Attachment>();
    await Promise.all(unknown.map(async ({ id: file }) => named.set(file, await api.aboutFile(file).catch(() => api.nameless(file)))));
    const now = box(id, mode);
    if (named.size) set(nameOf(id, mode), { ...now, attachments: now.attachments.map((file) => named.get(file.id) ?? file) });
  }

  /** Reads what the server keeps, for a conversation that is being opened. */
  async function load(id: Id) {
    const { items } = await api.drafts(id);
    for (const draft of items) {
      take(id, { ...draft, attachments: attachmentsOf(draft, box(id, draft.mode)) });
      void nameFiles(id, draft.mode);
    }
    for (const mode of MODES) {
      const mine = box(id, mode);
      if (!items.some((draft) => draft.mode === mode) && !mine.unsaved && !isEmpty(mine)) set(nameOf(id, mode), EMPTY);
    }
  }

  /** A draft goes where its conversation went: what the server has of it comes from there, what it has not goes with it. */
  function follow(id: Id, into: Id) {
    for (const mode of MODES) {
      const { text, attachments, unsaved } = box(id, mode);
      if (unsaved && !isEmpty(box(id, mode))) {
        const there = box(into, mode);
        write(into, mode, { text: [there.text, text].filter(Boolean).join('\n\n'), attachments: [...there.attachments, ...attachments] });
      }
      set(nameOf(id, mode), EMPTY);
    }
  }

  function apply(frame: Frame) {
    if (frame.type === 'messages_moved' && frame.conversation.merged_into) follow(frame.conversation_id, frame.conversation.merged_into);
    if (frame.type !== 'draft_changed') return;
    const { conversation_id, mode, text, updated_at } = frame;
    take(conversation_id, { mode, text, updated_at, attachments: attachmentsOf(frame, box(conversation_id, mode)) });
    void nameFiles(conversation_id, mode);
    useConversations().yours(conversation_id, { draft: has(conversation_id) || text !== '' || frame.attachment_ids.length > 0 });
  }

  /** Brings back what was typed before a reload and sends what the server does not have yet. */
  function restore() {
    for (const full of keptNames(prefix())) {
      const name = full.slice(prefix().length);
      const [id, mode] = name.split(' ') as [Id, Mode];
      const found = kept<Box>(full);
      if (!found) continue;
      boxes.set(name, found);
      if (found.unsaved) saveLater(id, mode, SAVE_AFTER_MS);
    }
  }

  function clear() {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
    boxes.clear();
  }

  return { boxes, box, has, write, save, sent, load, apply, restore, clear };
});
