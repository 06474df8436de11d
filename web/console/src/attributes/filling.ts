// What has to be filled in stands between an agent and a closed conversation.

import { reactive } from 'vue';
import type { Attribute, Conversation } from '@/api/types';
import { useDirectory } from '@/stores/directory';

export const filling = reactive<{ open: boolean; conversation: Conversation | null; missing: Attribute[]; go: (() => void) | null }>({ open: false, conversation: null, missing: [], go: null });

/** Goes on at once where nothing is missing. */
export function useFilling() {
  const directory = useDirectory();
  return function filledIn(conversation: Conversation | undefined, go: () => void) {
    const isMissing = (attribute: Attribute) => attribute.of === 'conversation' && attribute.is_required && !attribute.archived_at && conversation?.attributes[attribute.key] === undefined;
    const missing = conversation ? directory.attributeList.filter(isMissing) : [];
    if (!missing.length) return go();
    Object.assign(filling, { open: true, conversation, missing, go });
  };
}
