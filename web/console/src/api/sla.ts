import { answer, ifVersion, once, server } from './client';
import type { Id, NewSlaPolicy, Page, SlaPolicy } from './types';

export const all = () => answer<Page<SlaPolicy>>(server.GET('/api/v1/sla-policies'));
export const add = (body: NewSlaPolicy) => answer<SlaPolicy>(server.POST('/api/v1/sla-policies', { params: { header: once() }, body }));
export const change = (id: Id, body: Partial<NewSlaPolicy>, version?: number) => answer<SlaPolicy>(server.PATCH('/api/v1/sla-policies/{id}', { params: { path: { id }, header: ifVersion(version) }, body }));
export const remove = (id: Id) => answer<void>(server.DELETE('/api/v1/sla-policies/{id}', { params: { path: { id } } }));
