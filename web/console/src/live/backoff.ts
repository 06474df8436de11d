// How long to wait before connecting again. Full jitter: a thousand consoles that lost the
// same server must not come back in the same second.

export const RESTARTING = 1012;

const FIRST_MS: readonly [number, number] = [200, 2000];
const MOST_MS = 20_000;

export function waitMs(attempt: number, random: () => number = Math.random): number {
  const [least, most] = FIRST_MS;
  if (attempt === 0) return least + random() * (most - least);
  return random() * Math.min(MOST_MS, 1000 * 2 ** attempt);
}
