import { answer, ifVersion, once, server } from './client';
import type { ContactReason, Id, Localised, Page } from './types';

export interface NewReason {
  names: Localised;
  parent_id?: Id | null;
  brand_id?: Id | null;
  position?: number;
}
export interface ReasonChange {
  names?: Localised;
  position?: number;
  archived?: boolean;
}
export const all = () => answer<Page<ContactReason>>(server.GET('/api/v1/contact-reasons'));
export const add = (body: NewReason) => answer<ContactReason>(server.POST('/api/v1/contact-reasons', { params: { header: once() }, body }));
export const change = (id: Id, body: ReasonChange, version?: number) => answer<ContactReason>(server.PATCH('/api/v1/contact-reasons/{id}', { params: { path: { id }, header: ifVersion(version) }, body }));
export const remove = (id: Id) => answer<void>(server.DELETE('/api/v1/contact-reasons/{id}', { params: { path: { id } } }));
