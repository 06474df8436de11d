// Roles in the agent's words: those that come with Rapport are translated, the company's own are as it named them.

import { useI18n } from 'vue-i18n';
import type { Permission, RoleKey } from '@/api/types';
import { useDirectory } from '@/stores/directory';

const BUILT_IN = ['administrator', 'supervisor', 'agent', 'light_agent', 'read_only'];

export const PERMISSIONS: { part: 'conversations' | 'contacts' | 'company'; permissions: Permission[] }[] = [
  { part: 'conversations', permissions: ['conversations.read', 'conversations.note', 'conversations.write', 'conversations.assign', 'conversations.redact', 'canned_responses.manage', 'macros.manage', 'contact_reasons.manage', 'saved_views.manage', 'sla_policies.manage', 'automation.manage'] },
  { part: 'contacts', permissions: ['contacts.read', 'contacts.write', 'contacts.import'] },
  { part: 'company', permissions: ['people.read', 'agents.manage', 'teams.manage', 'roles.manage', 'tokens.manage', 'audit.read', 'places.manage', 'inboxes.manage', 'attributes.manage'] },
];

export function useRoleNames() {
  const { t } = useI18n();
  const directory = useDirectory();
  const role = (id: RoleKey) => (BUILT_IN.includes(id) ? t(`people.role.${id}`) : (directory.roles.get(id)?.name ?? t('people.unknown_role')));
  const permission = (of: Permission) => t(`people.permission.${of.replace('.', '_')}`);
  return { role, permission };
}
