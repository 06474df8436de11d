// The whole console in a test, spoken to by role and label as a person would.

import { enableAutoUnmount, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, vi } from 'vitest';
import { createMemoryHistory } from 'vue-router';
import App from '@/app/App.vue';
import { i18n } from '@/app/i18n';
import { makeRouter } from '@/app/router';
import { signedOut } from '@/app/start';
import { aConversation, aMessage, anAgent, INES, me } from './cast';
import { FakeApi, settle } from './fakeApi';

enableAutoUnmount(afterEach);

/** What each opened console does by the clock. Left running, it would make the stores of an earlier test the current ones. */
const running: (() => void)[] = [];
afterEach(() => running.splice(0).forEach((stop) => stop()));

/** A socket that never opens: what is live is tested on its own. */
class QuietSocket {
  static OPEN = 1;
  readyState = 0;
  send() {}
  close() {}
}

export function desk(): FakeApi {
  const anna = aConversation({ id: 'a', subject: 'Where is my order', inbound_count: 1, last_seq: 1, last_activity_at: '2026-11-22T14:02:00Z', assignee_id: me().agent.id });
  const bilal = aConversation({ id: 'b', subject: 'Wrong size', last_activity_at: '2026-11-22T14:01:00Z', assignee_id: me().agent.id, contact: { ...anna.contact, id: 'c-c-c-c-b11a', name: null } });
  return new FakeApi()
    .on('GET', '/me', { body: me() })
    .on('PATCH', '/me', { body: me() })
    .on('POST', '/live/tickets', { body: { token: 't', expires_at: '' } })
    .on('GET', '/agents', { body: { items: [anAgent(), anAgent({ id: INES, name: 'Ines Duarte' })], next: null } })
    .on('GET', '/teams', { body: { items: [], next: null } })
    .on('GET', '/brands', { body: { items: [], next: null } })
    .on('GET', '/inboxes', { body: { items: [], next: null } })
    .on('GET', '/locations', { body: { items: [], next: null } })
    .on('GET', '/setup', { body: { items: [], next: null } })
    .on('GET', '/views', { body: { items: [{ view: 'mine', count: 2 }], teams: [] } })
    .on('GET', '/conversations', { body: { items: [anna, bilal], next: null, position: 1 } })
    .on('GET', '/conversations/:id', (_, [id]) => ({ body: id === 'a' ? anna : bilal }))
    .on('PATCH', '/conversations/:id', ({ body }, [id]) => ({ body: { ...(id === 'a' ? anna : bilal), ...(body as object), version: 2 } }))
    .on('GET', '/conversations/:id/messages', (_, [id]) => ({ body: { items: [aMessage({ id: `m-${id}`, conversation_id: id, text: `First message of ${id}` })], next: null } }))
    .on('GET', '/conversations/:id/drafts', { body: { items: [] } })
    .on('PUT', '/conversations/:id/drafts/:mode', {})
    .on('PUT', '/conversations/:id/read', { status: 204 })
    .on('GET', '/contacts/:id', (_, [id]) => ({ body: { id, name: 'Anna de Vries', identities: [], conversation_count: 1, created_at: '2026-01-01T00:00:00Z', first_seen_at: null, last_seen_at: null, online: false, verification: 'none', language: 'en', time_zone: null, country: null, version: 1 } }))
    .on('GET', '/contacts/:id/notes', { body: { items: [] } })
    .on('GET', '/contacts/:id/timeline', { body: { items: [], next: null } });
}

export async function open(path: string) {
  vi.stubGlobal('WebSocket', QuietSocket);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(340);
  // Pages load when they are first visited; a test does not wait for that.
  await Promise.all([import('@/app/Shell.vue'), import('@/conversations/InboxPage.vue'), import('@/people/ContactsPage.vue'), import('@/people/CustomerPanel.vue'), import('@/people/LinkPage.vue'), import('@/people/SignInPage.vue')]);
  const pinia = createPinia();
  setActivePinia(pinia);
  const router = makeRouter(createMemoryHistory());
  signedOut(router);
  const { useSession } = await import('@/stores/session');
  useSession().checked = false;
  await router.push(path);
  const view = mount(App, { global: { plugins: [pinia, i18n, router] }, attachTo: document.body });
  const { useLive } = await import('@/stores/live');
  running.push(() => useLive(pinia).stop());
  await settle(40);

  const named = (el: Element) => (el.getAttribute('aria-label') ?? el.textContent ?? '').replace(/\s+/g, ' ').trim();
  const ROLES: Record<string, string> = { button: 'button,[role=button]', textbox: 'textarea,input', option: '[role=option]', link: 'a', log: '[role=log]', heading: 'h1,h2,h3', alert: '[role=alert]', listbox: '[role=listbox]' };
  const all = (role: string, name?: string | RegExp) =>
    [...document.querySelectorAll<HTMLElement>(ROLES[role] ?? `[role=${role}]`)].filter((el) => name === undefined || (typeof name === 'string' ? named(el) === name : name.test(named(el))));

  // Something an earlier test left under way may have made its own stores the current ones meanwhile.
  setActivePinia(pinia);

  return {
    pinia,
    view,
    router,
    all,
    get(role: string, name?: string | RegExp): HTMLElement {
      const found = all(role, name);
      if (!found[0]) throw new Error(`no ${role} named ${String(name)}; there are: ${all(role).map(named).join(' | ')}`);
      return found[0];
    },
    /** What is loaded when it is first asked for comes when it comes. */
    async find(role: string, name?: string | RegExp): Promise<HTMLElement> {
      for (let tries = 0; tries < 5_000 && !all(role, name).length; tries++) await settle(1);
      return this.get(role, name);
    },
    labelled: (label: string) => document.getElementById([...document.querySelectorAll('label')].find((el) => el.textContent?.trim() === label)?.htmlFor ?? '') as HTMLInputElement,
    async press(key: string, on: EventTarget = document.body, more: KeyboardEventInit = {}) {
      on.dispatchEvent(new KeyboardEvent('keydown', { key, code: `Key${key.toUpperCase()}`, bubbles: true, cancelable: true, ...more }));
      await settle();
    },
    async write(el: HTMLElement, text: string) {
      const field = el as HTMLInputElement;
      field.value = text;
      if (field.tagName === 'TEXTAREA') field.setSelectionRange(text.length, text.length);
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await settle(4);
    },
    async click(el: HTMLElement) {
      el.click();
      await settle();
    },
  };
}
