import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Frame } from '@/live/frames';
import { useConversations } from '@/stores/conversations';
import { useLive } from '@/stores/live';
import { aConversation, aMessage, INES, me } from './cast';
import { desk, open } from './screen';

beforeEach(() => {
  desk();
});
afterEach(() => {
  vi.useRealTimers();
});

const told = () => [...document.querySelectorAll('.shell > [role=status]')].map((one) => one.textContent).join();
let seq = 1;
async function hear(id: string, text: string, more: Partial<ReturnType<typeof aMessage>> = {}) {
  seq += 1;
  const message = aMessage({ id: `n${seq}`, conversation_id: id, seq, text, ...more });
  useLive().take({ type: 'message_created', conversation_id: id, message, conversation: { ...useConversations().byId.get(id)!, last_seq: seq } } as unknown as Frame);
  await vi.advanceTimersByTimeAsync(1);
}

it('a new message is told at once with its words, and more within five seconds together', async () => {
  await open('/inbox/mine/a');
  vi.useFakeTimers();
  await hear('a', 'Are you there?');
  expect(told()).toBe('Anna de Vries wrote: Are you there?');

  await hear('a', 'Hello?');
  await hear('b', 'It is too small');
  expect(told()).toBe('Anna de Vries wrote: Are you there?');
  await vi.advanceTimersByTimeAsync(5000);
  expect(told()).toBe('2 new messages from Anna de Vries, Visitor b11a');

  await vi.advanceTimersByTimeAsync(20_000);
  await hear('b', 'Never mind');
  expect(told()).toBe('1 new message from Visitor b11a');
});

it('a colleague’s answer is told where it is seen; one’s own and what is not one’s own are not', async () => {
  await open('/inbox/mine/a');
  useConversations().put(aConversation({ id: 'x', assignee_id: INES }));
  vi.useFakeTimers();
  await hear('x', 'For Ines');
  await hear('a', 'My words', { kind: 'reply', author: { kind: 'agent', id: me().agent.id, name: 'Sam Visser' } });
  expect(told()).toBe('');
  await hear('a', 'I look into it', { kind: 'note', author: { kind: 'agent', id: INES, name: 'Ines Duarte' } });
  expect(told()).toBe('Ines Duarte wrote: I look into it');
});

it('words of a customer carry the customer’s language', async () => {
  await open('/inbox/mine/a');
  expect(document.querySelector('[role=log] .message-inbound [lang]')?.getAttribute('lang')).toBe('en');
  expect(document.querySelector('[role=option] .conversation-subject')?.getAttribute('lang')).toBe('en');
});
