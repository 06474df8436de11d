// What begins when somebody signs in, and ends when they leave.

import type { Router } from 'vue-router';
import { useContacts } from '@/stores/contacts';
import { useConversations } from '@/stores/conversations';
import { useDirectory } from '@/stores/directory';
import { useDrafts } from '@/stores/drafts';
import { keep } from '@/stores/kept';
import { useLists } from '@/stores/lists';
import { useLive } from '@/stores/live';
import { useMarks } from '@/stores/marks';
import { useOutbox } from '@/stores/outbox';
import { usePreferences } from '@/stores/preferences';
import { usePresence } from '@/stores/presence';
import { useSession } from '@/stores/session';
import { useThreads } from '@/stores/threads';
import { speak } from './i18n';

let startedFor = '';

export async function start(onRefused: (error: unknown) => void): Promise<void> {
  const { me, id } = useSession();
  if (!me || startedFor === id) return;
  startedFor = id;
  keep('rapport.language', me.agent.language);
  usePreferences().takeFromServer(me.settings);
  useDrafts().restore();
  useOutbox().restore();
  useConversations().restore();
  useLive().start(me.position, onRefused);
  void useDirectory().load();
  await speak(me.agent.language);
}

function forgetEverything() {
  startedFor = '';
  useLive().stop();
  useConversations().clear();
  useContacts().clear();
  useLists().clear();
  useMarks().clear();
  useThreads().clear();
  usePresence().clear();
  useDirectory().clear();
  // What was typed and not sent stays in the browser, under the agent's name, for the next time.
  useDrafts().clear();
  useOutbox().clear();
}

export function signedOut(router: Router): void {
  const session = useSession();
  const wasIn = session.me !== null;
  forgetEverything();
  session.left();
  const here = router.currentRoute.value;
  if (wasIn && !here.meta.open) void router.replace({ name: 'sign-in', query: { to: here.fullPath } });
}
