// A failure in the agent's words: what happened, what is safe, what to do.

import { useI18n } from 'vue-i18n';
import { Problem, Unreachable } from '@/api/problem';

const KNOWN = ['forbidden', 'not_found', 'version_conflict', 'rate_limited', 'too_large', 'unavailable', 'sign_in_failed', 'second_factor_needed', 'second_factor_wrong', 'link_used', 'in_use', 'contact_reason_missing', 'attribute_missing', 'proved_apart', 'already_undone', 'variable_missing', 'conversation_merged', 'message_redacted'] as const;

export function useExplain() {
  const { t } = useI18n();
  return (error: unknown): string => {
    if (error instanceof Unreachable) return t('problem.unreachable');
    if (!(error instanceof Problem)) return t('problem.unknown');
    const known = KNOWN.find((code) => code === error.code);
    if (known) return t(`problem.${known}`);
    if (error.code === 'invalid_request' && error.body.errors?.length) {
      return t('problem.invalid', { what: error.body.errors.map((each) => each.detail).join(' ') });
    }
    return error.body.detail ?? t('problem.unknown');
  };
}
