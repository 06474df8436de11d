// Whether the customer lies over the thread, on windows too narrow to stand beside it.

import { ref } from 'vue';

export const panelShown = ref(false);
