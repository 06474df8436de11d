import { beforeEach, expect, it } from 'vitest';
import { useDrafts } from '@/stores/drafts';
import { aMessage } from './cast';
import { settle, type FakeApi } from './fakeApi';
import { desk, open } from './screen';

let api: FakeApi;
beforeEach(() => {
  api = desk();
});

const soon = () => new Promise((done) => setTimeout(done, 250));

it('a long talk shows its end at once and the rest a moment later', async () => {
  const items = Array.from({ length: 50 }, (_, at) => aMessage({ id: `m${50 - at}`, conversation_id: 'b', seq: 50 - at, text: `Part ${50 - at}.` }));
  api.on('GET', '/conversations/:id/messages', (_, [id]) => ({ body: { items: id === 'b' ? items : [aMessage()], next: null } }));
  const screen = await open('/inbox/mine/a');
  const waiting = window.requestAnimationFrame;
  window.requestAnimationFrame = () => 0;
  await screen.press('j');
  const early = screen.get('log').textContent;
  window.requestAnimationFrame = waiting;
  await soon();
  await settle();

  expect(early).toContain('Part 50.');
  expect(early).not.toContain('Part 1.');
  expect(screen.get('log').textContent).toContain('Part 1.');
  expect(document.querySelectorAll('[role=log] article')).toHaveLength(50);
});

it('what is written to one customer does not stand in the field of the next, which does not have the focus', async () => {
  const screen = await open('/inbox/mine/a');
  await screen.press('r');
  await screen.write(screen.get('textbox', 'Reply'), 'For Anna only');
  const field = screen.get('textbox', 'Reply');

  await screen.router.push('/inbox/mine/b');
  await settle();

  expect((screen.get('textbox', 'Reply') as HTMLTextAreaElement).value).toBe('');
  expect(screen.get('textbox', 'Reply')).not.toBe(field);
  expect(document.activeElement).not.toBe(screen.get('textbox', 'Reply'));
});

it('a file added to a note arrives in the note, whatever is open by then', async () => {
  let arrive = () => {};
  const file = { id: 'f', name: 'receipt.pdf', content_type: 'application/pdf', size_bytes: 10, url: '/api/v1/files/f' };
  api.on('POST', '/files', () => new Promise((done) => (arrive = () => done({ status: 201, body: file }))));
  const screen = await open('/inbox/mine/a');
  await screen.press('n');
  const paste = new Event('paste', { bubbles: true, cancelable: true });
  Object.assign(paste, { clipboardData: { files: [new File(['{}'], 'receipt.pdf')] } });
  screen.get('textbox', 'Note').dispatchEvent(paste);
  await screen.router.push('/inbox/mine/b');
  await settle();

  arrive();
  await settle();

  expect(useDrafts().box('a', 'note').attachments).toEqual([file]);
  expect(useDrafts().has('b')).toBe(false);
  expect(useDrafts().box('a', 'reply').attachments).toEqual([]);
});
