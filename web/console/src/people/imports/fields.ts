// What a column of a file may mean, in words.

import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useAttributes } from '@/attributes/attributes';

const OWN = ['name', 'first_name', 'last_name', 'email', 'phone', 'external_id', 'language', 'time_zone', 'country', 'company', 'note'] as const;

export function useFields() {
  const { t } = useI18n();
  const attributes = useAttributes();
  const options = computed(() => [
    { value: null as string | null, label: t('imports.left_out') },
    ...OWN.map((value) => ({ value: value as string | null, label: t(`imports.field.${value}`) })),
    ...attributes.of('contact').filter((each) => !each.archived_at).map((each) => ({ value: `attribute.${each.key}` as string | null, label: attributes.pick(each.names) })),
  ]);
  return { options };
}

export const STATES = { draft: 'plain', running: 'info', done: 'success', stopped: 'warn', failed: 'danger', undoing: 'info', undone: 'plain' } as const;
