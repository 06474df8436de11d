// The state of one form: busy, refused, saved.

import { ref, shallowRef } from 'vue';

export function useSaving() {
  const busy = ref(false);
  const saved = ref(false);
  const problem = shallowRef<unknown>(null);

  /** True when it went through. */
  async function save(work: () => Promise<unknown>): Promise<boolean> {
    busy.value = true;
    saved.value = false;
    problem.value = null;
    try {
      await work();
      saved.value = true;
      return true;
    } catch (error) {
      problem.value = error;
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { busy, saved, problem, save };
}
