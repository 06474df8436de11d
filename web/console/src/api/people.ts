import { answer, ifVersion, once, server } from './client';
import type {
  Agent, ApiToken, AuditEntry, Availability, Contact, ContactFact, ContactNote, FactKind, Grant, Id, Identity, IdentityKind, Language, LinkInspection, Me, Moment, Page, Permission,
  Role, RoleKey, SignInSession, Team, TimelineItem,
} from './types';

// Signing in
export const signIn = (email: string, password: string, code?: string) => answer<Me>(server.POST('/api/v1/sign-in', { params: { header: once() }, body: { email, password, code } }));
export const signOut = () => answer<void>(server.POST('/api/v1/sign-out', { params: { header: once() } }));
export const signOutEverywhere = () => answer<void>(server.POST('/api/v1/sign-out-everywhere', { params: { header: once() } }));
export const inspectLink = (token: string) => answer<LinkInspection>(server.POST('/api/v1/links/inspect', { params: { header: once() }, body: { token } }));
export interface LinkUse {
  token: string;
  code?: string;
  password?: string;
  name?: string;
  email?: string;
  company?: string;
  language?: string;
}
export const followLink = (use: LinkUse) => answer<Me>(server.POST('/api/v1/links/use', { params: { header: once() }, body: use }));

// Yourself
export const me = () => answer<Me>(server.GET('/api/v1/me'));
export interface MeChange {
  name?: string;
  language?: Language;
  time_zone?: string;
  availability?: Availability;
  settings?: Record<string, unknown>;
}
export const changeMe = (change: MeChange) => answer<Me>(server.PATCH('/api/v1/me', { body: { ...change, settings: change.settings as never } }));
export const changePassword = (current: string, next: string) => answer<void>(server.POST('/api/v1/me/password', { params: { header: once() }, body: { current, new: next } }));
export const sessions = () => answer<{ items: SignInSession[] }>(server.GET('/api/v1/me/sessions'));
export const endSession = (id: Id) => answer<void>(server.DELETE('/api/v1/me/sessions/{id}', { params: { path: { id } } }));
export interface NewToken {
  name: string;
  scope: string;
  expires_at: Moment | null;
}
export const ownTokens = () => answer<Page<ApiToken>>(server.GET('/api/v1/me/tokens'));
export const addToken = (body: NewToken) => answer<{ token: ApiToken; secret: string }>(server.POST('/api/v1/me/tokens', { params: { header: once() }, body }));
export const revokeOwnToken = (id: Id) => answer<void>(server.DELETE('/api/v1/me/tokens/{id}', { params: { path: { id } } }));
export const tokens = () => answer<Page<ApiToken>>(server.GET('/api/v1/tokens'));
export const revokeToken = (id: Id) => answer<void>(server.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } }));
export const liveTicket = () => answer<{ token: string; expires_at: string }>(server.POST('/api/v1/live/tickets', { params: { header: once() } }));

// Second factor
export interface SecondFactor {
  on: boolean;
  since?: string | null;
  recovery_codes: number;
  required: boolean;
}
export interface Enrolment {
  secret: string;
  uri: string;
}
export interface RecoveryCodes {
  recovery_codes: string[];
}
export interface SignInPolicy {
  second_factor_required: boolean;
}
export const secondFactor = () => answer<SecondFactor>(server.GET('/api/v1/me/second-factor'));
export const beginSecondFactor = (password: string) => answer<Enrolment>(server.POST('/api/v1/me/second-factor', { params: { header: once() }, body: { password } }));
export const confirmSecondFactor = (code: string) => answer<RecoveryCodes>(server.POST('/api/v1/me/second-factor/confirm', { params: { header: once() }, body: { code } }));
export const renewRecoveryCodes = (code: string) => answer<RecoveryCodes>(server.POST('/api/v1/me/second-factor/recovery-codes', { params: { header: once() }, body: { code } }));
export const removeSecondFactor = (code: string) => answer<void>(server.POST('/api/v1/me/second-factor/remove', { params: { header: once() }, body: { code } }));
export const removeSecondFactorOf = (id: Id) => answer<void>(server.DELETE('/api/v1/agents/{id}/second-factor', { params: { path: { id } } }));
export const signInPolicy = () => answer<SignInPolicy>(server.GET('/api/v1/sign-in-policy'));
export const setSignInPolicy = (policy: SignInPolicy) => answer<SignInPolicy>(server.PUT('/api/v1/sign-in-policy', { body: policy }));

// Agents and teams
export const agents = () => answer<Page<Agent>>(server.GET('/api/v1/agents'));
export interface NewAgent {
  name: string;
  email: string;
  grants: Grant[];
  team_ids?: Id[];
  language?: string;
}
export interface Link {
  link: string;
  expires_at: string;
}
export const invite = (agent: NewAgent) => answer<Link & { agent: Agent }>(server.POST('/api/v1/agents', { params: { header: once() }, body: agent }));
export interface AgentChange {
  name?: string;
  grants?: Grant[];
  team_ids?: Id[];
  disabled?: boolean;
}
export const changeAgent = (id: Id, change: AgentChange, version?: number) => answer<Agent>(server.PATCH('/api/v1/agents/{id}', { params: { path: { id }, header: ifVersion(version) }, body: change }));
export const newLink = (id: Id, kind: 'invitation' | 'reset') => answer<Link>(server.POST('/api/v1/agents/{id}/links', { params: { path: { id }, header: once() }, body: { kind } }));
export const signOutAgent = (id: Id) => answer<void>(server.POST('/api/v1/agents/{id}/sign-out-everywhere', { params: { path: { id }, header: once() } }));
export const roles = () => answer<Page<Role>>(server.GET('/api/v1/roles'));
export const addRole = (body: { name: string; permissions: Permission[] }) => answer<Role>(server.POST('/api/v1/roles', { params: { header: once() }, body }));
/** Null puts a role that comes with Rapport back to what it was. */
export const changeRole = (id: RoleKey, change: { name?: string; permissions?: Permission[] | null }, version?: number) =>
  answer<Role>(server.PATCH('/api/v1/roles/{id}', { params: { path: { id }, header: ifVersion(version) }, body: change }));
export const removeRole = (id: RoleKey) => answer<void>(server.DELETE('/api/v1/roles/{id}', { params: { path: { id } } }));

export const teams = () => answer<Page<Team>>(server.GET('/api/v1/teams'));
export const addTeam = (team: { name: string; member_ids: Id[] }) => answer<Team>(server.POST('/api/v1/teams', { params: { header: once() }, body: team }));
export const changeTeam = (id: Id, change: { name?: string; member_ids?: Id[] }, version?: number) =>
  answer<Team>(server.PATCH('/api/v1/teams/{id}', { params: { path: { id }, header: ifVersion(version) }, body: change }));
export const removeTeam = (id: Id) => answer<void>(server.DELETE('/api/v1/teams/{id}', { params: { path: { id } } }));

// Customers
export const contacts = (query: { q?: string; limit?: number; cursor?: string | null }) => answer<Page<Contact>>(server.GET('/api/v1/contacts', { params: { query: { ...query, q: query.q || undefined } } }));
export const EXPORT_URL = '/api/v1/contacts/export';
export const contact = (id: Id) => answer<Contact>(server.GET('/api/v1/contacts/{id}', { params: { path: { id } } }));
export interface ContactChange {
  name?: string | null;
  language?: string | null;
  time_zone?: string | null;
  country?: string | null;
  company_id?: Id | null;
}
export interface NewContact {
  name?: string;
  language?: string;
  identities?: { kind: IdentityKind; value: string }[];
}
export const addContact = (body: NewContact) => answer<Contact>(server.POST('/api/v1/contacts', { params: { header: once() }, body }));
export const changeContact = (id: Id, change: ContactChange, version?: number) => answer<Contact>(server.PATCH('/api/v1/contacts/{id}', { params: { path: { id }, header: ifVersion(version) }, body: change }));
export const addIdentity = (id: Id, kind: IdentityKind, value: string) => answer<Identity>(server.POST('/api/v1/contacts/{id}/identities', { params: { path: { id }, header: once() }, body: { kind, value } }));
export const removeIdentity = (id: Id, identity: Id) => answer<void>(server.DELETE('/api/v1/contacts/{id}/identities/{identity_id}', { params: { path: { id, identity_id: identity } } }));
export const contactNotes = (id: Id) => answer<{ items: ContactNote[] }>(server.GET('/api/v1/contacts/{id}/notes', { params: { path: { id } } }));
export const addContactNote = (id: Id, text: string) => answer<ContactNote>(server.POST('/api/v1/contacts/{id}/notes', { params: { path: { id }, header: once() }, body: { text } }));
export const removeContactNote = (id: Id, note: Id) => answer<void>(server.DELETE('/api/v1/contacts/{id}/notes/{note_id}', { params: { path: { id, note_id: note } } }));
export interface NewFact {
  kind: FactKind;
  text: string;
  source: string;
  learned_on: string | null;
}
export const facts = (id: Id) => answer<Page<ContactFact>>(server.GET('/api/v1/contacts/{id}/facts', { params: { path: { id } } }));
export const addFact = (id: Id, body: NewFact) => answer<ContactFact>(server.POST('/api/v1/contacts/{id}/facts', { params: { path: { id }, header: once() }, body }));
export const removeFact = (id: Id, fact_id: Id) => answer<void>(server.DELETE('/api/v1/contacts/{id}/facts/{fact_id}', { params: { path: { id, fact_id } } }));
export const timeline = (id: Id, before: string | null, limit = 30) => answer<Page<TimelineItem>>(server.GET('/api/v1/contacts/{id}/timeline', { params: { path: { id }, query: { before, limit } } }));


export const auditEntries = (query: { agent_id?: Id; about?: string; cursor?: string | null }) =>
  answer<Page<AuditEntry>>(server.GET('/api/v1/audit-entries', { params: { query: { ...query, limit: 50 } } }));
