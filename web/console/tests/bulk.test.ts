import type { Pinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { useBulk } from '@/conversations/bulk';
import { useMarks } from '@/stores/marks';
import { useToasts } from '@/stores/toasts';
import { aConversation, INES, me } from './cast';
import { problem, settle, type Call, type FakeApi } from './fakeApi';
import { desk, open } from './screen';

const ids = ['a', 'b', 'c', 'd'];
let api: FakeApi;
let now: Record<string, ReturnType<typeof aConversation>>;

beforeEach(() => {
  api = desk();
  now = Object.fromEntries(ids.map((id, at) => [id, aConversation({ id, subject: `Case ${id}`, assignee_id: me().agent.id, last_activity_at: `2026-11-22T14:0${9 - at}:00Z`, tags: id === 'b' ? ['size'] : [] })]));
  api
    .on('GET', '/conversations', { body: { items: ids.map((id) => now[id]), next: null, position: 1 } })
    .on('GET', '/conversations/:id', (_, [id]) => ({ body: now[id!] }))
    .on('PATCH', '/conversations/:id', ({ body }, [id]) => ({ body: (now[id!] = { ...now[id!]!, ...(body as object), version: now[id!]!.version + 1 }) }));
});

// The stores of the console that is open, whatever an earlier one still does.
let pinia: Pinia;
const marks = () => useMarks(pinia);
const toasts = () => useToasts(pinia);

async function inbox() {
  const screen = await open('/inbox/mine/a');
  pinia = screen.pinia;
  await Promise.all([import('@/conversations/BulkBar.vue'), import('@/ui/PickerList.vue'), import('@/ui/PopoverBox.vue')]);
  const row = (id: string) => screen.get('option', new RegExp(`Case ${id}`));
  const marked = () => screen.all('option').filter((one) => one.getAttribute('aria-selected') === 'true').map((one) => /Case (\w)/.exec(one.textContent!)![1]);
  const click = async (id: string, more: MouseEventInit = {}) => {
    row(id).dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...more }));
    await settle();
  };
  return { screen, row, marked, click };
}
const toast = (text: string) => vi.waitFor(() => expect(toasts().current?.text).toBe(text), 10_000);
const changes = () => api.asked('PATCH', /conversations/).map(({ path, body }: Call) => [path.at(-1), body]);

it('x marks the open row, Shift-click a range, Shift and an arrow the next; how many is told', async () => {
  const { screen, marked, click } = await inbox();
  await screen.press('x');
  expect(marked()).toEqual(['a']);
  await click('c', { shiftKey: true });
  expect(marked()).toEqual(['a', 'b', 'c']);
  expect([...document.querySelectorAll('[role=status]')].map((one) => one.textContent)).toContain('3 selected');
  expect(screen.router.currentRoute.value.path).toBe('/inbox/mine/a');

  await screen.press('Escape');
  expect(marks().count).toBe(0);

  await screen.press('ArrowDown', screen.get('listbox'), { shiftKey: true });
  expect(marked()).toEqual(['a', 'b']);
  expect(screen.router.currentRoute.value.path).toBe('/inbox/mine/b');
});

it('all of a view are read page by page, also those that the list does not show', async () => {
  const more = aConversation({ id: 'z', subject: 'Case z' });
  const { screen } = await inbox();
  api.on('GET', '/conversations', ({ query }) => ({ body: query.get('cursor') ? { items: [more], next: null, position: 1 } : { items: ids.map((id) => now[id]), next: 'two', position: 1 } }));
  await marks().all('mine');
  await settle();
  expect(marks().count).toBe(5);
  expect(marks().of('z')).toEqual(more);
  expect(screen.get('listbox').getAttribute('aria-multiselectable')).toBe('true');
});

it('e closes all that are marked, in one toast that takes all back', async () => {
  const { screen, click } = await inbox();
  await screen.press('x');
  await click('b', { shiftKey: true });
  now.b = { ...now.b!, status: 'waiting' };
  await screen.press('e');
  await toast('2 conversations closed');
  expect(changes()).toEqual([['a', { status: 'resolved' }], ['b', { status: 'resolved' }]]);
  expect(marks().count).toBe(0);

  await screen.press('z');
  await toast('2 conversations are as they were');
  expect(changes().slice(2)).toEqual([['a', { status: 'open' }], ['b', { status: 'open' }]]);
});

it('what is that way already is left alone', async () => {
  await inbox();
  marks().set(['a', 'b']);
  const { changed, undo } = await useBulk(pinia).run(['a', 'b'], (one) => (one.tags.includes('size') ? null : { tags: [...one.tags, 'size'] }));
  expect([changed, [...undo]]).toEqual([1, [['a', { tags: [] }]]]);
  expect(changes()).toEqual([['a', { tags: ['size'] }]]);
});

it('when a colleague was first it is looked at again, and changed from there', async () => {
  await inbox();
  let first = true;
  api.on('PATCH', '/conversations/:id', ({ body }, [id]) => {
    if (!first) return { body: { ...now[id!]!, ...(body as object), version: 9 } };
    first = false;
    now.a = { ...now.a!, version: 8, tags: ['urgent'] };
    return problem(412, 'version_conflict', { current: now.a });
  });
  const { changed, undo } = await useBulk(pinia).run(['a'], (one) => ({ tags: [...one.tags, 'size'] }));
  expect(changed).toBe(1);
  expect(changes()).toEqual([['a', { tags: ['size'] }], ['a', { tags: ['urgent', 'size'] }]]);
  expect([...undo]).toEqual([['a', { tags: ['urgent'] }]]);
});

it('what is refused is listed with its reason and stays marked; the rest is changed', async () => {
  const { screen } = await inbox();
  api.on('PATCH', '/conversations/:id', ({ body }, [id]) => (id === 'b' ? problem(403, 'forbidden') : { body: { ...now[id!]!, ...(body as object), version: 2 } }));
  marks().set(['a', 'b', 'c']);
  await settle();
  await screen.press('i');
  await toast('Nothing to change here');
  expect(marks().count).toBe(3);

  await screen.press('e');
  await toast('2 conversations closed');
  expect([...marks().ids]).toEqual(['b']);
  expect(screen.get('alert').textContent).toContain('1 could not be changed and stays selected');
  expect(screen.get('alert').textContent).toContain('You may not do this');
});

it('assigning says to whom', async () => {
  const { screen } = await inbox();
  marks().set(['a', 'b']);
  await settle();
  await screen.press('a');
  await screen.click(await screen.find('option', /Ines Duarte/));
  await toast('2 conversations assigned to Ines Duarte');
  expect(changes()).toEqual([['a', { assignee_id: INES }], ['b', { assignee_id: INES }]]);
});
