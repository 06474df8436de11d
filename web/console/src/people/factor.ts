// The second factor: what the server wants, and what to say of a code that it refused.

import { ref } from 'vue';
import { Problem } from '@/api/problem';

export const asksForCode = (error: unknown) => error instanceof Problem && error.code === 'second_factor_needed';
/** In settings a wrong code is a wrong field, at the door it is a refusal. */
export const isWrongCode = (error: unknown) => error instanceof Problem && (error.code === 'second_factor_wrong' || (error.status === 422 && error.body.errors?.[0]?.pointer === '/code'));

/** A door: the code is asked for once the server has asked for it. */
export function useDoor() {
  const asks = ref(false);
  const code = ref('');
  /** True when this only means that a code is wanted. */
  function wants(error: unknown): boolean {
    const isFirst = asksForCode(error) && !asks.value;
    if (asksForCode(error)) asks.value = true;
    if (isWrongCode(error)) code.value = '';
    return isFirst;
  }
  return { asks, code, given: () => (asks.value && code.value.trim() ? code.value.trim() : undefined), wants };
}
