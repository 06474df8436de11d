// Calling a canned response while writing: a slash and the beginning of its shortcut, name or text.

import { computed, nextTick, ref, watch, type Ref } from 'vue';
import type { Id, OfferedResponse } from '@/api/types';
import { fitting, useOffered } from './offered';

const SHOWN = 40;
/** Longer than what one looks for: somebody writes a sentence with a slash in it. */
const TYPED_AT_MOST = 30;

/** What is typed after a slash that begins a word, just before the cursor. */
export function slashAt(text: string, cursor: number): { from: number; typed: string } | null {
  const match = /(?:^|\s)\/([^\s/][^\n/]*|)$/u.exec(text.slice(0, cursor));
  if (!match || match[1]!.length > TYPED_AT_MOST) return null;
  return { from: cursor - match[1]!.length - 1, typed: match[1]! };
}

/** Puts words into a field as if they were typed, so that undoing takes them back. */
export function typeInto(field: HTMLTextAreaElement, from: number, to: number, words: string) {
  field.focus();
  field.setSelectionRange(from, to);
  // Outdated, and still the one way that browsers can undo.
  if (document.execCommand?.('insertText', false, words)) return;
  field.setRangeText(words, from, to, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

export function useSlash(field: Ref<HTMLTextAreaElement | null>, text: Ref<string>, id: Ref<Id>) {
  const offered = useOffered();
  const cursor = ref(0);
  const at = ref(0);
  /** Where the agent said no: there it stays closed. */
  const closedAt = ref(-1);
  /** What the inserted text lacks, until it is sent or read. */
  const missing = ref<string[]>([]);

  const slash = computed(() => {
    const found = slashAt(text.value, cursor.value);
    return found && found.from !== closedAt.value ? found : null;
  });
  const offer = computed(() => offered.byConversation.get(id.value));
  const found = computed(() => (slash.value ? fitting(offer.value?.items ?? [], slash.value.typed).slice(0, SHOWN) : []));
  /** Open while there is something to choose; without anything only right after the slash, to say why. */
  const open = computed(() => !!slash.value && !!offer.value && (found.value.length > 0 || slash.value.typed === ''));
  const loading = computed(() => !!offer.value?.loading);
  const chosen = computed(() => found.value[at.value]);

  watch(found, () => (at.value = 0));
  watch(() => slash.value?.from, (from) => from !== undefined && void offered.load(id.value));
  watch(id, () => {
    closedAt.value = -1;
    missing.value = [];
    cursor.value = 0;
  });
  watch(text, (now) => {
    if (!now) missing.value = [];
    if (now[closedAt.value] !== '/') closedAt.value = -1;
  });

  function follow() {
    const el = field.value;
    cursor.value = el && el.selectionStart === el.selectionEnd ? el.selectionStart : 0;
  }

  async function insert(response: OfferedResponse) {
    const el = field.value;
    const from = slash.value?.from;
    if (!el || from === undefined) return;
    typeInto(el, from, cursor.value, response.text);
    missing.value = response.missing;
    offered.used(id.value, response);
    await nextTick();
    follow();
  }

  /** Begins as if the slash had been typed. */
  async function begin() {
    const el = field.value;
    if (!el) return;
    const place = el.selectionEnd;
    const before = text.value.slice(0, place);
    typeInto(el, place, place, before && !/\s$/.test(before) ? ' /' : '/');
    closedAt.value = -1;
    await nextTick();
    follow();
  }

  /** True when the key was for the list. */
  function key(event: KeyboardEvent): boolean {
    if (!open.value || event.ctrlKey || event.metaKey || event.altKey) return false;
    const count = found.value.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') closedAt.value = slash.value!.from;
    else if (!count) return false;
    else if (step) at.value = (at.value + step + count) % count;
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') void insert(chosen.value!);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return { at, open, offer, loading, found, missing, follow, insert, begin, key };
}
