// The dialog in which the inbox is filtered: open for a new filter, for one that is shown, or for a saved view.

import { reactive } from 'vue';
import type { Condition, SavedView } from '@/api/types';

export const savedMenu = reactive<{ open: boolean; view: SavedView | null; condition: Condition | null }>({ open: false, view: null, condition: null });

export function openFilter(view: SavedView | null = null, condition: Condition | null = null) {
  Object.assign(savedMenu, { view, condition, open: true });
}
