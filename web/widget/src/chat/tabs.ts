// Several tabs of one browser share the session. What one does, the others hear at once.
export type Tabs = { tell(message: unknown): void }

export function tabs(inbox: string, heard: (message: any) => void): Tabs {
  try {
    const channel = new BroadcastChannel('rapport:' + inbox)
    channel.onmessage = (e) => heard(e.data)
    return { tell: (message) => channel.postMessage(message) }
  } catch {
    // Too old or too locked down: the server still brings the messages to the other tabs.
    return { tell: () => undefined }
  }
}

// Runs a job in one tab at a time. A tab that the phone froze may hold the lock for ever, so after ten
// seconds we go on without it: the lock keeps the order, the idempotency keys keep messages single.
export function exclusive<T>(name: string, job: () => Promise<T>): Promise<T> {
  let started = false
  const run = () => {
    started = true
    return job()
  }
  const lock = navigator.locks?.request('rapport:' + name, { signal: AbortSignal.timeout?.(10_000) }, run) as Promise<T> | undefined
  return (
    lock?.catch((why) => {
      if (started) throw why
      return run()
    }) ?? run()
  )
}
