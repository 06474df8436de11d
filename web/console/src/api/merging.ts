import { answer, once, server } from './client';
import type { ContactPair, Duplicate, Id, Merge, MergePreview, Page, UndoPreview } from './types';

export const pairs = (cursor: string | null) => answer<Page<ContactPair>>(server.GET('/api/v1/contacts/duplicates', { params: { query: { cursor } } }));
export const duplicates = (id: Id) => answer<Page<Duplicate>>(server.GET('/api/v1/contacts/{id}/duplicates', { params: { path: { id } } }));
export const setDistinct = (id: Id, other_id: Id) => answer<void>(server.PUT('/api/v1/contacts/{id}/distinct/{other_id}', { params: { path: { id, other_id } } }));
export const unsetDistinct = (id: Id, other_id: Id) => answer<void>(server.DELETE('/api/v1/contacts/{id}/distinct/{other_id}', { params: { path: { id, other_id } } }));
export const preview = (id: Id, from_id: Id) => answer<MergePreview>(server.GET('/api/v1/contacts/{id}/merge-preview', { params: { path: { id }, query: { from_id } } }));
export const merge = (id: Id, from_id: Id, although_proved_apart: boolean) => answer<Merge>(server.POST('/api/v1/contacts/{id}/merges', { params: { path: { id }, header: once() }, body: { from_id, although_proved_apart } }));
export const merges = (id: Id) => answer<Page<Merge>>(server.GET('/api/v1/contacts/{id}/merges', { params: { path: { id } } }));
export const undoPreview = (id: Id, merge_id: Id) => answer<UndoPreview>(server.GET('/api/v1/contacts/{id}/merges/{merge_id}', { params: { path: { id, merge_id } } }));
export const undo = (id: Id, merge_id: Id) => answer<void>(server.DELETE('/api/v1/contacts/{id}/merges/{merge_id}', { params: { path: { id, merge_id } } }));
