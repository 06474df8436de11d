// Which of the five layouts fits the window.

import { computed, ref } from 'vue';

const steps = [768, 1024, 1280, 1536].map((width) => window.matchMedia(`(min-width: ${width}px)`));
const reached = ref(steps.filter((step) => step.matches).length);
for (const step of steps) step.addEventListener('change', () => (reached.value = steps.filter((other) => other.matches).length));

/** One column: list, thread and customer are pages of their own. */
export const isPhone = computed(() => reached.value === 0);
/** The customer lies over the thread instead of beside it. */
export const panelFloats = computed(() => reached.value < 3);
/** The customer is a sheet from the edge with a scrim. */
export const panelIsSheet = computed(() => reached.value === 1);
/** The views are a flyout. */
export const viewsFloat = computed(() => reached.value < 4);
