// The company's contact reasons, and asking for one before something is resolved.

import { reactive, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import { useI18n } from 'vue-i18n';
import * as api from '@/api/reasons';
import type { Conversation, ContactReason, Id, Localised } from '@/api/types';
import { useFilling } from '@/attributes/filling';
import { useDirectory } from '@/stores/directory';
import { lineOf, plant } from './tree';

const FRESH_MS = 60_000;

export const useReasons = defineStore('reasons', () => {
  const all = shallowRef<ContactReason[]>([]);
  let asked = 0;

  /** Asked for anew after a minute, or at once when it is said that something changed. */
  async function load(now = false) {
    if (!now && Date.now() - asked < FRESH_MS) return;
    asked = Date.now();
    try {
      const { items } = await api.all();
      plant(items);
      all.value = items;
    } catch (error) {
      asked = 0;
      throw error;
    }
  }
  return { all, load };
});

export function useReasonNames() {
  const reasons = useReasons();
  const { t, locale } = useI18n();
  const pick = (names: Localised) => names[locale.value] ?? names.en ?? Object.values(names)[0] ?? '';

  /** Its name after those above it. */
  function path(id: Id | null | undefined): string {
    const loaded = reasons.all.length > 0;
    return lineOf(id).map(({ names }) => pick(names)).join(' › ') || (id && loaded ? t('reasons.gone') : '');
  }
  /** Those that may be chosen for a brand, in the order of the tree. */
  function choices(brand: Id | null) {
    const below = (parent: Id | null): ContactReason[] =>
      reasons.all.filter((reason) => reason.parent_id === parent && !reason.archived_at && (!reason.brand_id || reason.brand_id === brand)).flatMap((reason) => [reason, ...below(reason.id)]);
    return below(null).map(({ id }) => ({ value: id, label: path(id) }));
  }
  return { pick, path, choices };
}

/** The question that stands between an agent and a resolved conversation. */
export const asking = reactive<{ open: boolean; brand: Id | null; demanded: boolean; go: ((reason: Id | null) => void) | null }>({ open: false, brand: null, demanded: false, go: null });

/** Has filled in what is required, then asks where the brand wants a reason and none is said yet; otherwise goes on at once. */
export function useAsking() {
  const directory = useDirectory();
  const { choices } = useReasonNames();
  const filledIn = useFilling();
  return function withReason(conversation: Conversation | undefined, go: (reason: Id | null) => void) {
    filledIn(conversation, () => ask(conversation, go));
  };
  function ask(conversation: Conversation | undefined, go: (reason: Id | null) => void) {
    const asks = conversation && directory.brands.get(conversation.brand_id)?.ask_contact_reason;
    const ask = conversation && !conversation.contact_reason_id && asks && asks !== 'never' && choices(conversation.brand_id).length > 0;
    if (!ask) return go(null);
    Object.assign(asking, { open: true, brand: conversation.brand_id, demanded: asks === 'demanded', go });
  }
}
