import type { Kv } from './kv'
import type { More } from './more'
import type { Panel } from './panel'
import type { Session } from './session'
import type { Talk } from './talk'

/** What parts that are loaded later stand on. */
export type Ground = {
  panel: Panel
  talk: Talk
  session: Session
  store: Kv
  more(): Promise<More>
  draw(): void
}
