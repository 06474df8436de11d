import { answer, ifVersion, once, server } from './client';
import type { ConversationField, DryRun, Id, NewRule, Page, Rule, RuleRun } from './types';

export const all = () => answer<{ items: Rule[] }>(server.GET('/api/v1/automation/rules'));
export const fields = () => answer<{ items: ConversationField[] }>(server.GET('/api/v1/automation/fields'));
export const add = (body: NewRule) => answer<Rule>(server.POST('/api/v1/automation/rules', { params: { header: once() }, body: body as never }));
export const change = (id: Id, body: Partial<NewRule>, version: number) =>
  answer<Rule>(server.PATCH('/api/v1/automation/rules/{id}', { params: { path: { id }, header: ifVersion(version) }, body: body as never }));
export const remove = (id: Id) => answer<void>(server.DELETE('/api/v1/automation/rules/{id}', { params: { path: { id } } }));
/** Before another rule, or last. */
export const put = (id: Id, before: Id | null) => answer<{ items: Rule[] }>(server.PUT('/api/v1/automation/rules/{id}/place', { params: { path: { id } }, body: { before_id: before } }));
export const dryRun = (body: NewRule) => answer<DryRun>(server.POST('/api/v1/automation/rules/dry-run', { body: body as never }));
export const runs = (id: Id, cursor: string | null) => answer<Page<RuleRun>>(server.GET('/api/v1/automation/rules/{id}/runs', { params: { path: { id }, query: { cursor } } }));
export const runsIn = (id: Id, cursor: string | null) => answer<Page<RuleRun>>(server.GET('/api/v1/conversations/{id}/rule-runs', { params: { path: { id }, query: { cursor } } }));
