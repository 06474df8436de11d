// What is being written in the open conversation: a reply or a note, its text and its files.

import { computed, ref, watch, type Ref } from 'vue';
import type { Attachment, Id, Mode } from '@/api/types';
import { isEmpty, useDrafts } from '@/stores/drafts';
import { useLive } from '@/stores/live';
import { useSession } from '@/stores/session';

export function useWriting(id: Ref<Id>, hasFocus: () => boolean) {
  const drafts = useDrafts();
  const live = useLive();
  const session = useSession();

  // A conversation opens in reply, unless only a note was begun here, or only notes may be written.
  const startMode = (): Mode => {
    if (!session.can('conversations.write')) return 'note';
    return session.can('conversations.note') && begunNote() ? 'note' : 'reply';
  };
  const begunNote = () => isEmpty(drafts.box(id.value, 'reply')) && !isEmpty(drafts.box(id.value, 'note'));
  const mode = ref<Mode>(startMode());
  const isNote = computed(() => mode.value === 'note');
  const box = computed(() => drafts.box(id.value, mode.value));
  const text = computed({
    get: () => box.value.text,
    set: (value: string) => {
      drafts.write(id.value, mode.value, { text: value });
      if (value.trim()) live.typing(id.value, mode.value);
      else live.stoppedTyping();
    },
  });

  let touched = false;
  const touch = () => (touched = true);
  watch(id, () => {
    touched = false;
    mode.value = startMode();
  });
  // A note begun on another device arrives a moment after opening.
  watch(
    () => drafts.box(id.value, 'note').text,
    () => {
      if (!touched && !hasFocus()) mode.value = startMode();
    },
  );

  function change(to: Mode) {
    if (mode.value !== to) live.stoppedTyping();
    mode.value = to;
  }

  const addFile = (file: Attachment, to: { id: Id; mode: Mode }) =>
    drafts.write(to.id, to.mode, { attachments: [...drafts.box(to.id, to.mode).attachments, file] });
  const removeFile = (file: Attachment) =>
    drafts.write(id.value, mode.value, { attachments: box.value.attachments.filter((other) => other.id !== file.id) });

  /** A name was begun in a reply: what is written moves over, so the customer never sees it. */
  function becomeNote() {
    const { text: moved, attachments } = drafts.box(id.value, 'reply');
    const note = drafts.box(id.value, 'note');
    drafts.write(id.value, 'note', {
      text: [note.text, moved].filter((part) => part.trim()).join('\n'),
      attachments: [...note.attachments, ...attachments],
    });
    drafts.write(id.value, 'reply', { text: '', attachments: [] });
    change('note');
  }

  return { mode, isNote, box, text, touch, change, addFile, removeFile, becomeNote };
}
