import { beforeEach, expect, it } from 'vitest';
import { fitting } from '@/conversations/canned/offered';
import { slashAt } from '@/conversations/canned/slash';
import { undoOf } from '@/conversations/macros/running';
import { belongs } from '@/live/apply';
import { plant } from '@/conversations/reasons/tree';
import { aConversation, me } from './cast';
import { problem, settle, type FakeApi } from './fakeApi';
import { desk, open } from './screen';

let api: FakeApi;
beforeEach(() => {
  api = desk();
});

it('a slash calls where a word begins, and nowhere else', () => {
  expect(slashAt('/par', 4)).toEqual({ from: 0, typed: 'par' });
  expect(slashAt('Hello /late parcel', 18)).toEqual({ from: 6, typed: 'late parcel' });
  expect(slashAt('Hello\n/', 7)).toEqual({ from: 6, typed: '' });
  for (const text of ['and/or', 'https://example.com', '/ spaced', 'a //b', `/${'x'.repeat(31)}`, '/one\ntwo']) expect(slashAt(text, text.length), text).toBeNull();
});

it('the shortcut counts most, then the name, then the text; what fits equally stays in its order', () => {
  const of = (shortcut: string, name: string, text: string) => ({ shortcut, name, text });
  const items = [of('a', 'Say hello', 'x'), of('b', 'x', 'Your parcel'), of('parcel', 'x', 'x'), of('c', 'Parcel late', 'x')];
  expect(fitting(items, 'parcel').map((item) => item.shortcut)).toEqual(['parcel', 'c', 'b']);
  expect(fitting(items, '').map((item) => item.shortcut)).toEqual(['a', 'b', 'parcel', 'c']);
  expect(fitting(items, 'zebra')).toEqual([]);
});

it('what a macro changed is taken back, and nothing that it left alone', () => {
  const was = aConversation({ assignee_id: null, priority: 'normal', tags: ['a'], status: 'open' });
  const is = { ...was, assignee_id: 'x', priority: 'high' as const, tags: ['a', 'b'], status: 'resolved' as const };
  expect(undoOf([{ type: 'assign_to_me' }, { type: 'add_tags', tags: ['b'] }], was, is)).toEqual({ assignee_id: null, tags: ['a'] });
  expect(undoOf([{ type: 'set_status', status: 'resolved' }, { type: 'set_priority', priority: 'high' }], was, is)).toEqual({ priority: 'normal', status: 'open' });
  expect(undoOf([], was, is)).toBeNull();
  expect(undoOf([{ type: 'set_team', team_id: null }], was, is)).toBeNull();
});

it('a list of a contact reason holds those of the reasons below it, whatever their status', () => {
  const reason = (id: string, parent_id: string | null) => ({ id, parent_id, brand_id: null, names: { en: id }, position: 1, is_used: true, archived_at: null, version: 1 });
  plant([reason('delivery', null), reason('late', 'delivery'), reason('lost', 'late'), reason('other', null)]);
  const of = (contact_reason_id: string | null) => aConversation({ contact_reason_id, status: 'resolved' });
  const found = ['delivery', 'late', 'lost', 'other', null].map((id) => belongs(of(id), 'reason:late', 'me'));
  expect(found).toEqual([false, true, true, false, false]);
});

it('a reason is asked for before a conversation is closed where the brand demands one', async () => {
  api
    .on('GET', '/brands', { body: { items: [{ id: aConversation().brand_id, name: 'Zonnebloem', ask_contact_reason: 'demanded', languages: ['en'] }], next: null } })
    .on('GET', '/contact-reasons', { body: { items: [{ id: 'r1', parent_id: null, brand_id: null, names: { en: 'Delivery' }, position: 1, is_used: false, archived_at: null, version: 1 }], next: null } });
  const screen = await open('/inbox/mine/a');
  await Promise.all([import('@/conversations/reasons/AskReason.vue'), import('@/ui/PickerList.vue'), import('@/ui/DialogBox.vue')]);
  await screen.press('e');
  const choice = await screen.find('option', /Delivery/);
  expect(api.asked('PATCH', /conversations/)).toEqual([]);

  await screen.click(choice);
  await settle();
  expect(api.asked('PATCH', /conversations/).map(({ body }) => body)).toEqual([{ contact_reason_id: 'r1', status: 'resolved' }]);
});

it('a macro shows what it will do, and what is refused stays to be read', async () => {
  const macro = { id: 'm1', name: 'Parcel lost', sharing: { with: 'me', team_id: null, brand_id: null }, mode: 'reply', language: 'en', text: 'We look for it.', missing: [], actions: [{ type: 'add_tags', tags: ['lost'] }], last_used_at: null };
  api.on('GET', '/conversations/:id/macros', { body: { items: [macro], next: null } }).on('POST', '/conversations/:id/macros/:macro', problem(422, 'invalid_request', { detail: 'x', errors: [{ pointer: '/tags', detail: 'At most 20 tags.' }] }));
  const screen = await open('/inbox/mine/a');
  await Promise.all([import('@/conversations/macros/MacroRunner.vue'), import('@/ui/PickerList.vue'), import('@/ui/DialogBox.vue')]);
  await screen.press('q');
  await screen.click(await screen.find('option', /Parcel lost/));
  const shown = () => document.querySelector('.macro-steps')?.textContent?.replace(/\s+/g, ' ');
  expect(shown()).toContain('Sends a reply');
  expect(shown()).toContain('We look for it.');
  expect(shown()).toContain('Add tags: lost');

  await screen.click(screen.get('button', /^Run/));
  await settle();
  expect(screen.get('alert').textContent).toContain('At most 20 tags.');
  api.on('POST', '/conversations/:id/macros/:macro', { status: 201, body: aConversation({ id: 'a', version: 5, tags: ['lost'], assignee_id: me().agent.id }) });
  await screen.click(screen.get('button', /^Run/));
  await settle();
  const keys = api.asked('POST', /macros/).map(({ key }) => key);
  expect(keys.length).toBe(2);
  expect(keys[0]).toBe(keys[1]);
  await screen.press('z');
  expect(api.asked('PATCH', /conversations/).map(({ body }) => body)).toEqual([{ tags: [] }]);
});
