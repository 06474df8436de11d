// What may be chosen as the value of a clause, in words.

import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ConversationField } from '@/api/types';
import { useDirectory } from '@/stores/directory';
import { useReasonNames, useReasons } from '../reasons/reasons';

const LANGUAGES = ['en', 'es', 'pt', 'pl', 'ru'];

export function useValues() {
  const { t, locale } = useI18n();
  const directory = useDirectory();
  const reasons = useReasons();
  const { path } = useReasonNames();
  const words: Record<string, (word: string) => string> = {
    status: (word) => t(`conversations.status.${word}`),
    priority: (word) => t(`conversations.priority.${word}`),
    contact_verification: (word) => t(`people.verification.${word}`),
    done_by: (word) => t(`automation.actor.${word}`),
  };
  const channels = computed(() => [...new Set(directory.inboxList.map((inbox) => inbox.channel as string))]);

  function choices(field: ConversationField): { value: string; label: string }[] {
    const named = (list: readonly { id: string; name: string }[]) => list.map(({ id, name }) => ({ value: id, label: name }));
    switch (field.field.replace('previous_', '')) {
      case 'assignee':
        return [...(field.me ? [{ value: 'me', label: t('search.me') }] : []), ...named(directory.colleagues)];
      case 'team':
        return named(directory.teamList);
      case 'brand':
        return named(directory.brandList);
      case 'inbox':
        return named(directory.inboxList);
      case 'location':
        return named(directory.locationList);
      case 'contact_reason':
        return reasons.all.map(({ id }) => ({ value: id, label: path(id) })).sort((a, b) => a.label.localeCompare(b.label));
      case 'channel':
        return channels.value.map((value) => ({ value, label: value }));
      case 'contact_language':
        return LANGUAGES.map((value) => ({ value, label: new Intl.DisplayNames([value], { type: 'language' }).of(value) ?? value }));
      default:
        if (field.attribute) return field.attribute.choices.map((choice) => ({ value: choice.key, label: choice.names[locale.value] ?? Object.values(choice.names)[0] ?? choice.key }));
        return field.words.map((value) => ({ value, label: words[field.field.replace('previous_', '')]?.(value) ?? value }));
    }
  }
  /** What a field is called: the company's own attributes as it named them. */
  function nameOf({ field, attribute }: ConversationField): string {
    if (!attribute) return t(`condition.field.${field}`);
    const name = attribute.names[locale.value] ?? Object.values(attribute.names)[0] ?? attribute.key;
    return attribute.of === 'contact' ? t('condition.of_customer', { name }) : name;
  }
  return { choices, nameOf };
}
