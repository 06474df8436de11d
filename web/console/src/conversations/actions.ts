// The commands of the inbox, for keys, palette, tooltips and the sheet of shortcuts alike.

import { useI18n } from 'vue-i18n';
import { panelFloats, viewsFloat } from '@/app/layout';
import { useActions, type Action } from '@/app/keyboard/actions';
import type { Priority } from '@/api/types';
import { useDirectory } from '@/stores/directory';
import { useLists } from '@/stores/lists';
import { useMarks } from '@/stores/marks';
import { usePreferences } from '@/stores/preferences';
import { useSession } from '@/stores/session';
import { useToasts } from '@/stores/toasts';
import { useInbox } from './inbox';
import { begin, useMacros } from './macros/running';
import { menus } from './menus';
import { useReasonNames, useReasons } from './reasons/reasons';
import { panelShown } from './panel';
import { useFilter } from './saved/menu';
import { snoozeTime, type SnoozeChoice } from './snooze';
import { useWork } from './work';
import { useFormat } from '@/app/format';

export function registerInboxActions(): void {
  const { t } = useI18n();
  const actions = useActions();
  const directory = useDirectory();
  const preferences = usePreferences();
  const lists = useLists();
  const marks = useMarks();
  const toasts = useToasts();
  const format = useFormat();
  const inbox = useInbox();
  const work = useWork();
  const session = useSession();
  const macros = useMacros();
  const filterFrom = useFilter();
  const reasons = useReasons();
  const { choices } = useReasonNames();
  reasons.load().catch(() => {});
  // The palette offers what is known; without them everything else goes on.
  macros.load().catch(() => {});

  const here = () => !!inbox.selected.value;
  /** What is done with marked conversations is done by their bar, and until that is there, nothing: least of all to another one. */
  const alone = () => here() && marks.count === 0;
  const writes = () => session.can('conversations.write');
  const assigns = () => session.can('conversations.assign');
  const mayWrite = () => alone() && writes();
  const mayAssign = () => alone() && assigns();
  const id = () => inbox.selectedId.value;
  const on = (action: Omit<Action, 'group' | 'available'>): Action => ({ ...action, group: 'conversation', available: here });

  const togglePanel = () => {
    if (panelFloats.value) panelShown.value = !panelShown.value;
    else preferences.now.panel_open = !preferences.now.panel_open;
  };
  const closeOrReopen = () => void (inbox.selected.value?.status === 'resolved' ? work.reopen(id()) : work.close(id()));

  actions.register({
    next: () => inbox.move(1),
    previous: () => inbox.move(-1),
    close: { run: closeOrReopen, available: mayWrite },
    snooze: { run: () => (menus.snooze = true), available: mayWrite },
    assign: { run: () => (menus.assign = true), available: mayAssign },
    assign_me: { run: () => void work.assignToMe(id()), available: mayAssign },
    tag: { run: () => (menus.tags = true), available: mayWrite },
    team: { run: () => (menus.team = true), available: mayAssign },
    reason: { run: () => (menus.reason = true), available: mayWrite },
    macro: { run: () => begin(), available: mayWrite },
    transfer: { run: () => (menus.transfer = true), available: () => mayAssign() && session.can('conversations.note') },
    follow: { run: () => void work.follow(id()), available: () => alone() },
    merge: { run: () => (menus.merge = true), available: mayWrite },
    link: { run: () => (menus.link = true), available: mayWrite },
    unread: { run: () => void work.markUnread(id()), available: here },
    panel: { run: togglePanel, available: here },
    mark: { run: () => marks.toggle(id()), available: () => marks.offered && here() },
    mark_all: { run: () => void marks.all(inbox.key.value).catch(() => toasts.show(t('conversations.bulk.all_failed'), { tone: 'bad' })), available: () => marks.offered && lists.current.shown.length > 0 },
    filter: () => filterFrom(inbox.key.value),
    views: { run: () => (menus.views = !menus.views), available: () => viewsFloat.value },
  });

  const SNOOZES: SnoozeChoice[] = ['later_today', 'tomorrow', 'monday', 'next_week'];
  const PRIORITIES: Priority[] = ['low', 'normal', 'high', 'urgent'];

  actions.provide(() => {
    if (!here()) return [];
    const owners = [
      ...directory.colleagues.map((agent) =>
        on({ id: `assign:${agent.id}`, title: () => t('action.assign_to', { name: agent.name }), run: () => void work.assign(id(), agent.id) }),
      ),
      on({ id: 'assign:nobody', title: () => t('action.assign_nobody'), run: () => void work.assign(id(), null) }),
      ...directory.teamList.map((team) =>
        on({ id: `team:${team.id}`, title: () => t('action.team_to', { name: team.name }), run: () => void work.setTeam(id(), team.id) }),
      ),
    ];
    const changes = [
      ...SNOOZES.map((choice) =>
        on({
          id: `snooze:${choice}`,
          title: () => t('action.snooze_to', { when: t(`conversations.snooze_to.${choice}`) }),
          run: () => void work.snoozeUntil(id(), snoozeTime(choice, new Date(), format.zone.value)),
        }),
      ),
      on({
        id: 'snooze:answer',
        title: () => t('action.snooze_to', { when: t('conversations.snooze_to.answer') }),
        run: () => void work.snoozeUntilAnswer(id()),
      }),
      ...PRIORITIES.map((priority) =>
        on({
          id: `priority:${priority}`,
          title: () => t('action.priority', { priority: t(`conversations.priority.${priority}`) }),
          run: () => void work.setPriority(id(), priority),
        }),
      ),
      ...macros.all.filter((macro) => marks.count === 0 && macros.fits(macro, inbox.selected.value!)).map((macro) =>
        on({ id: `macro:${macro.id}`, title: () => t('action.run_macro', { name: macro.name }), run: () => begin(macro.id) }),
      ),
      ...choices(inbox.selected.value!.brand_id).map(({ value, label }) =>
        on({ id: `reason:${value}`, title: () => t('action.reason_to', { name: label }), run: () => void work.setReason(id(), value) }),
      ),
    ];
    return [...(assigns() ? owners : []), ...(writes() ? changes : [])];
  });
}
