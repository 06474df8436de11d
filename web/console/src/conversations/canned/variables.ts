// The variables of canned responses and macros, in the agent's words.

import { useI18n } from 'vue-i18n';

export const VARIABLES = [
  'contact.name',
  'contact.first_name',
  'contact.email',
  'agent.name',
  'agent.first_name',
  'brand.name',
  'company.name',
  'conversation.number',
  'conversation.subject',
  'location.name',
] as const;
type Variable = (typeof VARIABLES)[number];

export function useVariables() {
  const { t, locale } = useI18n();
  const known = (name: string): name is Variable => (VARIABLES as readonly string[]).includes(name);
  const named = (name: string) => (known(name) ? t(`canned.variable.${name.replace('.', '_') as 'contact_name'}`) : name);
  const listed = (names: readonly string[]) => new Intl.ListFormat(locale.value, { type: 'conjunction' }).format(names.map(named));
  return { named, listed };
}
