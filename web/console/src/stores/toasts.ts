// Short news at the foot of the screen, one at a time, with a way back where there is one.

import { ref, shallowRef } from 'vue';
import { defineStore } from 'pinia';

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
  undo?: () => void | Promise<void>;
}

const STAYS_MS = 10_000;

export const useToasts = defineStore('toasts', () => {
  const current = shallowRef<Toast | null>(null);
  const held = ref(false);
  let timer = 0;
  let count = 0;

  function leaveLater() {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (held.value) leaveLater();
      else current.value = null;
    }, STAYS_MS);
  }

  function show(text: string, options: { undo?: Toast['undo']; tone?: Toast['tone'] } = {}) {
    current.value = { id: ++count, text, tone: options.tone ?? 'plain', undo: options.undo };
    leaveLater();
  }

  function close() {
    current.value = null;
    clearTimeout(timer);
  }

  async function undo() {
    const way = current.value?.undo;
    if (!way) return;
    close();
    await way();
  }

  return { current, held, show, close, undo };
});
