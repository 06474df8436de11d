import { answer, ifVersion, once, server } from './client';
import type { Company, Contact, Id, Page } from './types';

export interface CompanyChange {
  name?: string;
  domains?: string[];
  note?: string;
}
export const all = (query: { q?: string; limit?: number; cursor?: string | null }) => answer<Page<Company>>(server.GET('/api/v1/companies', { params: { query: { ...query, q: query.q || undefined } } }));
export const one = (id: Id) => answer<Company>(server.GET('/api/v1/companies/{id}', { params: { path: { id } } }));
export const add = (body: CompanyChange & { name: string }) => answer<Company>(server.POST('/api/v1/companies', { params: { header: once() }, body }));
export const change = (id: Id, body: CompanyChange, version?: number) => answer<Company>(server.PATCH('/api/v1/companies/{id}', { params: { path: { id }, header: ifVersion(version) }, body }));
export const remove = (id: Id) => answer<void>(server.DELETE('/api/v1/companies/{id}', { params: { path: { id } } }));
export const members = (id: Id, cursor: string | null) => answer<Page<Contact>>(server.GET('/api/v1/companies/{id}/contacts', { params: { path: { id }, query: { limit: 50, cursor } } }));
export const addMembers = (id: Id, contact_ids: Id[]) => answer<void>(server.POST('/api/v1/companies/{id}/contacts', { params: { path: { id }, header: once() }, body: { contact_ids } }));
export const suggested = (id: Id) => answer<Page<Contact>>(server.GET('/api/v1/companies/{id}/suggestions', { params: { path: { id } } }));
export const suggestedFor = (id: Id) => answer<Page<Company>>(server.GET('/api/v1/contacts/{id}/company-suggestions', { params: { path: { id } } }));
