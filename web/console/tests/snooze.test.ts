import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { settle, type FakeApi } from './fakeApi';
import { desk, open } from './screen';

let api: FakeApi;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-26T10:20:00Z') });
  api = desk();
});
afterEach(() => {
  vi.useRealTimers();
});

async function menu() {
  const screen = await open('/inbox/mine/a');
  await Promise.all([import('@/conversations/SnoozePicker.vue'), import('@/conversations/when/en'), import('@/ui/PopoverBox.vue')]);
  await screen.press('s');
  const field = await screen.find('textbox', 'A time in your words');
  await settle(20);
  return { screen, field };
}
const asked = () => api.asked('PATCH', /conversations\/a$/).map((call) => call.body);

it('one key is enough for the usual times', async () => {
  const { screen } = await menu();
  await screen.press('2', document.activeElement!);
  expect(asked()).toEqual([{ status: 'snoozed', snoozed_until: '2026-11-27T09:00:00.000Z', snoozed_until_answer: false }]);
});

it('a moment in words is shown before it is taken', async () => {
  const { screen, field } = await menu();
  await screen.write(field, 'friday 14:30');
  expect(screen.get('button', /27 Nov/).textContent).toContain('14:30');
  expect(asked()).toEqual([]);

  field.closest('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();

  expect(asked()).toEqual([{ status: 'snoozed', snoozed_until: '2026-11-27T14:30:00.000Z', snoozed_until_answer: false }]);
});

it('a letter goes into the field, where digits are no choices', async () => {
  const { screen, field } = await menu();
  await screen.press('f', document.activeElement!);
  expect(document.activeElement).toBe(field);
  await screen.press('2', field);
  expect(asked()).toEqual([]);
});

it('what is not understood, or has passed, says how to go on and does nothing', async () => {
  const { screen, field } = await menu();
  await screen.write(field, 'when I feel like it');
  expect(document.querySelector('.snooze-answer')?.textContent).toContain('Write it like this: friday 9');
  await screen.write(field, '2026-11-20');
  expect(document.querySelector('.snooze-answer')?.textContent).toContain('This time has passed');
  field.closest('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();
  expect(asked()).toEqual([]);
});
