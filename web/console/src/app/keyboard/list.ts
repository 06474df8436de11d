// All commands that can have a key, with the keys they come with. Pages bring what they do; this list says
// that they exist, so that keys can be changed from anywhere.

import type { ActionGroup } from './actions';

export interface ListedAction {
  id: string;
  group: ActionGroup;
  /** Name of the title among the texts. */
  title: string;
  /** Name of the place a "Go to" leads to. */
  place?: string;
  /** A key, or two pressed one after the other: "e", "g m". */
  keys?: string;
}

const goTo = (id: string, place: string, keys?: string): ListedAction => ({ id, group: 'go', title: 'action.go_to', place, keys });

export const ALL_ACTIONS: ListedAction[] = [
  { id: 'next', group: 'conversation', title: 'action.next', keys: 'j' },
  { id: 'previous', group: 'conversation', title: 'action.previous', keys: 'k' },
  { id: 'close', group: 'conversation', title: 'action.close', keys: 'e' },
  { id: 'snooze', group: 'conversation', title: 'action.snooze', keys: 's' },
  { id: 'assign', group: 'conversation', title: 'action.assign', keys: 'a' },
  { id: 'assign_me', group: 'conversation', title: 'action.assign_me', keys: 'i' },
  { id: 'tag', group: 'conversation', title: 'action.tag', keys: 't' },
  { id: 'team', group: 'conversation', title: 'action.team', keys: 'm' },
  { id: 'reason', group: 'conversation', title: 'action.reason', keys: 'w' },
  { id: 'macro', group: 'conversation', title: 'action.macro', keys: 'q' },
  { id: 'transfer', group: 'conversation', title: 'action.transfer' },
  { id: 'follow', group: 'conversation', title: 'action.follow', keys: 'p' },
  { id: 'merge', group: 'conversation', title: 'action.merge' },
  { id: 'link', group: 'conversation', title: 'action.link' },
  { id: 'mark', group: 'conversation', title: 'action.mark', keys: 'x' },
  { id: 'mark_all', group: 'conversation', title: 'action.mark_all' },
  { id: 'unread', group: 'conversation', title: 'action.unread', keys: 'u' },
  { id: 'panel', group: 'conversation', title: 'action.panel', keys: ']' },
  { id: 'undo', group: 'conversation', title: 'ui.undo', keys: 'z' },
  { id: 'reply', group: 'writing', title: 'action.reply', keys: 'r' },
  { id: 'note', group: 'writing', title: 'action.note', keys: 'n' },
  { id: 'canned', group: 'writing', title: 'action.canned', keys: 'c' },
  { id: 'attach', group: 'writing', title: 'action.attach' },
  goTo('go_mine', 'conversations.view.mine', 'g m'),
  goTo('go_due', 'conversations.view.due', 'g d'),
  goTo('go_mentions', 'conversations.view.mentions', 'g t'),
  goTo('go_participating', 'conversations.view.participating', 'g p'),
  goTo('go_unassigned', 'conversations.view.unassigned', 'g u'),
  goTo('go_all', 'conversations.view.all', 'g a'),
  goTo('go_snoozed', 'conversations.view.snoozed', 'g s'),
  goTo('go_resolved', 'conversations.view.resolved', 'g e'),
  goTo('go_customers', 'app.customers', 'g c'),
  goTo('go_search', 'search.title', 'g f'),
  goTo('go_settings', 'app.settings', 'g x'),
  goTo('go_canned', 'canned.title'),
  goTo('go_macros', 'macros.title'),
  goTo('go_reasons', 'reasons.title'),
  goTo('go_profile', 'settings.profile'),
  goTo('go_shortcuts', 'settings.shortcuts'),
  { id: 'views', group: 'go', title: 'action.views', keys: '[' },
  { id: 'filter', group: 'go', title: 'saved.filter', keys: 'f' },
  { id: 'theme', group: 'appearance', title: 'action.theme' },
  { id: 'density', group: 'appearance', title: 'action.density', keys: 'v' },
  { id: 'palette', group: 'help', title: 'action.palette', keys: '/' },
  { id: 'sheet', group: 'help', title: 'action.sheet', keys: '?' },
];
