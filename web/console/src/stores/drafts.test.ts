import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPinia, setActivePinia } from 'pinia';
import { me } from '../../tests/cast';
import { FakeApi } from '../../tests/fakeApi';
import { useDrafts } from './drafts';
import { useSession } from './session';

let api: FakeApi;
const saved = () => api.asked('PUT', /drafts/).map((call) => (call.body as { text: string }).text);

beforeEach(() => {
  vi.useFakeTimers();
  api = new FakeApi().on('PUT', '/conversations/:id/drafts/:mode', {}).on('DELETE', '/conversations/:id/drafts/:mode', { status: 204 });
  useSession().entered(me());
});
afterEach(() => {
  vi.useRealTimers();
});

it('goes to the server half a second after the last key, once', async () => {
  useDrafts().write('a', 'reply', { text: 'H' });
  await vi.advanceTimersByTimeAsync(400);
  useDrafts().write('a', 'reply', { text: 'Hello' });
  await vi.advanceTimersByTimeAsync(400);
  expect(saved()).toEqual([]);

  await vi.advanceTimersByTimeAsync(200);
  expect(saved()).toEqual(['Hello']);
});

it('survives a reload before it reached the server, and is sent then', async () => {
  useDrafts().write('a', 'reply', { text: 'Half a sent' });

  setActivePinia(createPinia());
  useSession().entered(me());
  useDrafts().restore();

  expect(useDrafts().box('a', 'reply').text).toBe('Half a sent');
  await vi.advanceTimersByTimeAsync(600);
  expect(saved()).toContain('Half a sent');
});

it('never lets an older text overtake a newer one', async () => {
  const order: string[] = [];
  api.on('PUT', '/conversations/:id/drafts/:mode', async ({ body }) => {
    const { text } = body as { text: string };
    await new Promise((done) => setTimeout(done, text === 'first' ? 2000 : 10));
    order.push(text);
    return {};
  });
  useDrafts().write('a', 'reply', { text: 'first' });
  await vi.advanceTimersByTimeAsync(600);
  useDrafts().write('a', 'reply', { text: 'second' });
  await vi.advanceTimersByTimeAsync(4000);
  expect(order).toEqual(['first', 'second']);
});

it('is taken from another device, but what is being typed here stays', async () => {
  const frame = (text: string) => ({ type: 'draft_changed' as const, conversation_id: 'a', mode: 'reply' as const, text, updated_at: '2026-11-22T15:00:00Z' });
  useDrafts().apply(frame('From the phone'));
  expect(useDrafts().box('a', 'reply').text).toBe('From the phone');

  useDrafts().write('a', 'reply', { text: 'From the phone, and more' });
  useDrafts().apply(frame('From the phone, else'));
  expect(useDrafts().box('a', 'reply').text).toBe('From the phone, and more');
});

it('keeps reply and note apart', () => {
  useDrafts().write('a', 'note', { text: 'He is angry' });
  expect(useDrafts().box('a', 'reply').text).toBe('');
});

it('is deleted on the server when its text is removed', async () => {
  useDrafts().write('a', 'reply', { text: 'x' });
  await vi.advanceTimersByTimeAsync(600);
  useDrafts().write('a', 'reply', { text: '' });
  await vi.advanceTimersByTimeAsync(600);
  expect(api.asked('DELETE', /drafts\/reply/)).toHaveLength(1);
});
