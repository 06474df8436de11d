import { answer, ifVersion, once, server } from './client';
import type { ContactImport, Id, ImportChange, KeptRow, Page, PreviewRow } from './types';

export const all = (cursor: string | null = null) => answer<Page<ContactImport>>(server.GET('/api/v1/contact-imports', { params: { query: { cursor } } }));
export const one = (id: Id) => answer<ContactImport>(server.GET('/api/v1/contact-imports/{id}', { params: { path: { id } } }));
export const upload = (file: File) =>
  answer<ContactImport>(
    server.POST('/api/v1/contact-imports', {
      params: { header: once(), query: { name: file.name } as never },
      headers: { 'content-type': file.type || 'application/octet-stream' },
      body: file as unknown as string,
      bodySerializer: (bytes) => bytes as unknown as File,
    }),
  );
export const change = (id: Id, body: ImportChange, version?: number) =>
  answer<ContactImport>(server.PATCH('/api/v1/contact-imports/{id}', { params: { path: { id }, header: ifVersion(version) }, body }));
export const remove = (id: Id) => answer<void>(server.DELETE('/api/v1/contact-imports/{id}', { params: { path: { id } } }));
export const preview = (id: Id) => answer<Page<PreviewRow>>(server.GET('/api/v1/contact-imports/{id}/preview', { params: { path: { id } } }));
const step = (id: Id, name: 'start' | 'stop' | 'undo') => answer<ContactImport>(server.POST(`/api/v1/contact-imports/{id}/${name}`, { params: { path: { id }, header: once() } }));
export const start = (id: Id) => step(id, 'start');
export const stop = (id: Id) => step(id, 'stop');
export const undo = (id: Id) => step(id, 'undo');
export const kept = (id: Id, cursor: string | null = null) => answer<Page<KeptRow>>(server.GET('/api/v1/contact-imports/{id}/kept', { params: { path: { id }, query: { cursor } } }));
export const refusedUrl = (id: Id) => `/api/v1/contact-imports/${id}/refused`;
