// Which menu of the open conversation is open: keys and pointer open the same ones.

import { reactive, shallowReactive } from 'vue';
import type { Message } from '@/api/types';

export const menus = reactive({ assign: false, snooze: false, tags: false, team: false, views: false, subject: false, reason: false, merge: false, link: false, transfer: false, later: false, rules: false });

/** The menu of one message: one for all, since a menu in each would take longer to make than the messages. */
export const messageMenu = shallowReactive<{ message: Message | null; at: HTMLElement | null }>({ message: null, at: null });

/** Which message is edited, redacted, or shown as it was. */
export const changing = shallowReactive<{ message: Message | null; how: 'edit' | 'redact' | 'former' }>({ message: null, how: 'edit' });

/** From which message on a conversation is to be split. */
export const splitting = shallowReactive<{ from: Message | null }>({ from: null });

/** The same for what is done with all selected conversations. */
export const bulkMenus = reactive({ assign: false, snooze: false, tags: false, team: false, reason: false });
