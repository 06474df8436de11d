// What the server says over the live connection, and what the console says back.

import type { Agent, Contact, Id, Message, Mode, SharedConversation } from '@/api/types';
import type { ProblemBody } from '@/api/problem';

export interface Watcher {
  id: Id;
  name: string;
  state: 'viewing' | 'writing';
}

/** A saved view that a conversation is in. */
export interface FiledIn {
  id: Id;
  /** For whoever it is assigned to. */
  for_assignee: boolean;
  for_others: boolean;
}

interface Placed {
  position?: number;
  version?: number;
}

export type Frame = Placed &
  (
    | { type: 'ready'; protocol: number; viewer: string; position: number }
    | { type: 'heartbeat'; position: number }
    | { type: 'resync' }
    | { type: 'pong' }
    | { type: 'error'; problem: ProblemBody }
    | { type: 'message_created'; conversation_id: Id; message: Message; conversation: SharedConversation }
    | { type: 'message_changed'; conversation_id: Id; message: Message; conversation: SharedConversation }
    | { type: 'conversation_changed'; conversation_id: Id; conversation: SharedConversation; field?: string | null }
    | { type: 'messages_moved'; conversation_id: Id; conversation: SharedConversation }
    | {
        type: 'delivery_changed';
        conversation_id: Id;
        up_to_seq: number;
        side: 'customer' | 'team';
        state: 'delivered' | 'read';
        conversation: SharedConversation;
      }
    | { type: 'conversation_filed'; conversation_id: Id; conversation: SharedConversation; saved_views: FiledIn[] }
    | { type: 'conversation_removed'; conversation_id: Id }
    | {
        type: 'typing';
        conversation_id: Id;
        who: { kind: 'contact' | 'agent'; id: Id; name: string | null };
        mode: Mode | null;
        on: boolean;
      }
    | { type: 'presence'; conversation_id: Id; agents: Watcher[] }
    | { type: 'agent_changed'; agent: Agent }
    | { type: 'contact_changed'; contact: Contact }
    | { type: 'contact_merged'; contact_id: Id; into_id: Id }
    | { type: 'settings_changed'; what: 'brands' | 'teams' | 'roles' | 'inboxes' | 'locations' | 'attributes' | 'companies' | 'saved_views' | 'contact_imports' }
    | { type: 'rights_changed' }
    | { type: 'draft_changed'; conversation_id: Id; mode: Mode; text: string; attachment_ids: Id[]; updated_at: string }
    | { type: 'read_changed'; conversation_id: Id; read_count: number }
  );

export type Said =
  | { type: 'viewing'; conversation_id: Id | null }
  | { type: 'typing'; conversation_id: Id; mode: Mode; on: boolean }
  | { type: 'ping' };
