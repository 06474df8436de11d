// Loaded with the first message that was edited or removed after it was written.
import { h } from './dom'
import type { More } from './more'
import type { Row } from './rows'
import { fill } from './words'

/** Says in the bubble what became of the message. */
export function tell(bubble: HTMLElement, { redacted, author }: Extract<Row, { type: 'message' }>, more: More, team: string): void {
  if (redacted) bubble.replaceChildren(h('i', {}, fill(more.removed, { name: redacted.by ?? author ?? team })))
  else bubble.append(' ', h('small', {}, `(${more.edited})`))
}
