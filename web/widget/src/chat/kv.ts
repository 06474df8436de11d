// Local storage that never throws: when the browser blocks it (strict privacy modes, some in-app web
// views) everything lives in memory for as long as the page does.
export type Kv = {
  /** Whether the browser keeps anything for us. */
  lasting: boolean
  get(key: string): string | null
  set(key: string, value: string | null): void
  keys(prefix: string): string[]
  clear(): void
}

export function kv(inbox: string, store: () => Storage = () => localStorage): Kv {
  const memory = new Map<string, string>()
  const prefix = `rapport:${inbox}:`
  const attempt = <T>(job: (s: Storage) => T): T | undefined => {
    try {
      return job(store())
    } catch {
      return undefined
    }
  }
  const stored = () => attempt((s) => Object.keys(s).filter((k) => k.startsWith(prefix))) ?? []
  return {
    lasting: !!attempt((s) => s),
    get: (key) => memory.get(key) ?? attempt((s) => s.getItem(prefix + key)) ?? null,
    set(key, value) {
      memory.delete(key)
      if (value === null) return void attempt((s) => s.removeItem(prefix + key))
      if (attempt((s) => (s.setItem(prefix + key, value), true))) return
      memory.set(key, value)
    },
    keys: (wanted) => {
      const all = [...stored().map((k) => k.slice(prefix.length)), ...memory.keys()]
      return [...new Set(all)].filter((k) => k.startsWith(wanted)).sort()
    },
    clear() {
      memory.clear()
      for (const key of stored()) attempt((s) => s.removeItem(key))
    },
  }
}
