import { answer, once, server } from './client';
import type { Id, Page, ScheduledReply, Then } from './types';

export interface NewScheduledReply {
  text: string;
  send_at: string;
  attachment_ids?: Id[];
  then?: Then;
}
export const list = (id: Id) => answer<Page<ScheduledReply>>(server.GET('/api/v1/conversations/{id}/scheduled-replies', { params: { path: { id } } }));
export const add = (id: Id, body: NewScheduledReply) => answer<ScheduledReply>(server.POST('/api/v1/conversations/{id}/scheduled-replies', { params: { path: { id }, header: once() }, body }));
export const move = (id: Id, scheduled_id: Id, send_at: string) =>
  answer<ScheduledReply>(server.PATCH('/api/v1/conversations/{id}/scheduled-replies/{scheduled_id}', { params: { path: { id, scheduled_id } }, body: { send_at } }));
export const takeBack = (id: Id, scheduled_id: Id) => answer<void>(server.DELETE('/api/v1/conversations/{id}/scheduled-replies/{scheduled_id}', { params: { path: { id, scheduled_id } } }));
