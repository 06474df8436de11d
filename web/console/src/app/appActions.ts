// Commands that work on every page.

import { useRouter } from 'vue-router';
import { VIEWS } from '@/conversations/inbox';
import { AFTER, usePreferences } from '@/stores/preferences';
import { useToasts } from '@/stores/toasts';
import { shownTheme } from './appearance';
import { useActions } from './keyboard/actions';

export function registerAppActions(open: { openPalette: () => void; openSheet: () => void }): void {
  const router = useRouter();
  const actions = useActions();
  const preferences = usePreferences();
  const toasts = useToasts();

  const go = (name: string) => () => void router.push({ name });
  const goToViews = VIEWS.map((view) => [`go_${view}`, () => void router.push({ name: 'inbox', params: { view } })]);

  actions.register({
    palette: open.openPalette,
    sheet: open.openSheet,
    undo: { run: () => void toasts.undo(), available: () => !!toasts.current?.undo },
    ...Object.fromEntries(goToViews),
    go_customers: go('contacts'),
    go_search: go('search'),
    go_settings: go('settings'),
    go_canned: go('canned'),
    go_macros: go('macros'),
    go_reasons: go('reasons'),
    go_profile: go('profile'),
    go_shortcuts: go('shortcuts'),
    theme: () => (preferences.now.theme = shownTheme(preferences.now.theme) === 'dark' ? 'light' : 'dark'),
    density: () => (preferences.now.density = AFTER[preferences.now.density]),
  });
}
