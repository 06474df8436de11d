// Every command of the console, once. Keys, palette, tooltips and the sheet of shortcuts all read this list,
// so they cannot drift apart.

import { computed, onScopeDispose, shallowReactive } from 'vue';
import { defineStore } from 'pinia';
import { usePreferences } from '@/stores/preferences';
import { ALL_ACTIONS, type ListedAction } from './list';
import { shownKeys } from './keys';
import { t } from '../i18n';

export type ActionGroup = 'conversation' | 'writing' | 'go' | 'appearance' | 'help';

export interface Action {
  id: string;
  group: ActionGroup;
  /** Already in the agent's language. */
  title: () => string;
  available?: () => boolean;
  run: () => void;
}

type Run = () => void;
export type Brought = Record<string, Run | { run: Run; available: () => boolean }>;

export const titleOf = (entry: ListedAction): string => t(entry.title, entry.place ? { place: t(entry.place) } : {});
const listed = (id: string) => ALL_ACTIONS.find((entry) => entry.id === id);

export const GROUPS: ActionGroup[] = ['conversation', 'writing', 'go', 'appearance', 'help'];
const RECENT = 6;
/** Pressed a hundred times a day: nobody looks for them among the last used, and each would be saved. */
const NOT_RECENT = ['next', 'previous'];

export const useActions = defineStore('actions', () => {
  const preferences = usePreferences();
  const byId = shallowReactive(new Map<string, Action>());
  const stacks = new Map<string, Action[]>();
  const providers = shallowReactive(new Set<() => Action[]>());

  const keysOf = (id: string): string => preferences.now.shortcuts[id] ?? listed(id)?.keys ?? '';
  const shown = (id: string): string => {
    const keys = preferences.now.shortcuts_on ? keysOf(id) : '';
    return keys && shownKeys(keys);
  };
  const byKeys = computed(() => {
    const map = new Map<string, Action>();
    for (const action of byId.values()) {
      const keys = keysOf(action.id);
      if (keys) map.set(keys, action);
    }
    return map;
  });
  const all = computed(() => ALL_ACTIONS.map((entry) => byId.get(entry.id)).filter((action): action is Action => !!action));

  /** A page brings what the commands do; their names, groups and keys stand in the list. A part of the page may take a command over while it is there. */
  function register(brought: Brought) {
    const actions = Object.entries(brought).map(([id, what]) => {
      const entry = listed(id)!;
      const { run, available } = typeof what === 'function' ? { run: what, available: undefined } : what;
      return { id, group: entry.group, title: () => titleOf(entry), run, available };
    });
    for (const action of actions) {
      stacks.set(action.id, [...(stacks.get(action.id) ?? []), action]);
      byId.set(action.id, action);
    }
    onScopeDispose(() => {
      for (const action of actions) {
        const rest = (stacks.get(action.id) ?? []).filter((other) => other !== action);
        stacks.set(action.id, rest);
        if (rest.length) byId.set(action.id, rest.at(-1)!);
        else byId.delete(action.id);
      }
    });
  }

  /** Commands that depend on the moment, for the palette only. */
  function provide(more: () => Action[]) {
    providers.add(more);
    onScopeDispose(() => providers.delete(more));
  }

  const now = () => [...all.value, ...[...providers].flatMap((more) => more())].filter((action) => action.available?.() ?? true);

  function run(action: Action) {
    if (!(action.available?.() ?? true)) return;
    if (!NOT_RECENT.includes(action.id)) {
      const recent = preferences.now.recent_actions.filter((id) => id !== action.id);
      preferences.now.recent_actions = [action.id, ...recent].slice(0, RECENT);
    }
    action.run();
  }

  function runById(id: string) {
    const action = byId.get(id);
    if (action) run(action);
  }

  /** Another command that already has these keys. */
  const taken = (keys: string, except: string) => ALL_ACTIONS.find((entry) => entry.id !== except && keysOf(entry.id) === keys);

  /** An empty text takes the key away. */
  function remap(id: string, keys: string) {
    const rest = { ...preferences.now.shortcuts };
    if (keys === listed(id)?.keys) delete rest[id];
    else rest[id] = keys;
    preferences.now.shortcuts = rest;
  }

  return { all, keysOf, shown, byKeys, register, provide, now, run, runById, taken, remap };
});
