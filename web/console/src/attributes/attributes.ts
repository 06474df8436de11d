// What the company keeps of contacts and conversations, in the agent's words.

import { useI18n } from 'vue-i18n';
import type { Attribute, AttributeOf, AttributeValue, Localised } from '@/api/types';
import { useFormat } from '@/app/format';
import { useDirectory } from '@/stores/directory';

export function useAttributes() {
  const { t, locale } = useI18n();
  const format = useFormat();
  const directory = useDirectory();
  const pick = (names: Localised) => names[locale.value] ?? names.en ?? Object.values(names)[0] ?? '';
  const of = (owner: AttributeOf) => directory.attributeList.filter((attribute) => attribute.of === owner);

  const chosen = (attribute: Attribute, key: string) => {
    const choice = attribute.choices.find((each) => each.key === key);
    return choice ? pick(choice.names) : key;
  };
  function shown(attribute: Attribute, value: AttributeValue): string {
    if (typeof value === 'boolean') return t(value ? 'attributes.yes' : 'attributes.no');
    if (typeof value === 'number') return value.toLocaleString(locale.value, { maximumFractionDigits: 4 });
    if (typeof value !== 'string') return value.map((key) => chosen(attribute, key)).join(', ');
    if (attribute.kind === 'date') return format.date(`${value}T00:00:00Z`, 'UTC');
    return attribute.kind === 'choice' ? chosen(attribute, value) : value;
  }
  return { pick, of, shown };
}
