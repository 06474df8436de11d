import { get, patch, post, remove } from './client';
import type {
  Agent, Availability, Contact, ContactNote, Grant, Id, Identity, IdentityKind, Language, LinkInspection, Me, Page, Role,
  SearchHit, SignInSession, Team, TimelineItem,
} from './types';

// Signing in
export const signIn = (email: string, password: string) => post<Me>('/sign-in', { email, password });
export const signOut = () => post<void>('/sign-out');
export const signOutEverywhere = () => post<void>('/sign-out-everywhere');
export const inspectLink = (token: string) => post<LinkInspection>('/links/inspect', { token });
export interface LinkUse {
  token: string;
  password?: string;
  name?: string;
  email?: string;
  company?: string;
  language?: string;
}
export const followLink = (use: LinkUse) => post<Me>('/links/use', use);

// Yourself
export const me = () => get<Me>('/me');
export interface MeChange {
  name?: string;
  language?: Language;
  time_zone?: string;
  availability?: Availability;
  settings?: Record<string, unknown>;
}
export const changeMe = (change: MeChange) => patch<Me>('/me', change);
export const changePassword = (current: string, next: string) => post<void>('/me/password', { current, new: next });
export const sessions = () => get<{ items: SignInSession[] }>('/me/sessions');
export const endSession = (id: Id) => remove(`/me/sessions/${id}`);
export const liveTicket = () => post<{ token: string; expires_at: string }>('/live/tickets');

// Agents and teams
export const agents = () => get<Page<Agent>>('/agents');
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
export const invite = (agent: NewAgent) => post<Link & { agent: Agent }>('/agents', agent);
export interface AgentChange {
  name?: string;
  grants?: Grant[];
  team_ids?: Id[];
  disabled?: boolean;
}
export const changeAgent = (id: Id, change: AgentChange, version?: number) => patch<Agent>(`/agents/${id}`, change, version);
export const newLink = (id: Id, kind: 'invitation' | 'reset') => post<Link>(`/agents/${id}/links`, { kind });
export const signOutAgent = (id: Id) => post<void>(`/agents/${id}/sign-out-everywhere`);
export const roles = () => get<{ items: { role: Role; permissions: string[] }[] }>('/roles');

export const teams = () => get<Page<Team>>('/teams');
export const addTeam = (team: { name: string; member_ids: Id[] }) => post<Team>('/teams', team);
export const changeTeam = (id: Id, change: { name?: string; member_ids?: Id[] }, version?: number) =>
  patch<Team>(`/teams/${id}`, change, version);
export const removeTeam = (id: Id) => remove(`/teams/${id}`);

// Customers
export const contacts = (query: { q?: string; limit?: number; cursor?: string | null }) => get<Page<Contact>>('/contacts', query);
export const contact = (id: Id) => get<Contact>(`/contacts/${id}`);
export interface ContactChange {
  name?: string | null;
  language?: string | null;
  time_zone?: string | null;
  country?: string | null;
}
export interface NewContact {
  name?: string;
  language?: string;
  identities?: { kind: IdentityKind; value: string }[];
}
export const addContact = (body: NewContact) => post<Contact>('/contacts', body);
export const changeContact = (id: Id, change: ContactChange, version?: number) => patch<Contact>(`/contacts/${id}`, change, version);
export const addIdentity = (id: Id, kind: IdentityKind, value: string) => post<Identity>(`/contacts/${id}/identities`, { kind, value });
export const removeIdentity = (id: Id, identity: Id) => remove(`/contacts/${id}/identities/${identity}`);
export const contactNotes = (id: Id) => get<{ items: ContactNote[] }>(`/contacts/${id}/notes`);
export const addContactNote = (id: Id, text: string) => post<ContactNote>(`/contacts/${id}/notes`, { text });
export const removeContactNote = (id: Id, note: Id) => remove(`/contacts/${id}/notes/${note}`);
export const timeline = (id: Id, before: string | null, limit = 30) => get<Page<TimelineItem>>(`/contacts/${id}/timeline`, { before, limit });

export const search = (q: string, limit = 12, signal?: AbortSignal) => get<{ items: SearchHit[] }>('/search', { q, limit }, signal);
