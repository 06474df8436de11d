import { beforeEach, expect, it, vi } from 'vitest';
import { useMarks } from '@/stores/marks';
import type { FakeApi } from './fakeApi';
import { desk, open } from './screen';

let api: FakeApi;
beforeEach(() => {
  api = desk();
});
const changes = () => api.asked('PATCH', /conversations\/a$/).map(({ body }) => body);

it('t opens the tags, and a tag is added from there', async () => {
  await Promise.all([import('@/conversations/ThreadDialogs.vue'), import('@/ui/DialogBox.vue')]);
  const screen = await open('/inbox/mine/a');
  await screen.press('t');
  const add = await screen.find('button', 'Add');
  await screen.write(screen.labelled('New tag'), 'size');
  add.closest('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
  await vi.waitFor(() => expect(changes()).toEqual([{ tags: ['size'] }]), 10_000);
});

it('a key meant for what is marked never acts on the open one instead, however fast it follows', async () => {
  const screen = await open('/inbox/mine/a');
  useMarks().set(['b']);
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'e', code: 'KeyE', bubbles: true, cancelable: true }));
  await screen.press('j');
  expect(changes()).toEqual([]);
});
