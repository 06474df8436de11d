// What a browser has and the test's page lacks.

import { afterEach, beforeEach } from 'vitest';
import { createPinia, setActivePinia } from 'pinia';
import { allWords, speak } from '@/app/i18n';

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= NoObserver as unknown as typeof ResizeObserver;
Element.prototype.scrollIntoView ??= () => {};
// Nothing is fetched ahead: a quiet moment would come in the middle of another test, or after the last.
window.requestIdleCallback = () => 0;

beforeEach(async () => {
  localStorage.clear();
  setActivePinia(createPinia());
  await speak('en');
  await allWords();
});
afterEach(() => {
  document.body.innerHTML = '';
});
