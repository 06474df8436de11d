// The dialog in which the inbox is filtered: open for a new filter, for one that is shown, or for a saved view.

import { reactive } from 'vue';
import type { Condition, SavedView } from '@/api/types';
import type { ListKey } from '@/live/apply';
import { useSavedViews } from '@/stores/savedViews';

export const savedMenu = reactive<{ open: boolean; view: SavedView | null; condition: Condition | null }>({ open: false, view: null, condition: null });

export function openFilter(view: SavedView | null = null, condition: Condition | null = null) {
  Object.assign(savedMenu, { view, condition, open: true });
}

/** Opens it for what is shown: a filter goes on where it was, any other list begins a new one. */
export function useFilter() {
  const saved = useSavedViews();
  return (key: ListKey) => {
    if (key.startsWith('filter:')) return openFilter(null, JSON.parse(key.slice(7)) as Condition);
    const view = key.startsWith('saved:') ? saved.byId.get(key.slice(6)) : undefined;
    openFilter(view?.may_change ? view : null, view?.condition ?? null);
  };
}
