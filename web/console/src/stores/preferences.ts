// How this person likes the console. Kept with the agent on the server, and in the browser so that the first
// paint is already right.

import { reactive, watch } from 'vue';
import { defineStore } from 'pinia';
import { useSession } from './session';
import { keep, kept } from './kept';

export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  text_size: number;
  density: 'card' | 'compact' | 'table';
  enter_sends: boolean;
  shortcuts_on: boolean;
  /** Action to keys, where the person changed them; an empty text switches one off. */
  shortcuts: Record<string, string>;
  sound: boolean;
  desktop_notice: boolean;
  list_width: number;
  panel_width: number;
  panel_open: boolean;
  recent_actions: string[];
}

/** The densities of a list, in the order in which a key goes through them. */
export const AFTER = { card: 'compact', compact: 'table', table: 'card' } as const;

export const USUAL_LIST_WIDTH = 340;
export const TEXT_SIZES = [90, 100, 110, 125, 140] as const;

const usual = (): Preferences => ({
  theme: 'system',
  text_size: 100,
  density: 'card',
  enter_sends: false,
  shortcuts_on: true,
  shortcuts: {},
  sound: false,
  desktop_notice: false,
  list_width: USUAL_LIST_WIDTH,
  panel_width: 336,
  panel_open: true,
  recent_actions: [],
});

const NAME = 'rapport.preferences';
const SAVE_AFTER_MS = 800;

/** Takes only what has the right kind: settings may come from another version. */
function sound(stored: Record<string, unknown> | null): Partial<Preferences> {
  const base = usual() as unknown as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(stored ?? {}).filter(([name, value]) => name in base && typeof value === typeof base[name]),
  );
}

export const usePreferences = defineStore('preferences', () => {
  const session = useSession();
  const now = reactive<Preferences>({ ...usual(), ...sound(kept(NAME)) });
  let saved = '';
  let timer = 0;

  function takeFromServer(settings: Record<string, unknown>) {
    Object.assign(now, sound(settings));
    saved = JSON.stringify(now);
  }

  async function save() {
    const text = JSON.stringify(now);
    if (!session.me || text === saved) return;
    saved = text;
    // The browser's copy holds; the next change brings the server up to date.
    await session.change({ settings: JSON.parse(text) as Record<string, unknown> }).catch(() => (saved = ''));
  }

  watch(now, () => {
    keep(NAME, now);
    clearTimeout(timer);
    timer = window.setTimeout(() => void save(), SAVE_AFTER_MS);
  });

  return { now, takeFromServer };
});
