import { answer, ifVersion, once, server } from './client';
import type { CannedResponse, FileFormat, Id, Imported, NewCannedResponse, OfferedResponse, Page } from './types';

const PAGE = 200;

/** All that one may use, page by page. */
export async function all(): Promise<CannedResponse[]> {
  const items: CannedResponse[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Page<CannedResponse> = await answer(server.GET('/api/v1/canned-responses', { params: { query: { limit: PAGE, cursor } } }));
    items.push(...page.items);
    cursor = page.next;
    if (!cursor) return items;
  }
}
export const add = (body: NewCannedResponse) => answer<CannedResponse>(server.POST('/api/v1/canned-responses', { params: { header: once() }, body }));
export const change = (id: Id, body: NewCannedResponse, version: number) =>
  answer<CannedResponse>(server.PATCH('/api/v1/canned-responses/{id}', { params: { path: { id }, header: ifVersion(version) }, body }));
export const remove = (id: Id) => answer<void>(server.DELETE('/api/v1/canned-responses/{id}', { params: { path: { id } } }));
export const used = (id: Id) => answer<void>(server.POST('/api/v1/canned-responses/{id}/uses', { params: { path: { id }, header: once() } }));
export const offered = (conversation: Id) =>
  answer<{ items: OfferedResponse[] }>(server.GET('/api/v1/conversations/{id}/canned-responses', { params: { path: { id: conversation } } }));
export const importFile = (format: FileFormat, content: string) =>
  answer<Imported>(server.POST('/api/v1/canned-responses/import', { params: { header: once() }, body: { format, content } }));
/** A link, so that the browser asks where to keep the file. */
export const exportUrl = (format: FileFormat) => `/api/v1/canned-responses/export?format=${format}`;
