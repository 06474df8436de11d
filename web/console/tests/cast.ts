// The people of the tests: Sam (you) and Ines answer, Anna and Bilal write.

import type { Agent, Conversation, Me, Message } from '@/api/types';

export const ME = '0192c000-0000-7000-8000-00000000a5a1';
export const INES = '0192c000-0000-7000-8000-000000001e55';
export const ANNA = '0192c000-0000-7000-8000-0000a22a0001';

export const anAgent = (change: Partial<Agent> = {}): Agent => ({
  id: ME,
  name: 'Sam Visser',
  email: 'sam@zonnebloem.example',
  grants: [{ role: 'administrator', brand_id: null, location_id: null, team_id: null, inbox_id: null }],
  team_ids: [],
  availability: 'available',
  online: true,
  language: 'en',
  time_zone: 'Europe/Lisbon',
  invited: false,
  second_factor: false,
  disabled_at: null,
  created_at: '2026-01-01T09:00:00.000000Z',
  version: 1,
  ...change,
});

export const me = (change: Partial<Me> = {}): Me => ({
  agent: anAgent(),
  permissions: [
    'conversations.read', 'conversations.note', 'conversations.write', 'conversations.assign', 'contacts.read', 'contacts.write', 'people.read',
    'agents.manage', 'teams.manage', 'roles.manage', 'tokens.manage', 'places.manage', 'inboxes.manage',
  ],
  second_factor_owed: false,
  features: ['bulk_changes'],
  settings: {},
  position: 1,
  server_version: '0.1.0',
  company: 'Zonnebloem',
  ...change,
});

export const aConversation = (change: Partial<Conversation> = {}): Conversation => ({
  id: 'a',
  number: 20481,
  subject: 'Where is my order',
  status: 'open',
  priority: 'normal',
  assignee_id: null,
  team_id: null,
  brand_id: 'brand',
  location_id: null,
  inbox_id: 'inbox',
  channel: 'webchat',
  tags: [],
  contact_reason_id: null,
  attributes: {},
  snoozed_until: null,
  snoozed_until_answer: false,
  version: 1,
  public_version: 1,
  last_seq: 0,
  inbound_count: 0,
  team_read_seq: 0,
  customer_delivered_seq: 0,
  customer_read_seq: 0,
  preview: { text: 'Hello', author_kind: 'contact', author_name: 'Anna', kind: 'inbound' },
  last_activity_at: '2026-11-22T14:00:00.000000Z',
  waiting_since: null,
  created_at: '2026-11-22T13:00:00.000000Z',
  sla_policy_id: null, due: null,
  resolved_at: null,
  merged_into: null,
  contact: { id: ANNA, name: 'Anna de Vries', language: 'en', verification: 'none', online: false },
  yours: { read_count: 0, draft: false, mentioned: false, participant: false },
  ...change,
});

export const aMessage = (change: Partial<Message> = {}): Message => ({
  id: 'm1',
  conversation_id: 'a',
  seq: 1,
  kind: 'inbound',
  author: { kind: 'contact', id: ANNA, name: 'Anna de Vries' },
  text: 'Where is my order?',
  channel: 'webchat',
  inbox_id: 'inbox',
  identity_id: null,
  delivery: null,
  verification: 'none',
  mentions: [],
  team_mentions: [],
  attachments: [],
  system: null,
  key: null,
  edited_at: null,
  redacted: null,
  created_at: '2026-11-22T14:00:00.000000Z',
  ...change,
});
