import { answer, ifVersion, once, server } from './client';
import type { Conversation, Id, Macro, NewMacro, OfferedMacro, Page } from './types';

const PAGE = 200;

/** All that one may run, page by page. */
export async function all(): Promise<Macro[]> {
  const items: Macro[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Page<Macro> = await answer(server.GET('/api/v1/macros', { params: { query: { limit: PAGE, cursor } } }));
    items.push(...page.items);
    cursor = page.next;
    if (!cursor) return items;
  }
}
export const add = (body: NewMacro) => answer<Macro>(server.POST('/api/v1/macros', { params: { header: once() }, body }));
export const change = (id: Id, body: NewMacro, version: number) => answer<Macro>(server.PATCH('/api/v1/macros/{id}', { params: { path: { id }, header: ifVersion(version) }, body }));
export const remove = (id: Id) => answer<void>(server.DELETE('/api/v1/macros/{id}', { params: { path: { id } } }));
export const offered = (conversation: Id) => answer<{ items: OfferedMacro[] }>(server.GET('/api/v1/conversations/{id}/macros', { params: { path: { id: conversation } } }));
export const run = (conversation: Id, macro: Id, body: { seen_seq?: number | null; accept_missing?: boolean }, key?: string) =>
  answer<Conversation>(server.POST('/api/v1/conversations/{id}/macros/{macro_id}', { params: { path: { id: conversation, macro_id: macro }, header: once(key) }, body }));
