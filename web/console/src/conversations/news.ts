// News of messages: a sound or a notice of the desktop when a customer writes and the agent looks elsewhere, and words
// for screen readers, merged so that a busy hour does not talk without end.

import { onMounted, onUnmounted, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { useNames } from '@/app/names';
import type { Conversation, Message } from '@/api/types';
import { belongs } from '@/live/apply';
import type { Frame } from '@/live/frames';
import { useConversations } from '@/stores/conversations';
import { useLive } from '@/stores/live';
import { usePreferences } from '@/stores/preferences';
import { useSession } from '@/stores/session';

const QUIET_MS = 5000;
const NAMED_AT_MOST = 3;

/** Two soft notes, made here: no file to load, nothing to allow in the page's policy. */
function ring() {
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.connect(audio.destination);
  volume.gain.setValueAtTime(0.06, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.5);
  for (const [at, pitch] of [[0, 660], [0.12, 880]] as const) {
    const note = audio.createOscillator();
    note.frequency.value = pitch;
    note.connect(volume);
    note.start(audio.currentTime + at);
    note.stop(audio.currentTime + at + 0.3);
  }
  setTimeout(() => void audio.close(), 800);
}

/** What a screen reader is to say. */
export function listenForNews(): Ref<string> {
  const { t } = useI18n();
  const router = useRouter();
  const names = useNames();
  const live = useLive();
  const session = useSession();
  const preferences = usePreferences();
  const conversations = useConversations();
  let last = 0;

  const said = ref('');
  let heardLately: { conversation: Conversation; message: Message }[] = [];
  let timer = 0;

  /** The first message is told at once, with its words; what follows within five seconds is told together. */
  function tell(conversation: Conversation, message: Message) {
    heardLately.push({ conversation, message });
    if (timer) return;
    tellNow();
    timer = window.setTimeout(tellRest, QUIET_MS);
  }
  function tellRest() {
    timer = heardLately.length ? window.setTimeout(tellRest, QUIET_MS) : 0;
    if (heardLately.length) tellNow();
  }
  function tellNow() {
    const heard = heardLately;
    heardLately = [];
    const who = [...new Set(heard.map(({ conversation, message }) => (message.kind === 'inbound' ? names.customer(conversation.contact) : (message.author.name ?? ''))))];
    const [only] = heard;
    if (heard.length === 1 && isOpen(only!.conversation)) said.value = t('conversations.news.said', { name: who[0]!, text: only!.message.text || t('conversations.preview_files') });
    else said.value = t('conversations.news.from', { n: heard.length, names: who.slice(0, NAMED_AT_MOST).join(', ') + (who.length > NAMED_AT_MOST ? ' …' : '') }, heard.length);
  }
  const isOpen = (conversation: Conversation) => router.currentRoute.value.params.conversation === conversation.id;

  function heard(frame: Frame) {
    if (frame.type !== 'message_created' || frame.message.kind === 'system') return;
    const conversation = conversations.byId.get(frame.conversation_id);
    if (!conversation) return;
    // A colleague's words matter where they are seen; one's own do not.
    if (frame.message.author.id !== session.id && isOpen(conversation)) tell(conversation, frame.message);
    if (frame.message.kind !== 'inbound') return;
    const forMe = belongs(conversation, 'mine', session.id) || belongs(conversation, 'unassigned', session.id) || conversation.yours.mentioned;
    if (forMe && !isOpen(conversation)) tell(conversation, frame.message);
    const looking = !document.hidden && isOpen(conversation);
    if (!forMe || looking || Date.now() - last < QUIET_MS) return;
    last = Date.now();
    if (preferences.now.sound) ring();
    if (preferences.now.desktop_notice && document.hidden && 'Notification' in window && Notification.permission === 'granted') {
      const notice = new Notification(names.customer(conversation.contact), { body: frame.message.text || t('conversations.preview_files'), tag: conversation.id });
      notice.onclick = () => {
        window.focus();
        void router.push({ name: 'inbox', params: { view: 'all', conversation: conversation.id } });
        notice.close();
      };
    }
  }

  let stop = () => {};
  onMounted(() => (stop = live.onFrame(heard)));
  onUnmounted(() => {
    stop();
    clearTimeout(timer);
  });
  return said;
}
