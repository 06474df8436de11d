// The full page inside an app: the app calls the same functions by evaluating JavaScript.
type Listener = (value: unknown) => void

export function expose(act: (name: unknown, args: unknown[]) => void, calls: object): (...message: unknown[]) => void {
  const listeners: Record<string, Listener[]> = {}
  const on = (event: string, fn: Listener) => void (listeners[event] ??= []).push(fn)
  const api = (name: string, ...args: unknown[]) => act(name, args)
  Object.assign(window, { Rapport: Object.assign(api, calls, { on }) })
  return (name, value) => listeners[name as string]?.forEach((fn) => fn(value))
}
