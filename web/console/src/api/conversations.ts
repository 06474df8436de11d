import { answer, headers, ifVersion, once, server } from './client';
import type {
  Attachment, Conversation, ConversationChange, ConversationPage, Draft, FormerText, Id, Message, Mode, Page, Then, ViewCounts,
} from './types';

export interface ListQuery {
  view?: string;
  team_id?: Id;
  inbox_id?: Id;
  contact_id?: Id;
  company_id?: Id;
  contact_reason_id?: Id;
  saved_view_id?: Id;
  filter?: string;
  limit?: number;
  cursor?: string | null;
}

export const counts = () => answer<ViewCounts>(server.GET('/api/v1/views'));
export const list = (query: ListQuery) => answer<ConversationPage>(server.GET('/api/v1/conversations', { params: { query: { ...query } } }));
export const one = (id: Id) => answer<Conversation>(server.GET('/api/v1/conversations/{id}', { params: { path: { id } } }));
export const change = (id: Id, to: ConversationChange, version?: number) =>
  answer<Conversation>(server.PATCH('/api/v1/conversations/{id}', { params: { path: { id }, header: ifVersion(version) }, body: to }));

export const messagesBefore = (id: Id, before: string | null, limit = 50) =>
  answer<Page<Message>>(server.GET('/api/v1/conversations/{id}/messages', { params: { path: { id }, query: { before, limit } } }));
export const messagesAfter = (id: Id, after_seq: number, limit = 100) =>
  answer<Page<Message>>(server.GET('/api/v1/conversations/{id}/messages', { params: { path: { id }, query: { after_seq, limit } } }));

export interface NewReply {
  text: string;
  seen_seq?: number;
  attachment_ids?: Id[];
  then?: Then;
}
export interface NewNote {
  text: string;
  mentions?: Id[];
  team_mentions?: Id[];
  attachment_ids?: Id[];
}
export const reply = (id: Id, body: NewReply, key: string) => answer<Message>(server.POST('/api/v1/conversations/{id}/replies', { params: { path: { id }, header: once(key) }, body }));
export const note = (id: Id, body: NewNote, key: string) => answer<Message>(server.POST('/api/v1/conversations/{id}/notes', { params: { path: { id }, header: once(key) }, body }));

export const editMessage = (id: Id, message_id: Id, text: string) =>
  answer<Message>(server.PATCH('/api/v1/conversations/{id}/messages/{message_id}', { params: { path: { id, message_id } }, body: { text } }));
export const formerTexts = (id: Id, message_id: Id) =>
  answer<Page<FormerText>>(server.GET('/api/v1/conversations/{id}/messages/{message_id}/edits', { params: { path: { id, message_id } } }));
export const redactMessage = (id: Id, message_id: Id) =>
  answer<Message>(server.POST('/api/v1/conversations/{id}/messages/{message_id}/redact', { params: { path: { id, message_id }, header: once() } }));

export interface Transfer {
  assignee_id?: Id | null;
  team_id?: Id | null;
  reason: string;
}
export const transfer = (id: Id, body: Transfer, key: string) => answer<Conversation>(server.POST('/api/v1/conversations/{id}/transfer', { params: { path: { id }, header: once(key) }, body }));
export const participants = (id: Id) => answer<Page<{ agent_id: Id }>>(server.GET('/api/v1/conversations/{id}/participants', { params: { path: { id } } }));
export const addParticipant = (id: Id, agent_id: Id) => answer<void>(server.PUT('/api/v1/conversations/{id}/participants/{agent_id}', { params: { path: { id, agent_id } } }));
export const removeParticipant = (id: Id, agent_id: Id) => answer<void>(server.DELETE('/api/v1/conversations/{id}/participants/{agent_id}', { params: { path: { id, agent_id } } }));

export const drafts = (id: Id) => answer<{ items: Draft[] }>(server.GET('/api/v1/conversations/{id}/drafts', { params: { path: { id } } }));
export const saveDraft = (id: Id, mode: Mode, text: string, attachment_ids: Id[]) =>
  answer<void>(server.PUT('/api/v1/conversations/{id}/drafts/{mode}', { params: { path: { id, mode } }, body: { text, attachment_ids } }));
export const dropDraft = (id: Id, mode: Mode) => answer<void>(server.DELETE('/api/v1/conversations/{id}/drafts/{mode}', { params: { path: { id, mode } } }));

export const markRead = (id: Id, seq: number) => answer<void>(server.PUT('/api/v1/conversations/{id}/read', { params: { path: { id } }, body: { seq } }));
export const markUnread = (id: Id) => answer<void>(server.DELETE('/api/v1/conversations/{id}/read', { params: { path: { id } } }));

const urlOf = (file: Id) => `/api/v1/files/${file}`;
/** A file of which only the id is known, such as one of a draft from another device. */
export const nameless = (id: Id): Attachment => ({ id, name: '', content_type: '', size_bytes: 0, url: urlOf(id) });

/** What a file is called and is, from the headers of its download. */
export async function aboutFile(id: Id): Promise<Attachment> {
  const told = await headers(urlOf(id));
  const name = /filename\*=UTF-8''([^;]+)/i.exec(told.get('content-disposition') ?? '')?.[1] ?? '';
  return { ...nameless(id), name: decodeURIComponent(name), content_type: told.get('content-type') ?? '', size_bytes: Number(told.get('content-length') ?? 0) };
}

export const upload = (file: File, signal?: AbortSignal) =>
  answer<Attachment>(
    server.POST('/api/v1/files', {
      params: { header: once(), query: { name: file.name } as never },
      headers: { 'content-type': file.type || 'application/octet-stream' },
      body: file as unknown as string,
      bodySerializer: (bytes) => bytes as unknown as File,
      signal,
    }),
  );
