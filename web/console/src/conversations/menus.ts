// Which menu of the open conversation is open: keys and pointer open the same ones.

import { reactive } from 'vue';

export const menus = reactive({ assign: false, snooze: false, tags: false, team: false, views: false, subject: false, reason: false });

/** The same for what is done with all selected conversations. */
export const bulkMenus = reactive({ assign: false, snooze: false, tags: false, team: false, reason: false });
