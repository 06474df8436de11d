import { beforeEach, expect, it, vi } from 'vitest';
import { createPinia, setActivePinia } from 'pinia';
import { aMessage, INES, me, ME } from '../../tests/cast';
import { FakeApi, problem, settle } from '../../tests/fakeApi';
import { useDrafts } from './drafts';
import { useOutbox } from './outbox';
import { useSession } from './session';

let api: FakeApi;
const written = { conversation_id: 'a', mode: 'reply' as const, text: 'It is on its way', mentions: [], team_mentions: [], attachments: [], seen_seq: 4, then: null };

beforeEach(() => {
  api = new FakeApi();
  useSession().entered(me());
});

function newPage() {
  setActivePinia(createPinia());
  useSession().entered(me());
}

it('a reply is on the screen at once and leaves the outbox when the server has it', async () => {
  api.on('POST', '/conversations/:id/replies', ({ key }) => ({ status: 201, body: aMessage({ kind: 'reply', key }) }));

  useOutbox().send(written);

  expect(useOutbox().of('a')).toMatchObject([{ text: 'It is on its way', state: 'sending' }]);
  await settle();
  expect(useOutbox().of('a')).toEqual([]);
});

it('a reply written offline survives a reload and goes out once, under the same key', async () => {
  api.offline = true;
  useOutbox().send(written);
  await settle();
  const { key } = useOutbox().of('a')[0]!;
  expect(useOutbox().of('a')).toMatchObject([{ state: 'waiting' }]);

  newPage();
  useOutbox().restore();
  api.offline = false;
  api.on('POST', '/conversations/:id/replies', { status: 201, body: aMessage({ kind: 'reply' }) });
  await useOutbox().flush();

  expect(api.asked('POST', /replies/).map((call) => call.key)).toEqual([key]);
  expect(useOutbox().of('a')).toEqual([]);
});

it('a refused reply says so and can be tried again with the same key', async () => {
  api.on('POST', '/conversations/:id/replies', problem(422, 'invalid_request', { detail: 'Too long.' }));
  useOutbox().send(written);
  await settle();
  expect(useOutbox().of('a')).toMatchObject([{ state: 'failed', reason: 'Too long.' }]);

  api.on('POST', '/conversations/:id/replies', { status: 201, body: aMessage({ kind: 'reply' }) });
  useOutbox().retry(useOutbox().of('a')[0]!.key);
  await settle();

  const keys = api.asked('POST', /replies/).map((call) => call.key);
  expect(keys[0]).toBe(keys[1]);
  expect(useOutbox().of('a')).toEqual([]);
});

it('a colleague’s earlier answer stops the reply until the agent decides', async () => {
  const newer = aMessage({ id: 'm9', seq: 9, kind: 'reply', text: 'Already answered', author: { kind: 'agent', id: INES, name: 'Ines' } });
  api.on('POST', '/conversations/:id/replies', problem(409, 'conversation_moved_on', { newer_reply: newer, last_seq: 9 }));
  useOutbox().send(written);
  await settle();
  expect(useOutbox().of('a')).toMatchObject([{ state: 'moved_on', newer: { text: 'Already answered' } }]);

  api.on('POST', '/conversations/:id/replies', { status: 201, body: aMessage({ kind: 'reply' }) });
  useOutbox().sendAnyway(useOutbox().of('a')[0]!.key);
  await settle();

  const [first, second] = api.asked('POST', /replies/);
  expect(second!.key).not.toBe(first!.key);
  expect(second!.body).toMatchObject({ text: 'It is on its way', seen_seq: 9 });
});

it('what was refused can go back to the draft, before what was written since', async () => {
  api.on('POST', '/conversations/:id/replies', problem(422, 'invalid_request'));
  useOutbox().send(written);
  await settle();
  useDrafts().write('a', 'reply', { text: 'Another thought' });

  useOutbox().backToDraft(useOutbox().of('a')[0]!.key);

  expect(useDrafts().box('a', 'reply').text).toBe('It is on its way\n\nAnother thought');
});

it('answers to one customer go out in the order in which they were written', async () => {
  const texts: unknown[] = [];
  api.on('POST', '/conversations/:id/replies', async ({ body }) => {
    if (texts.length === 0) await new Promise((done) => setTimeout(done, 5));
    texts.push((body as { text: string }).text);
    return { status: 201, body: aMessage({ id: `m${texts.length}`, kind: 'reply' }) };
  });

  useOutbox().send(written);
  useOutbox().send({ ...written, text: 'And another' });
  await new Promise((done) => setTimeout(done, 40));

  expect(texts).toEqual(['It is on its way', 'And another']);
});

it('a note never takes the way of a reply', async () => {
  api.on('POST', '/conversations/:id/notes', { status: 201, body: aMessage({ kind: 'note' }) });
  useOutbox().send({ ...written, mode: 'note', mentions: [INES] });
  await settle();
  expect(api.asked('POST', /replies/)).toEqual([]);
  expect(api.asked('POST', /notes/)[0]!.body).toEqual({ text: 'It is on its way', mentions: [INES], team_mentions: [] });
});

it('is kept apart for each agent of this browser', () => {
  vi.useFakeTimers();
  useOutbox().send(written);
  setActivePinia(createPinia());
  useSession().entered(me({ agent: { ...me().agent, id: INES } }));
  useOutbox().restore();
  expect(useOutbox().of('a')).toEqual([]);
  expect(ME).not.toBe(INES);
  vi.useRealTimers();
});
