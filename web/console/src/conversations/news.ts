// A sound or a notice of the desktop when a customer writes and the agent looks elsewhere.

import { onMounted, onUnmounted } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { useNames } from '@/app/names';
import { belongs } from '@/live/apply';
import type { Frame } from '@/live/frames';
import { useConversations } from '@/stores/conversations';
import { useLive } from '@/stores/live';
import { usePreferences } from '@/stores/preferences';
import { useSession } from '@/stores/session';

const QUIET_MS = 5000;

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

export function listenForNews(): void {
  const { t } = useI18n();
  const router = useRouter();
  const names = useNames();
  const live = useLive();
  const session = useSession();
  const preferences = usePreferences();
  const conversations = useConversations();
  let last = 0;

  function heard(frame: Frame) {
    if (frame.type !== 'message_created' || frame.message.kind !== 'inbound') return;
    const conversation = conversations.byId.get(frame.conversation_id);
    if (!conversation) return;
    const forMe = belongs(conversation, 'mine', session.id) || belongs(conversation, 'unassigned', session.id) || conversation.yours.mentioned;
    const looking = !document.hidden && router.currentRoute.value.params.conversation === conversation.id;
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
  onUnmounted(() => stop());
}
