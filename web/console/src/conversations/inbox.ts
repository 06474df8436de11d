// Where the agent is in the inbox. The address is the truth: view, conversation and message are in it.

import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { Id, View } from '@/api/types';
import type { ListKey } from '@/live/apply';
import { useConversations } from '@/stores/conversations';
import { useLists } from '@/stores/lists';
import { useThreads } from '@/stores/threads';

export const VIEWS: View[] = ['mine', 'due', 'mentions', 'participating', 'unassigned', 'all', 'snoozed', 'resolved'];

const PREFIXES = ['team:', 'reason:', 'saved:', 'filter:'];
const isKey = (text: string): text is ListKey => PREFIXES.some((prefix) => text.startsWith(prefix)) || (VIEWS as string[]).includes(text);

export function useInbox() {
  const route = useRoute();
  const router = useRouter();
  const lists = useLists();
  const conversations = useConversations();
  const threads = useThreads();

  const key = computed<ListKey>(() => {
    const view = String(route.params.view ?? 'mine');
    return isKey(view) ? view : 'mine';
  });
  const selectedId = computed<Id>(() => String(route.params.conversation ?? ''));
  const selected = computed(() => conversations.byId.get(selectedId.value));

  function open(id: Id | null, options: { replace?: boolean } = {}) {
    const to = { name: 'inbox', params: { view: key.value, conversation: id ?? '' } };
    return options.replace ? router.replace(to) : router.push(to);
  }

  /** The conversation that comes `step` rows further down, by the order shown. */
  function neighbour(step: number, from = selectedId.value): Id | null {
    const { shown } = lists.current;
    const at = shown.indexOf(from);
    if (at < 0) return step > 0 ? (shown[0] ?? null) : null;
    return shown[at + step] ?? null;
  }

  function move(step: number) {
    const next = neighbour(step);
    if (next) void open(next, { replace: true });
  }

  /** Where to go when the open conversation leaves the list. */
  const afterThis = () => neighbour(1) ?? neighbour(-1);

  /** Has the messages of the rows around ready before they are asked for. */
  async function prefetchAround() {
    for (const step of [1, 2, -1, 3]) {
      const id = neighbour(step);
      if (id && !threads.byId.has(id)) await threads.open(id).catch(() => {});
    }
  }

  return { key, selectedId, selected, open, neighbour, move, afterThis, prefetchAround };
}
