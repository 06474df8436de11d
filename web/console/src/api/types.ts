// The objects of the API as the console reads them: those of the generated schema, so that the two cannot drift apart.
// Written by hand is only what the schema cannot say, each with its reason.

import type { components } from './schema';

type Schemas = components['schemas'];

/** The server says null where it has nothing and leaves nothing out; the schema marks both as "optional". */
type Whole<T> = T extends readonly (infer Each)[] ? Whole<Each>[] : T extends object ? { [Name in keyof T]-?: Whole<T[Name]> } : T;

/** Some fields said more exactly than in the schema, and never otherwise than there. */
type Exactly<T, More extends { [Name in keyof More]: Name extends keyof T ? T[Name] : never }> = Omit<T, keyof More> & More;

/** JSON of any shape: the schema says "object", which its generator reads as one without fields. */
type AnyJson = Record<string, unknown>;

export type Id = string;
export type Moment = Schemas['Moment'];
/** Those that the console speaks; the schema allows any language tag. */
export type Language = 'en' | 'es' | 'pt' | 'pl' | 'ru';
export type Localised = Schemas['Localised'];

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** A word for those that come with Rapport, an id for the company's own. */
export type RoleKey = Schemas['RoleKey'];
export type Role = Whole<Schemas['RoleView']>;
export type ApiToken = Whole<Schemas['ApiToken']>;
export type Permission = Schemas['Permission'];
export type Feature = Schemas['Feature'];
export type Availability = Schemas['Availability'];
export type Grant = Whole<Schemas['GrantSpec']>;
export type Agent = Exactly<Whole<Schemas['Agent']>, { language: Language }>;
export type Me = Omit<Whole<Schemas['Me']>, 'agent' | 'settings'> & { agent: Agent; settings: AnyJson };
export type SignInSession = Whole<Schemas['Session']>;
export type LinkKind = Schemas['LinkKind'];
export type LinkInspection = Whole<Schemas['LinkView']>;
export type Team = Whole<Schemas['Team']>;

export type Weekday = Schemas['Day'];
export type OpenRow = Schemas['Opening'];
export type Hours = Schemas['Hours'];
export type SpecialDay = Whole<Schemas['SpecialDay']>;
export type Holidays = Whole<Schemas['Holidays']>;
export type Tone = Schemas['Tone'];
export type ServiceModel = Schemas['ServiceModel'];
/** The schema knows of the four radii only in words. */
export type Brand = Exactly<Whole<Schemas['Brand']>, { radius: 0 | 4 | 10 | 16; languages: Language[] }>;
export type Location = Whole<Schemas['Location']>;
export type SigningKey = Schemas['SigningKey'];
export type NewSigningKey = Schemas['NewSigningKey'];
export type Inbox = Whole<Schemas['Inbox']>;

export type Channel = Schemas['Channel'];
export type Verification = Schemas['Verification'];
export type IdentityKind = Schemas['IdentityKind'];
export type Identity = Whole<Schemas['Identity']>;
export type AttributeOf = Schemas['AttributeOf'];
export type AttributeKind = Schemas['AttributeKind'];
export type AttributeChoice = Whole<Schemas['Choice']>;
export type Attribute = Exactly<Whole<Schemas['Attribute']>, { choices: AttributeChoice[] }>;
export type NewAttribute = Schemas['NewAttribute'];
export type AttributeChange = Schemas['AttributeChange'];
/** JSON of any shape in the schema, because it depends on the kind. */
export type AttributeValue = string | number | boolean | string[];
export type Values = Record<string, AttributeValue | undefined>;
export type ValuesChange = Record<string, AttributeValue | null>;
export type Company = Whole<Schemas['Company']>;
export type ContactImport = Whole<Schemas['ContactImport']>;
export type ImportChange = Schemas['ImportChange'];
export type PreviewContact = Omit<Whole<Schemas['PreviewContact']>, 'attributes'> & { attributes: AnyJson };
export type PreviewRow = Omit<Whole<Schemas['PreviewRow']>, 'contact'> & { contact: PreviewContact };
export type KeptRow = Whole<Schemas['KeptRow']>;
export type Contact = Omit<Whole<Schemas['Contact']>, 'attributes'> & { attributes: Values };
export type Proof = Whole<Schemas['Proof']>;
export type Duplicate = Omit<Schemas['Duplicate'], 'contact' | 'proof'> & { contact: Contact; proof: Proof[] };
export type ContactPair = Omit<Schemas['Pair'], 'contact' | 'other' | 'proof'> & { contact: Contact; other: Contact; proof: Proof[] };
export type MergePreview = Omit<Whole<Schemas['MergePreview']>, 'into' | 'from' | 'after' | 'proof'> & { into: Contact; from: Contact; after: Pick<Contact, 'name' | 'language' | 'country' | 'time_zone' | 'company' | 'attributes'>; proof: Proof[] };
export type Merge = Whole<Schemas['Merge']>;
export type UndoPreview = Exactly<Whole<Schemas['UndoPreview']>, { merge: Merge }>;
export type ContactFact = Whole<Schemas['Fact']>;
export type FactKind = Schemas['FactKind'];
export type ContactNote = Whole<Schemas['Note']>;

/** A word in the schema: programs add kinds of their own to "event" only. */
export type TimelineKind = 'first_visit' | 'page' | 'conversation' | 'note' | 'event' | 'identified' | 'joined';
export type TimelineItem = Omit<Exactly<Whole<Schemas['Entry']>, { type: TimelineKind }>, 'properties'> & { properties: AnyJson | null };

export type Status = Schemas['Status'];
export type Priority = Schemas['Priority'];
export type AuthorKind = Schemas['ActorKind'];
export type MessageKind = Schemas['MessageKind'];
export type Preview = Whole<Schemas['Preview']>;
export type Yours = Schemas['Yours'];
export type ConversationContact = Whole<Schemas['Customer']>;

/** What every agent sees of a conversation; live frames carry this. */
export type SharedConversation = Omit<Exactly<Whole<Schemas['Conversation']>, { channel: Channel }>, 'yours' | 'attributes'> & { attributes: Values };
/** To an agent who asks, it also says what is theirs; the schema has one type for both. */
export type Conversation = SharedConversation & { yours: Yours };
export type ConversationPage = Page<Conversation> & { position: number };
/** What may be changed, as it is afterwards. The schema also allows null for "not said", which is said by leaving out. */
export type ConversationChange = Partial<Pick<Conversation, Exclude<keyof Schemas['ConversationChange'], 'attributes'>>>;

export type Attachment = Schemas['Attachment'];
export type Delivery = Schemas['Delivery'];
/** A word in the schema, because new kinds are no break; these have words of their own here. */
export type SystemKind =
  | 'assigned'
  | 'team_changed'
  | 'status_changed'
  | 'priority_changed'
  | 'tagged'
  | 'untagged'
  | 'identified'
  | 'joined'
  | 'macro_ran'
  | 'rule_ran'
  | 'reason_changed'
  | 'merged'
  | 'unmerged'
  | 'unmerged_from'
  | 'split_off'
  | 'split_from'
  | 'schedule_cancelled'
  | 'schedule_failed';
export type SystemLine = Exactly<Whole<Schemas['SystemLine']>, { type: SystemKind }>;
export type Message = Exactly<Whole<Schemas['Message']>, { channel: Channel; system: SystemLine | null }>;

/** A reply that waits for its time. */
export type ScheduledReply = Whole<Schemas['ScheduledReply']>;
export type FormerText = Whole<Schemas['FormerText']>;
/** What was merged into a conversation. */
export type Part = Whole<Schemas['Part']>;
/** What one conversation is to another. */
export type ConversationLink = Whole<Schemas['ConversationLink']>;
export type ConversationLinkKind = ConversationLink['kind'];

export type Mode = Schemas['Mode'];
export type Then = Schemas['Then'];
export type Draft = Schemas['Draft'];

export type SharedWith = Schemas['SharedWith'];
export type Sharing = Whole<Schemas['Sharing']>;
export type CannedResponse = Whole<Schemas['CannedResponse']>;
export type NewCannedResponse = Whole<Schemas['NewCannedResponse']>;
export type OfferedResponse = Whole<Schemas['OfferedResponse']>;
export type MacroAction = Whole<Schemas['Action']>;
export type Macro = Exactly<Whole<Schemas['Macro']>, { actions: MacroAction[] }>;
export type NewMacro = Exactly<Whole<Schemas['NewMacro']>, { actions: MacroAction[] }>;
export type OfferedMacro = Exactly<Whole<Schemas['OfferedMacro']>, { actions: MacroAction[] }>;
export type ContactReason = Whole<Schemas['ContactReason']>;
export type AskContactReason = Schemas['AskContactReason'];
export type FileFormat = Schemas['Format'];
export type Imported = Whole<Schemas['Imported']>;

/** A word in the schema, where it stands as a parameter. */
export type View = 'mine' | 'due' | 'mentions' | 'participating' | 'unassigned' | 'all' | 'snoozed' | 'resolved';
export type ViewCounts = Exactly<Schemas['Views'], { items: Exactly<Schemas['ViewCount'], { view: View }>[] }>;

/** A word in the schema, where it stands as a parameter. */
export type SearchIn = 'all' | 'messages' | 'correspondence' | 'notes' | 'conversations' | 'contacts' | 'tags';
export type Snippet = Schemas['Snippet'];
export type SearchHit = Whole<Schemas['Hit']>;

/** A word in the schema: a later version may have more steps. */
export type SetupStep = 'brand' | 'inbox' | 'widget_seen' | 'colleague' | 'first_reply';
export interface Setup {
  items: Exactly<Schemas['Step'], { step: SetupStep }>[];
}

export type SavedView = Omit<Whole<Schemas['SavedView']>, 'condition'> & { condition: Condition };
export type ViewSort = Schemas['ViewSort'];
export type ViewLayout = Schemas['ViewLayout'];
export type ConversationField = Schemas['ConversationField'];
export type Op = Schemas['Op'];
/** A tree of itself, which the generated schema cannot say. */
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Clause;
export interface Clause {
  field: string;
  op: Op;
  value?: unknown;
}
export interface NewSavedView {
  name: string;
  condition: Condition;
  sort: ViewSort;
  layout: ViewLayout;
  sharing: Sharing;
}
export type TargetKind = Schemas['TargetKind'];
export type SlaTarget = Whole<Schemas['Target']>;
export type Deadline = Whole<Schemas['Deadline']>;
export type NewSlaPolicy = Schemas['NewSlaPolicy'];
export type SlaPolicy = Omit<Whole<Schemas['SlaPolicy']>, 'targets'> & { targets: Record<TargetKind, SlaTarget | null> };

export type AuditEntry = Omit<Whole<Schemas['AuditEntry']>, 'asked'> & { asked: unknown };
export type AssignmentSettings = Whole<Schemas['AssignmentSettings']>;
export type TeamAssignment = Whole<Schemas['TeamAssignment']>;
export type AgentProfile = Whole<Schemas['AgentProfile']>;
export type TeamInAssignment = Omit<Whole<Schemas['TeamInAssignment']>, 'assignment'> & { assignment: TeamAssignment };
export type AgentInAssignment = Omit<Whole<Schemas['AgentInAssignment']>, 'profile'> & { profile: AgentProfile };
export type Assignment = { settings: AssignmentSettings; teams: TeamInAssignment[]; agents: AgentInAssignment[] };

export type TriggerOn = Schemas['On'];
export type RuleTrigger = { on: TriggerOn; minutes?: number | null };
export type ActionDone = Omit<Schemas['Done'], 'action'> & { action?: MacroAction | null };
type RuleParts = { condition: Condition; trigger: RuleTrigger; actions: MacroAction[] };
export type Rule = Omit<Whole<Schemas['Rule']>, keyof RuleParts> & RuleParts;
export type NewRule = Omit<Whole<Schemas['NewRule']>, keyof RuleParts> & RuleParts;
type RunParts = { held: Clause[]; done: ActionDone[] };
export type RuleRun = Omit<Whole<Schemas['RuleRun']>, keyof RunParts> & RunParts;
export type WouldRun = Omit<Whole<Schemas['WouldRun']>, keyof RunParts> & RunParts;
export type DryRun = Omit<Whole<Schemas['DryRun']>, 'items'> & { items: WouldRun[] };
