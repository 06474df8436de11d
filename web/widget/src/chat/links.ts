// Loaded with the first address that somebody writes.
import { h } from './dom'

export type Piece = { text: string; href?: string }

// Only https, only what stands in the text itself, drawn as text nodes: nothing a sender writes is
// ever read as HTML. Punctuation after an address belongs to the sentence.
export function pieces(text: string): Piece[] {
  const out: Piece[] = []
  let rest = 0
  for (const match of text.matchAll(/https:\/\/[^\s<>"'`]+/gi)) {
    let raw = match[0].replace(/[.,;:!?…»”’*_~\]}]+$/u, '')
    while (raw.endsWith(')') && raw.split(')').length > raw.split('(').length) raw = raw.slice(0, -1).replace(/[.,;:!?]+$/, '')
    let url: URL
    try {
      url = new URL(raw)
    } catch {
      continue
    }
    // An address with a name and password in front of the host is a disguise.
    if (url.protocol !== 'https:' || url.username || url.password) continue
    if (match.index > rest) out.push({ text: text.slice(rest, match.index) })
    out.push({ text: raw, href: url.href })
    rest = match.index + raw.length
  }
  if (rest < text.length) out.push({ text: text.slice(rest) })
  return out
}

/** Makes the addresses in a text pressable. */
export function link(bubble: HTMLElement, newWindow: boolean): void {
  const draw = ({ text, href }: Piece) => (href ? h('a', { href, rel: 'noopener nofollow', target: newWindow && '_blank' }, text) : text)
  bubble.replaceChildren(...pieces(bubble.textContent ?? '').map(draw))
}
