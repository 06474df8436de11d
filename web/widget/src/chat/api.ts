export const BASE = '/api/v1'

export class Problem extends Error {
  status: number
  code: string
  after: number
  constructor(status: number, code = '', detail = '', after = 0) {
    super(detail)
    this.status = status
    this.code = code
    this.after = after
  }
  /** Worth trying again by itself: nothing was said about the request being wrong. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

export function problemOf(status: number, body: any, after = 0): Problem {
  const code = String(body?.type ?? '').split(':').pop()
  return new Problem(status, code, body?.detail ?? body?.title ?? '', after)
}

export type Options = { token?: string | null; key?: string; body?: unknown; signal?: AbortSignal }

export async function call<T = any>(method: string, path: string, o: Options = {}): Promise<T> {
  const headers: Record<string, string> = {}
  if (o.token) headers.authorization = 'Bearer ' + o.token
  if (o.key) headers['idempotency-key'] = o.key
  if (o.body !== undefined) headers['content-type'] = 'application/json'
  let answer: Response
  try {
    answer = await fetch(BASE + path, {
      method,
      headers,
      body: o.body === undefined ? undefined : JSON.stringify(o.body),
      signal: o.signal ?? AbortSignal.timeout?.(20_000),
      credentials: 'omit',
    })
  } catch {
    throw new Problem(0)
  }
  const body = await answer.json().catch(() => null)
  if (!answer.ok) throw problemOf(answer.status, body, Number(answer.headers.get('retry-after')) || 0)
  return body as T
}

// On plain http there is no randomUUID; an object URL ends in a random UUID everywhere.
export const uuid = (): string => crypto.randomUUID?.() ?? URL.createObjectURL(new Blob()).slice(-36)
