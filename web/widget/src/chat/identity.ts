// Loaded when the shop says who its customer is, or that the customer has left.
import { call, Problem } from './api'
import type { Opened, Session } from './session'

/** The customer's own id inside the shop's proof. Only used to notice that somebody else signed in. */
export function subject(jwt: string): string | null {
  try {
    const part = jwt.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')
    const bytes = Uint8Array.from(atob(part), (c) => c.charCodeAt(0))
    const sub = JSON.parse(new TextDecoder().decode(bytes)).sub
    return typeof sub === 'string' && sub ? sub : null
  } catch {
    return null
  }
}

/** `replaced` is called when the session has become another one. */
export async function identify(session: Session, jwt: string, replaced: () => void): Promise<void> {
  const sub = subject(jwt)
  if (!sub) return console.warn('Rapport: identify() needs a signed JWT with "sub".')
  session.proof = { jwt, sub }
  await session.opening?.catch(() => undefined)
  const { token } = session
  const known = session.store.get('sub')
  if (!token || known === sub) return
  // Somebody else signed in without a logout in between: the two must never be joined.
  if (known) return leave(session, replaced)
  try {
    session.keep(await call<Opened>('POST', '/chat/identify', { token, body: { identity: jwt } }), sub)
  } catch (why) {
    if (!(why instanceof Problem)) throw why
    if (why.status === 401 && !(await alive(token))) {
      // Our own token was the one that is not valid; the next session is opened with the proof.
      session.drop(token)
      return replaced()
    }
    if (!why.passing) session.refuse(why)
    return
  }
  replaced()
}

const alive = (token: string) =>
  call('GET', '/chat/session', { token }).then(
    () => true,
    (why) => (why as Problem).status !== 401,
  )

/** Forgets everything here and ends the session on the server. */
export async function leave(session: Session, replaced: () => void): Promise<void> {
  const { token } = session
  session.store.clear()
  replaced()
  if (token) await call('POST', '/chat/logout', { token }).catch(() => undefined)
}
