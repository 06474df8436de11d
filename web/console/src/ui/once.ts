// Parts that few visits need are loaded when they are first opened, and fetched ahead in quiet moments.

import { allWords } from '@/app/i18n';
import { defineAsyncComponent, markRaw, nextTick, ref, shallowRef, watch, type Component, type Ref } from 'vue';

const ahead: (() => Promise<unknown>)[] = [];
let fetching = false;

function fetchAhead() {
  const next = ahead.shift();
  if (!next) return void (fetching = false);
  fetching = true;
  const later = window.requestIdleCallback ?? ((run: () => void) => window.setTimeout(run, 200));
  later(() => void next().catch(() => {}).then(fetchAhead));
}

/** What is loaded later says what is loaded later. */
const spoken = <T>(load: () => Promise<T>) => async () => (await Promise.all([load(), allWords()]))[0];

export function lazily<T extends Component>(part: () => Promise<{ default: T }>): T {
  const load = spoken(part);
  ahead.push(load);
  if (!fetching && document.readyState === 'complete') fetchAhead();
  return defineAsyncComponent(load) as unknown as T;
}

if (typeof window !== 'undefined') window.addEventListener('load', () => !fetching && fetchAhead(), { once: true });

/** True from the first opening on. */
export function onceOpen(open: Readonly<Ref<boolean>>): Ref<boolean> {
  const was = ref(open.value);
  watch(open, (now) => (was.value ||= now), { flush: 'sync' });
  return was;
}

/**
 * A part with its own opener. It first takes the place of the stand-in, closed, and opens then: an opener that
 * vanished under an open menu would take the focus with it.
 */
export function useLater<T extends Component>(part: () => Promise<{ default: T }>, open: Ref<boolean>) {
  const load = spoken(part);
  ahead.push(load);
  const Part = shallowRef<T>();
  const shown = ref(false);

  async function begin() {
    const { default: part } = await load();
    Part.value ??= markRaw(part);
    await nextTick();
    shown.value = open.value;
  }
  watch(
    open,
    (on) => {
      if (Part.value) shown.value = on;
      else if (on) void begin();
    },
    { immediate: true },
  );
  watch(shown, (on) => (open.value = on));

  return { Part, shown };
}
