// The way to whoever shows the chat: the shop's page around the iframe, or the native app around the
// full page. Nothing of the conversation's text goes out here.
import type { Shown } from './types'

export type Env = {
  inbox: string
  embedded: boolean
  /** The only origin we talk to and listen to. */
  origin: string
  wishes: string[]
}

export type Calls = {
  open(focus?: boolean): void
  close(): void
  page(page: Shown): void
  identify(jwt: string): void
  logout(): void
  setLanguage(language: string): void
  track(name: string, properties?: object): void
  prefill(text: string): void
}

export function readEnv(at: Location, embedded: boolean): Env {
  const query = new URLSearchParams(at.search)
  const [origin = '', ...wishes] = at.hash.slice(1).split(',')
  const path = /^\/chat\/([^/]+)/.exec(at.pathname)?.[1]
  return {
    inbox: path ? decodeURIComponent(path) : (query.get('inbox') ?? ''),
    embedded,
    origin,
    wishes: [query.get('language') ?? '', ...wishes].filter(Boolean),
  }
}

export function bridge(env: Env, calls: Calls): (...message: unknown[]) => void {
  const act = (name: unknown, args: unknown[]) => {
    if (typeof name === 'string' && Object.hasOwn(calls, name)) (calls as Record<string, (...a: any[]) => void>)[name]!(...args)
  }
  if (env.embedded) {
    addEventListener('message', (e) => {
      const message = e.data?.rapport
      if (e.source === parent && e.origin === env.origin && Array.isArray(message)) act(message[0], message.slice(1))
    })
    // Pages opened from a file have the origin "null", which cannot be named as a target.
    const target = env.origin === 'null' ? '*' : env.origin
    return (...message) => target && parent.postMessage({ rapport: message }, target)
  }
  let out: (...message: unknown[]) => void = () => undefined
  void import('./standalone').then((m) => (out = m.expose(act, calls)))
  return (...message) => out(...message)
}
