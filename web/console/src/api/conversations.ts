import { call, get, patch, post, put, remove } from './client';
import type {
  Attachment, Conversation, ConversationChange, ConversationPage, Draft, Id, Message, Mode, Page, Then, ViewCounts,
} from './types';

export interface ListQuery {
  view?: string;
  team_id?: Id;
  inbox_id?: Id;
  contact_id?: Id;
  limit?: number;
  cursor?: string | null;
}

export const counts = () => get<ViewCounts>('/views');
export const list = (query: ListQuery) => get<ConversationPage>('/conversations', { ...query });
export const one = (id: Id) => get<Conversation>(`/conversations/${id}`);
export const change = (id: Id, to: ConversationChange) => patch<Conversation>(`/conversations/${id}`, to);

export const messagesBefore = (id: Id, before: string | null, limit = 50) =>
  get<Page<Message>>(`/conversations/${id}/messages`, { before, limit });
export const messagesAfter = (id: Id, after_seq: number, limit = 100) =>
  get<Page<Message>>(`/conversations/${id}/messages`, { after_seq, limit });

export interface NewReply {
  text: string;
  seen_seq?: number;
  attachment_ids?: Id[];
  then?: Then;
}
export interface NewNote {
  text: string;
  mentions?: Id[];
  attachment_ids?: Id[];
}
export const reply = (id: Id, body: NewReply, key: string) => post<Message>(`/conversations/${id}/replies`, body, key);
export const note = (id: Id, body: NewNote, key: string) => post<Message>(`/conversations/${id}/notes`, body, key);

export const drafts = (id: Id) => get<{ items: Draft[] }>(`/conversations/${id}/drafts`);
export const saveDraft = (id: Id, mode: Mode, text: string, attachment_ids: Id[]) =>
  put<void>(`/conversations/${id}/drafts/${mode}`, { text, attachment_ids });
export const dropDraft = (id: Id, mode: Mode) => remove(`/conversations/${id}/drafts/${mode}`);

export const markRead = (id: Id, seq: number) => put<void>(`/conversations/${id}/read`, { seq });
export const markUnread = (id: Id) => remove(`/conversations/${id}/read`);

export const upload = (file: File, signal?: AbortSignal) =>
  call<Attachment>('POST', '/files', { query: { name: file.name }, raw: file, key: crypto.randomUUID(), signal });
