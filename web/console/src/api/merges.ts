import { answer, once, server } from './client';
import type { Conversation, ConversationLink, ConversationLinkKind, Id, Page, Part } from './types';

export interface Split {
  message_ids?: Id[];
  from_message_id?: Id;
}
export interface NewLink {
  kind: ConversationLinkKind;
  to_id?: Id;
  to_number?: number;
}
export const merge = (id: Id, into_id: Id) => answer<Conversation>(server.POST('/api/v1/conversations/{id}/merge', { params: { path: { id }, header: once() }, body: { into_id } }));
export const unmerge = (id: Id) => answer<Conversation>(server.POST('/api/v1/conversations/{id}/unmerge', { params: { path: { id }, header: once() } }));
export const split = (id: Id, body: Split) => answer<Conversation>(server.POST('/api/v1/conversations/{id}/split', { params: { path: { id }, header: once() }, body }));
export const parts = (id: Id) => answer<Page<Part>>(server.GET('/api/v1/conversations/{id}/parts', { params: { path: { id } } }));
export const links = (id: Id) => answer<Page<ConversationLink>>(server.GET('/api/v1/conversations/{id}/links', { params: { path: { id } } }));
export const link = (id: Id, body: NewLink) => answer<ConversationLink>(server.POST('/api/v1/conversations/{id}/links', { params: { path: { id }, header: once() }, body }));
export const unlink = (id: Id, link_id: Id) => answer<void>(server.DELETE('/api/v1/conversations/{id}/links/{link_id}', { params: { path: { id, link_id } } }));
