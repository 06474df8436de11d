import { mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '@/api/types';
import { i18n } from '@/app/i18n';
import ConversationRow from '@/conversations/ConversationRow.vue';
import { aConversation, aMessage, INES } from './cast';
import { problem, settle, type FakeApi } from './fakeApi';
import { desk, open } from './screen';

let api: FakeApi;
beforeEach(() => {
  api = desk();
});

describe('the list', () => {
  it('shows each conversation with its customer; who gave no name is told apart by four signs', () => {
    const anna = aConversation({ inbound_count: 2 });
    const visitor = aConversation({ contact: { ...anna.contact, id: '0192c000-0000-7000-8000-b11a00000001', name: null } });
    const row = (conversation: Conversation) => mount(ConversationRow, { props: { conversation, leaving: false, compact: false }, global: { plugins: [i18n] } }).text();
    expect(row(anna)).toContain('Anna de Vries');
    expect(row(anna)).toContain('2 unread messages');
    expect(row(visitor)).toContain('Visitor b11a');
  });

  it('is gone through with j and k, and the address follows', async () => {
    const screen = await open('/inbox/mine');
    await screen.press('j');
    expect(screen.router.currentRoute.value.path).toBe('/inbox/mine/a');
    await screen.press('j');
    expect(screen.router.currentRoute.value.path).toBe('/inbox/mine/b');
    await screen.press('k');
    expect(screen.router.currentRoute.value.path).toBe('/inbox/mine/a');
  });

  it('understands the same keys on a Russian keyboard', async () => {
    const screen = await open('/inbox/mine');
    await screen.press('о', document.body, { code: 'KeyJ' });
    expect(screen.router.currentRoute.value.path).toBe('/inbox/mine/a');
  });

  it('says how to go on when it is empty', async () => {
    api.on('GET', '/conversations', { body: { items: [], next: null, position: 1 } });
    await open('/inbox/mine');
    expect(document.body.textContent).toContain('Nothing left here');
  });

  it('says what failed, and tries again', async () => {
    api.on('GET', '/conversations', problem(500, 'internal', { reference: 'r-123' }));
    const screen = await open('/inbox/mine');
    expect(screen.get('alert').textContent).toContain('r-123');
    desk();
  });
});

describe('a conversation', () => {
  it('marks where the unread begins and tells the server that it was read', async () => {
    await open('/inbox/mine/a');
    expect(document.querySelector('.new-line')?.textContent).toBe('New');
    expect(api.asked('PUT', /conversations\/a\/read/)).toHaveLength(1);
  });

  it('is closed with e, and z takes it back', async () => {
    const screen = await open('/inbox/mine/a');
    await screen.press('e');
    expect(document.body.textContent).toContain('Conversation closed');
    expect(screen.router.currentRoute.value.path).toBe('/inbox/mine/b');

    await screen.press('z');
    expect(api.asked('PATCH', /conversations\/a$/).map((call) => call.body)).toEqual([{ status: 'resolved' }, { status: 'open' }]);
    expect(screen.router.currentRoute.value.path).toBe('/inbox/mine/a');
  });

  it('is put back when the server refuses', async () => {
    const screen = await open('/inbox/mine/a');
    api.on('PATCH', '/conversations/:id', problem(403, 'forbidden'));
    await screen.press('i');
    await settle();
    expect(document.body.textContent).toContain('You may not do this');
  });
});

describe('reply and note', () => {
  it('cannot be confused: words, colour, button and receiver differ', async () => {
    const screen = await open('/inbox/mine/a');
    expect(document.querySelector('.composer')?.textContent).toContain('To Anna de Vries');

    await screen.press('n');

    const composer = document.querySelector('.composer')!;
    expect(composer.classList.contains('composer-note')).toBe(true);
    expect(composer.textContent).toContain('Only your team sees this');
    expect(screen.get('button', /^Add note/)).toBeTruthy();
    expect(screen.all('button', /^Send/)).toEqual([]);
  });

  it('a note stays a note after it was added, and names who is mentioned', async () => {
    api.on('POST', '/conversations/:id/notes', { status: 201, body: aMessage({ id: 'n', seq: 2, kind: 'note' }) });
    const screen = await open('/inbox/mine/a');
    await screen.press('n');
    await screen.write(screen.get('textbox', 'Note'), '@Ines Duarte can you look');
    await screen.press('Enter', screen.get('textbox', 'Note'), { ctrlKey: true });

    expect(api.asked('POST', /notes/)[0]!.body).toEqual({ text: '@Ines Duarte can you look', mentions: [INES], team_mentions: [] });
    expect(screen.get('textbox', 'Note')).toBeTruthy();
  });

  it('a name begun in a reply is offered as a note, and the words move over', async () => {
    const screen = await open('/inbox/mine/a');
    await screen.press('r');
    await screen.write(screen.get('textbox', 'Reply'), '@Ines');
    await screen.click(screen.get('button', 'Switch to note'));
    expect((screen.get('textbox', 'Note') as HTMLTextAreaElement).value).toBe('@Ines');
    await screen.click(screen.get('button', 'Reply'));
    expect((screen.get('textbox', 'Reply') as HTMLTextAreaElement).value).toBe('');
  });

  it('another conversation opens in reply, but a begun note is found again', async () => {
    // As the server does: what was saved meanwhile is still there when the conversation is opened again.
    let saved: object[] = [];
    api.on('PUT', '/conversations/:id/drafts/:mode', ({ body }, [id, mode]) => {
      if (id === 'a') saved = [{ ...(body as object), mode, updated_at: new Date().toISOString() }];
      return { body: {} };
    });
    api.on('GET', '/conversations/:id/drafts', (_, [id]) => ({ body: { items: id === 'a' ? saved : [] } }));
    const screen = await open('/inbox/mine/a');
    await screen.press('n');
    await screen.write(screen.get('textbox', 'Note'), 'Half a note');
    await screen.router.push('/inbox/mine/b');
    await settle(20);
    expect(screen.get('textbox', 'Reply')).toBeTruthy();

    await screen.router.push('/inbox/mine/a');
    await settle(20);
    expect((screen.get('textbox', 'Note') as HTMLTextAreaElement).value).toBe('Half a note');
  });
});

describe('sending', () => {
  const reply = async (screen: Awaited<ReturnType<typeof open>>, text: string) => {
    await screen.press('r');
    await screen.write(screen.get('textbox', 'Reply'), text);
    await screen.press('Enter', screen.get('textbox', 'Reply'), { ctrlKey: true });
  };

  it('Enter alone begins a new line unless the agent chose otherwise', async () => {
    const screen = await open('/inbox/mine/a');
    await screen.press('r');
    await screen.write(screen.get('textbox', 'Reply'), 'Hello');
    await screen.press('Enter', screen.get('textbox', 'Reply'));
    expect(api.asked('POST', /replies/)).toEqual([]);
  });

  it('says what the agent had seen, so that a colleague’s answer is noticed', async () => {
    api.on('POST', '/conversations/:id/replies', { status: 201, body: aMessage({ id: 'r', seq: 2, kind: 'reply', text: 'On its way' }) });
    const screen = await open('/inbox/mine/a');
    await reply(screen, 'On its way');
    expect(api.asked('POST', /replies/)[0]!.body).toEqual({ text: 'On its way', seen_seq: 1 });
    expect(screen.get('log').textContent).toContain('On its way');
  });

  it('shows the colleague’s answer and three ways on', async () => {
    const newer = aMessage({ id: 'x', seq: 2, kind: 'reply', text: 'I answered already', author: { kind: 'agent', id: INES, name: 'Ines Duarte' } });
    api.on('POST', '/conversations/:id/replies', problem(409, 'conversation_moved_on', { newer_reply: newer, last_seq: 2 }));
    const screen = await open('/inbox/mine/a');
    await reply(screen, 'My answer');

    expect(screen.get('alert').textContent).toContain('I answered already');
    for (const way of ['Discard mine', 'Keep as draft', 'Send anyway']) expect(screen.get('button', way)).toBeTruthy();
    await screen.click(screen.get('button', 'Keep as draft'));
    expect((screen.get('textbox', 'Reply') as HTMLTextAreaElement).value).toBe('My answer');
  });

  it('a refused message says so on itself and can be tried again', async () => {
    api.on('POST', '/conversations/:id/replies', problem(422, 'invalid_request', { detail: 'Refused.' }));
    const screen = await open('/inbox/mine/a');
    await reply(screen, 'Try me');
    api.on('POST', '/conversations/:id/replies', { status: 201, body: aMessage({ id: 'r', seq: 2, kind: 'reply', text: 'Try me' }) });
    await screen.click(screen.get('button', 'Not sent. Try again'));
    expect(screen.all('button', 'Not sent. Try again')).toEqual([]);
  });

  it('does nothing while the keys are meant for text', async () => {
    const screen = await open('/inbox/mine/a');
    await screen.press('r');
    await screen.press('e', screen.get('textbox', 'Reply'));
    expect(api.asked('PATCH', /conversations/)).toEqual([]);
  });
});
