// Single keys, outside text fields, and pairs such as "g i".

import { onMounted, onUnmounted } from 'vue';
import { usePreferences } from '@/stores/preferences';
import { useActions } from './actions';
import { inTextField, keyOf } from './keys';

const PAIR_WITHIN_MS = 1200;

/** A dialog or menu is open: its own keys count. */
export const covered = () => document.querySelector('[role="dialog"][data-state="open"], [role="menu"][data-state="open"]') !== null;

export function listenForShortcuts(): void {
  const actions = useActions();
  const preferences = usePreferences();
  let first = '';
  let firstAt = 0;

  function pressed(event: KeyboardEvent) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!preferences.now.shortcuts_on || inTextField(event) || covered()) return;
    const key = keyOf(event);
    if (['Shift', 'CapsLock', 'Dead'].includes(key)) return;
    const pair = first && Date.now() - firstAt < PAIR_WITHIN_MS ? `${first} ${key}` : '';
    first = '';
    const action = (pair && actions.byKeys.get(pair)) || actions.byKeys.get(key);
    if (action) {
      if (!(action.available?.() ?? true)) return;
      event.preventDefault();
      actions.run(action);
    } else if ([...actions.byKeys.keys()].some((keys) => keys.startsWith(`${key} `))) {
      first = key;
      firstAt = Date.now();
    }
  }

  onMounted(() => window.addEventListener('keydown', pressed));
  onUnmounted(() => window.removeEventListener('keydown', pressed));
}
