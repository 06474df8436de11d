// What a macro does, in words, before it does it.

import { useI18n } from 'vue-i18n';
import type { MacroAction } from '@/api/types';
import { useFormat } from '@/app/format';
import { useDirectory } from '@/stores/directory';
import { useReasonNames } from '../reasons/reasons';

const HOUR = 60;
const DAY = 24 * HOUR;

export function useActionWords() {
  const { t } = useI18n();
  const format = useFormat();
  const directory = useDirectory();
  const { path } = useReasonNames();

  function span(minutes: number): string {
    if (minutes % DAY === 0) return t('macros.days', { n: format.number(minutes / DAY) }, minutes / DAY);
    if (minutes % HOUR === 0) return t('macros.hours', { n: format.number(minutes / HOUR) }, minutes / HOUR);
    return t('macros.minutes', { n: format.number(minutes) }, minutes);
  }

  return function words(action: MacroAction): string {
    switch (action.type) {
      case 'assign':
        return action.agent_id ? t('action.assign_to', { name: directory.agentName(action.agent_id) ?? t('conversations.a_colleague') }) : t('action.assign_nobody');
      case 'assign_to_me':
        return t('action.assign_me');
      case 'set_team':
        return action.team_id ? t('action.team_to', { name: directory.teamName(action.team_id) ?? '' }) : t('conversations.system.team_changed_none');
      case 'set_status':
        return t('macros.status', { status: t(`conversations.status.${action.status}`) });
      case 'snooze':
        return action.minutes ? t('macros.snooze_for', { span: span(action.minutes) }) : t('action.snooze_to', { when: t('conversations.snooze_to.answer') });
      case 'set_priority':
        return t('action.priority', { priority: t(`conversations.priority.${action.priority}`) });
      case 'set_contact_reason':
        return action.contact_reason_id ? t('action.reason_to', { name: path(action.contact_reason_id) }) : t('reasons.taken_away');
      case 'add_tags':
        return t('macros.add_tags', { tags: action.tags.join(', ') });
      case 'remove_tags':
        return t('macros.remove_tags', { tags: action.tags.join(', ') });
    }
  };
}
