import { answer, ifVersion, once, server } from './client';
import type { ConversationField, Id, NewSavedView, SavedView } from './types';

export const all = () => answer<{ items: SavedView[] }>(server.GET('/api/v1/saved-views'));
export const fields = () => answer<{ items: ConversationField[] }>(server.GET('/api/v1/conversation-fields'));
export const add = (body: NewSavedView) => answer<SavedView>(server.POST('/api/v1/saved-views', { params: { header: once() }, body: body as never }));
export const change = (id: Id, body: Partial<NewSavedView>, version: number) =>
  answer<SavedView>(server.PATCH('/api/v1/saved-views/{id}', { params: { path: { id }, header: ifVersion(version) }, body: body as never }));
export const remove = (id: Id) => answer<void>(server.DELETE('/api/v1/saved-views/{id}', { params: { path: { id } } }));
