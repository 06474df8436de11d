// What makes a rule look, what it asks and what it did, in words.

import { useI18n } from 'vue-i18n';
import type { ActionDone, Clause, ConversationField, RuleTrigger, TriggerOn } from '@/api/types';
import { isSpan, isUnary } from '@/conversations/saved/editing';
import { useValues } from '@/conversations/saved/values';
import { useActionWords } from '@/conversations/macros/words';
import { useSpans } from '@/conversations/sla/spans';
import { useFormat } from '@/app/format';

export const TRIGGERS: TriggerOn[] = [
  'conversation_created', 'message_received', 'reply_sent', 'note_added', 'status_changed', 'reopened', 'assignee_changed', 'team_changed', 'priority_changed', 'tags_changed',
  'contact_reason_changed', 'attributes_changed', 'deadline_near', 'deadline_missed', 'unanswered_for', 'inactive_for', 'resolved_for',
];
const OF_TIME: TriggerOn[] = ['unanswered_for', 'inactive_for', 'resolved_for'];
export const isOfTime = (on: TriggerOn) => OF_TIME.includes(on);

export function useRuleWords() {
  const { t } = useI18n();
  const format = useFormat();
  const { spanOf } = useSpans();
  const { choices, nameOf } = useValues();
  const actionWords = useActionWords();

  const trigger = ({ on, minutes }: RuleTrigger) => (minutes ? t('automation.after', { what: t(`conversations.because.${on}`), span: spanOf(minutes) }) : t(`conversations.because.${on}`));

  function value(field: ConversationField, { op, value: wanted }: Clause): string {
    if (isSpan(op)) return spanOf(wanted as number);
    if (typeof wanted === 'boolean') return t(`attributes.${wanted ? 'yes' : 'no'}`);
    if (field.holds === 'moment') return format.full(String(wanted));
    const known = choices(field);
    return [wanted].flat().map((one) => known.find((choice) => choice.value === one)?.label ?? String(one)).join(', ');
  }
  /** A clause as a sentence. */
  function clause(one: Clause, fields: ConversationField[]): string {
    const field = fields.find(({ field: name }) => name === one.field);
    if (!field) return one.field;
    const op = one.op === 'is' && field.holds !== 'text' ? 'one_of' : one.op === 'is_not' && field.holds !== 'text' ? 'none_of' : one.op;
    return [nameOf(field), t(`condition.op.${op}`), isUnary(one.op) ? '' : value(field, one)].filter(Boolean).join(' ');
  }
  const done = ({ mode, action }: ActionDone) => (mode ? t(mode === 'note' ? 'macros.writes_note' : 'macros.sends_reply') : action ? actionWords(action) : t('automation.whole'));

  return { trigger, clause, done };
}
