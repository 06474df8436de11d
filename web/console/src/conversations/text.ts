// A message's text in pieces: plain words, addresses that can be followed, and names of colleagues.

export type Piece = { kind: 'text' | 'mention'; text: string } | { kind: 'link'; text: string; to: string };

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}]/g;

export function pieces(text: string, names: readonly string[] = []): Piece[] {
  const found: { at: number; end: number; piece: Piece }[] = [];
  for (const match of text.matchAll(LINK)) {
    found.push({ at: match.index, end: match.index + match[0].length, piece: { kind: 'link', text: match[0], to: match[0] } });
  }
  for (const name of names) {
    const mark = `@${name}`;
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) {
      found.push({ at, end: at + mark.length, piece: { kind: 'mention', text: mark } });
    }
  }
  found.sort((a, b) => a.at - b.at || b.end - a.end);
  const result: Piece[] = [];
  let done = 0;
  for (const { at, end, piece } of found) {
    if (at < done) continue;
    if (at > done) result.push({ kind: 'text', text: text.slice(done, at) });
    result.push(piece);
    done = end;
  }
  if (done < text.length) result.push({ kind: 'text', text: text.slice(done) });
  return result;
}

/** Who is named in a note, by the names that stand in it. */
export function mentioned<T extends { id: string; name: string }>(text: string, people: readonly T[]): string[] {
  const byLength = [...people].sort((a, b) => b.name.length - a.name.length);
  let rest = text;
  const ids: string[] = [];
  for (const person of byLength) {
    const mark = `@${person.name}`;
    if (!rest.includes(mark)) continue;
    ids.push(person.id);
    // "@Ana Costa" must not also name "@Ana".
    rest = rest.replaceAll(mark, ' ');
  }
  return ids;
}

/** The beginning of a name being typed after an @ just before the cursor. */
export function mentionAt(text: string, cursor: number): { from: number; typed: string } | null {
  const match = /(?:^|[\s(])@([\p{L}\p{M}.'’-]*(?: [\p{L}\p{M}.'’-]*)?)$/u.exec(text.slice(0, cursor));
  if (!match) return null;
  return { from: cursor - match[1]!.length - 1, typed: match[1]! };
}
