// The objects of the API as the console reads them.

export type Id = string;
export type Moment = string;
export type Language = 'en' | 'es' | 'pt' | 'pl' | 'ru';
export type Localised = Record<string, string>;

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type Role = 'administrator' | 'supervisor' | 'agent';
export type Availability = 'available' | 'busy' | 'away';

export interface Grant {
  role: Role;
  brand_id: Id | null;
  location_id: Id | null;
  team_id: Id | null;
  inbox_id: Id | null;
}

export interface Agent {
  id: Id;
  name: string;
  email: string;
  grants: Grant[];
  team_ids: Id[];
  availability: Availability;
  online: boolean;
  language: Language;
  time_zone: string;
  invited: boolean;
  disabled_at: Moment | null;
  created_at: Moment;
  version: number;
}

export interface Me {
  agent: Agent;
  permissions: string[];
  settings: Record<string, unknown>;
  position: number;
  server_version: string;
  company: string;
}

export interface SignInSession {
  id: Id;
  created_at: Moment;
  last_seen_at: Moment;
  user_agent: string | null;
  current: boolean;
}

export type LinkKind = 'invitation' | 'reset' | 'sign_in' | 'setup';

export interface LinkInspection {
  kind: LinkKind;
  email: string | null;
  name: string | null;
}

export interface Team {
  id: Id;
  name: string;
  member_ids: Id[];
  version: number;
}

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

export interface OpenRow {
  day: Weekday;
  from: string;
  to: string;
}

export interface Hours {
  time_zone: string;
  weekly: OpenRow[];
}

export type Tone = 'formal' | 'familiar';
export type ServiceModel = 'concierge' | 'do_it_yourself';

export interface Brand {
  id: Id;
  name: string;
  accent: string;
  accent_dark: string | null;
  radius: 0 | 4 | 10 | 16;
  logo_file_id: Id | null;
  tone: Tone;
  service_model: ServiceModel;
  promise: Localised;
  languages: Language[];
  hours: Hours;
  version: number;
}

export interface Location {
  id: Id;
  kind: 'region' | 'location';
  parent_id: Id | null;
  brand_id: Id | null;
  name: string;
  country: string | null;
  city: string;
  address: string;
  hours: Hours | null;
  team_id: Id | null;
  version: number;
}

export interface SigningKey {
  id: Id;
  created_at: Moment;
  hint: string;
}

export interface NewSigningKey {
  id: Id;
  secret: string;
  created_at: Moment;
}

export interface Inbox {
  id: Id;
  channel: Channel;
  name: string;
  key: string;
  brand_id: Id;
  location_id: Id | null;
  team_id: Id | null;
  allowed_origins: string[];
  max_attachment_bytes: number;
  ask_email_when_closed: boolean;
  disabled_at: Moment | null;
  snippet: string;
  signing_keys: SigningKey[];
  version: number;
}

export type Channel = 'webchat';
export type Verification = 'none' | 'claimed' | 'channel_verified' | 'signed' | 'confirmed';
export type IdentityKind = 'visitor' | 'external' | 'email' | 'phone';

export interface Identity {
  id: Id;
  kind: IdentityKind;
  value: string;
  verification: Verification;
  verified_how: string | null;
  verified_at: Moment | null;
  reachable: boolean;
}

export interface Contact {
  id: Id;
  name: string | null;
  language: string | null;
  time_zone: string | null;
  country: string | null;
  created_at: Moment;
  first_seen_at: Moment | null;
  last_seen_at: Moment | null;
  online: boolean;
  verification: Verification;
  identities: Identity[];
  conversation_count: number;
  version: number;
}

export interface ContactNote {
  id: Id;
  text: string;
  author_id: Id;
  author_name: string;
  created_at: Moment;
}

export type TimelineKind = 'first_visit' | 'page' | 'conversation' | 'note' | 'event' | 'identified' | 'joined';

export interface TimelineItem {
  id: Id;
  type: TimelineKind;
  at: Moment;
  conversation_id: Id | null;
  title: string | null;
  text: string | null;
  url: string | null;
  status: Status | null;
  properties: Record<string, unknown> | null;
}

export type Status = 'open' | 'waiting' | 'snoozed' | 'resolved';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';
export type AuthorKind = 'contact' | 'agent' | 'flow' | 'automation' | 'system';
export type MessageKind = 'inbound' | 'reply' | 'note' | 'system';

export interface Preview {
  text: string;
  author_kind: AuthorKind;
  author_name: string | null;
  kind: MessageKind;
}

export interface Yours {
  read_count: number;
  draft: boolean;
  mentioned: boolean;
  participant: boolean;
}

export interface ConversationContact {
  id: Id;
  name: string | null;
  language: string | null;
  verification: Verification;
  online: boolean;
}

/** What every agent sees of a conversation; live frames carry this. */
export interface SharedConversation {
  id: Id;
  number: number;
  subject: string;
  status: Status;
  priority: Priority;
  assignee_id: Id | null;
  team_id: Id | null;
  brand_id: Id;
  location_id: Id | null;
  inbox_id: Id;
  channel: Channel;
  tags: string[];
  snoozed_until: Moment | null;
  snoozed_until_answer: boolean;
  version: number;
  public_version: number;
  last_seq: number;
  inbound_count: number;
  team_read_seq: number;
  customer_delivered_seq: number;
  customer_read_seq: number;
  preview: Preview | null;
  last_activity_at: Moment;
  waiting_since: Moment | null;
  created_at: Moment;
  resolved_at: Moment | null;
  contact: ConversationContact;
}

export interface Conversation extends SharedConversation {
  yours: Yours;
}

export interface ConversationPage extends Page<Conversation> {
  position: number;
}

export interface ConversationChange {
  status?: Status;
  assignee_id?: Id | null;
  team_id?: Id | null;
  location_id?: Id | null;
  priority?: Priority;
  tags?: string[];
  subject?: string;
  snoozed_until?: Moment | null;
  snoozed_until_answer?: boolean;
}

export interface Attachment {
  id: Id;
  name: string;
  content_type: string;
  size_bytes: number;
  url: string;
}

export type Delivery = 'sent' | 'delivered' | 'read' | 'failed';

export type SystemKind =
  | 'assigned'
  | 'team_changed'
  | 'status_changed'
  | 'priority_changed'
  | 'tagged'
  | 'untagged'
  | 'identified'
  | 'joined';

export interface Message {
  id: Id;
  conversation_id: Id;
  seq: number;
  kind: MessageKind;
  author: { kind: AuthorKind; id: Id | null; name: string | null };
  text: string;
  channel: Channel | null;
  inbox_id: Id | null;
  identity_id: Id | null;
  delivery: Delivery | null;
  verification: Verification | null;
  mentions: Id[];
  attachments: Attachment[];
  system: { type: SystemKind; from: string | null; to: string | null } | null;
  key: string | null;
  created_at: Moment;
}

export type Mode = 'reply' | 'note';
export type Then = 'resolve' | 'snooze_until_answer';

export interface Draft {
  mode: Mode;
  text: string;
  attachment_ids: Id[];
  attachments?: Attachment[];
  updated_at: Moment;
}

export type View = 'mine' | 'mentions' | 'participating' | 'unassigned' | 'all' | 'snoozed' | 'resolved';

export interface ViewCounts {
  items: { view: View; count: number }[];
  teams: { team_id: Id; count: number }[];
}

export interface SearchHit {
  type: 'contact' | 'conversation';
  id: Id;
  title: string;
  subtitle: string | null;
  conversation_id: Id | null;
  contact_id: Id | null;
}

export type SetupStep = 'brand' | 'inbox' | 'widget_seen' | 'colleague' | 'first_reply';

export interface Setup {
  items: { step: SetupStep; done: boolean }[];
}
