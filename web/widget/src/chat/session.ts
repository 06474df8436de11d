import { call, Problem } from './api'
import type { Kv } from './kv'
import { exclusive } from './tabs'

export type Opened = { session_token: string; verification: string }
export type Proof = { jwt: string; sub: string }

export class Session {
  /** Kept in memory only: the shop hands it over again on each of its pages. */
  proof: Proof | null = null
  /** identify() at work: a session opened meanwhile would be a stranger's. */
  identifying?: Promise<unknown>
  opening?: Promise<string>
  readonly store: Kv
  #inbox: string
  #extra: () => object
  constructor(inbox: string, store: Kv, extra: () => object) {
    this.#inbox = inbox
    this.store = store
    this.#extra = extra
  }

  get token(): string | null {
    return this.store.get('token')
  }

  async ensure(): Promise<string> {
    if (!this.token) await this.identifying
    // One at a time among the tabs by the lock, and in this one also where locks are denied.
    const open = async () => this.token ?? (await this.#create())
    return this.token ?? (this.opening ??= exclusive('session:' + this.#inbox, open).finally(() => (this.opening = undefined)))
  }

  async #create(): Promise<string> {
    const { proof } = this
    const body = this.#extra()
    const open = (more: object) => call<Opened>('POST', `/chat/${this.#inbox}/sessions`, { body: { ...body, ...more } })
    if (proof) {
      try {
        return this.keep(await open({ identity: proof.jwt }), proof.sub)
      } catch (why) {
        if ((why as Problem).passing !== false) throw why
        this.refuse(why as Problem)
      }
    }
    return this.keep(await open({}), null)
  }

  keep(opened: Opened, sub: string | null): string {
    this.store.set('token', opened.session_token)
    this.store.set('sub', sub)
    return opened.session_token
  }

  refuse(why: Problem): void {
    this.proof = null
    console.warn('Rapport: identity refused', why.code, why.message)
  }

  /** The server no longer knows this token. Another tab may already have got the next one. */
  drop(dead: string): void {
    if (this.token === dead) this.store.set('token', null)
  }
}
