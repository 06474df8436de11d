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
  const frame = (text: string) => ({ type: 'draft_changed' as const, conversation_id: 'a', mode: 'reply' as const, text, attachment_ids: [], updated_at: '2026-11-22T15:00:00Z' });
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

it('files of a draft begun elsewhere come with their names, also when nothing else was written', async () => {
  const head = vi.fn((request: Request) => {
    const found = request.url.endsWith('/files/f1');
    return new Response(null, { status: found ? 200 : 404, headers: found ? { 'content-type': 'application/pdf', 'content-length': '2077', 'content-disposition': "attachment; filename*=UTF-8''recibo%20n%C2%BA%203%2Epdf" } : {} });
  });
  api.on('GET', '/conversations/:id/drafts', { body: { items: [{ mode: 'reply', text: '', attachment_ids: ['f1', 'gone'], updated_at: '2026-11-22T14:00:00Z' }] } });
  const answers = globalThis.fetch;
  vi.stubGlobal('fetch', (request: Request) => (request.method === 'HEAD' ? Promise.resolve(head(request)) : answers(request)));

  await useDrafts().load('a');
  expect(useDrafts().box('a', 'reply').attachments.map((file) => file.id)).toEqual(['f1', 'gone']);
  await vi.advanceTimersByTimeAsync(50);

  const [known, gone] = useDrafts().box('a', 'reply').attachments;
  expect(known).toEqual({ id: 'f1', name: 'recibo nº 3.pdf', content_type: 'application/pdf', size_bytes: 2077, url: '/api/v1/files/f1' });
  expect(gone!.name).toBe('');
  expect(useDrafts().box('a', 'reply').unsaved).toBe(false);
  expect(head).toHaveBeenCalledTimes(2);
});
