// How well typed letters fit a text: whole words first, then letters in order. Zero means not at all.

const plain = (text: string) => text.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLocaleLowerCase();

export function fuzzy(typed: string, text: string): number {
  const wanted = plain(typed.trim());
  const within = plain(text);
  if (!wanted) return 1;
  const at = within.indexOf(wanted);
  if (at === 0) return 300;
  if (at > 0) return within[at - 1] === ' ' ? 250 - Math.min(at, 100) : 150 - Math.min(at, 100);
  let found = 0;
  for (const letter of within) if (letter === wanted[found]) found++;
  return found === wanted.length ? wanted.length / within.length : 0;
}
