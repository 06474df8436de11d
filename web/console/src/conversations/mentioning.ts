// Naming a colleague while writing: who is offered after an @, and what choosing does to the text.

import { computed, nextTick, ref, watch, type Ref } from 'vue';
import { fuzzy } from '@/search/fuzzy';
import { useDirectory } from '@/stores/directory';
import { useSession } from '@/stores/session';
import { mentionAt } from './text';

/** A colleague, or a team whose members are meant. */
export interface Named {
  id: string;
  name: string;
}

const OFFERED = 6;
/** Longer than a name: somebody writes an address or a handle. */
const NAME_AT_MOST = 20;

export function useMentioning(field: Ref<HTMLTextAreaElement | null>, text: Ref<string>, isNote: Ref<boolean>) {
  const directory = useDirectory();
  const session = useSession();
  const cursor = ref(0);
  /** Which of those offered is marked. */
  const at = ref(0);
  const closed = ref(false);

  const mention = computed(() => (closed.value ? null : mentionAt(text.value, cursor.value)));
  const people = computed(() => {
    if (!isNote.value || !mention.value) return [];
    const { typed } = mention.value;
    const others: Named[] = directory.colleagues.filter((agent) => agent.id !== session.id);
    return [...others, ...directory.teamList].filter(({ name }) => fuzzy(typed, name) >= 100).slice(0, OFFERED);
  });
  /** A name begun in a reply would reach the customer. */
  const offerNote = computed(() => !isNote.value && mention.value !== null && mention.value.typed.length < NAME_AT_MOST);
  watch(people, () => (at.value = 0));
  watch(text, () => (closed.value = false));

  function follow() {
    cursor.value = field.value?.selectionStart ?? 0;
  }
  async function goOnAt(position: number) {
    await nextTick();
    field.value?.focus();
    field.value?.setSelectionRange(position, position);
    follow();
  }

  function insert(agent: Named) {
    const from = mention.value?.from ?? cursor.value;
    const rest = text.value.slice(cursor.value);
    const start = `${text.value.slice(0, from)}@${agent.name} `;
    text.value = start + rest.replace(/^ /, '');
    return goOnAt(start.length);
  }

  function begin() {
    const before = text.value.slice(0, cursor.value);
    const mark = before && !/\s$/.test(before) ? ' @' : '@';
    text.value = before + mark + text.value.slice(cursor.value);
    return goOnAt(before.length + mark.length);
  }

  /** True when the key was for the list of names. */
  function key(event: KeyboardEvent): boolean {
    const count = people.value.length;
    if (!count || event.ctrlKey || event.metaKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) at.value = (at.value + step + count) % count;
    else if (event.key === 'Enter' || event.key === 'Tab') void insert(people.value[at.value]!);
    else if (event.key === 'Escape') closed.value = true;
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return { at, people, offerNote, follow, goOnAt, insert, begin, key };
}
