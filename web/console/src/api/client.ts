// The one place that speaks HTTP. Everything else calls the functions of the files beside it.

import { Problem, Unreachable, type ProblemBody } from './problem';

const BASE = '/api/v1';

type Query = Record<string, string | number | boolean | null | undefined>;

interface Options {
  query?: Query;
  body?: unknown;
  /** Sent as it is, for files. */
  raw?: Blob;
  key?: string;
  version?: number;
  signal?: AbortSignal;
}

type SignedOut = () => void;
let signedOut: SignedOut = () => {};

/** Called when the server no longer knows this session. */
export function onSignedOut(listener: SignedOut): void {
  signedOut = listener;
}

export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  return `${BASE}${path}${search.size ? `?${search}` : ''}`;
}

function request(method: string, options: Options): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.key) headers['idempotency-key'] = options.key;
  if (options.version !== undefined) headers['if-match'] = `"${options.version}"`;
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.raw) headers['content-type'] = options.raw.type || 'application/octet-stream';
  return {
    method,
    headers,
    credentials: 'same-origin',
    body: options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
    signal: options.signal,
  };
}

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as ProblemBody;
  const after = Number(response.headers.get('retry-after'));
  return new Problem(response.status, body, Number.isFinite(after) && after > 0 ? after : null);
}

export async function call<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const response = await fetch(address(path, options.query), request(method, options)).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Unreachable();
  });
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  const problem = await problemOf(response);
  if (problem.status === 401 && problem.code !== 'sign_in_failed') signedOut();
  throw problem;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) => call<T>('GET', path, { query, signal });
export const post = <T>(path: string, body?: unknown, key: string = crypto.randomUUID()) => call<T>('POST', path, { body, key });
export const put = <T>(path: string, body?: unknown) => call<T>('PUT', path, { body });
export const patch = <T>(path: string, body: unknown, version?: number) => call<T>('PATCH', path, { body, version });
export const remove = (path: string) => call<void>('DELETE', path);
