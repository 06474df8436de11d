// The one place that speaks HTTP. What may be asked is typed by the server's own description.

import createClient from 'openapi-fetch';
import { Problem, Unreachable, type ProblemBody } from './problem';
import type { paths } from './schema';

export const server = createClient<paths>({
  baseUrl: location.origin,
  credentials: 'same-origin',
  fetch: (request) => globalThis.fetch(request),
});

type SignedOut = () => void;
let signedOut: SignedOut = () => {};

/** Called when the server no longer knows this session. */
export function onSignedOut(listener: SignedOut): void {
  signedOut = listener;
}

/** Said with every POST, so that a repeat has no second effect. */
export const once = (key: string = crypto.randomUUID()) => ({ 'Idempotency-Key': key });

/** Refuses the change when somebody else was first. */
export const ifVersion = (version?: number) => (version === undefined ? {} : { 'If-Match': `"${version}"` });

/** The headers of something, without its body. */
export async function headers(path: string): Promise<Headers> {
  const request = new Request(new URL(path, location.origin), { method: 'HEAD', credentials: 'same-origin' });
  const response = await globalThis.fetch(request).catch(() => {
    throw new Unreachable();
  });
  if (!response.ok) throw new Problem(response.status, {});
  return response.headers;
}

interface Asked {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** What was asked for, or a Problem, or Unreachable. */
export async function answer<T>(asked: Promise<Asked>): Promise<T> {
  const { data, error, response } = await asked.catch((failure: unknown) => {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new Unreachable();
  });
  if (response.ok) return data as T;
  const after = Number(response.headers.get('retry-after'));
  const body = error && typeof error === 'object' ? (error as ProblemBody) : {};
  const problem = new Problem(response.status, body, Number.isFinite(after) && after > 0 ? after : null);
  if (problem.status === 401 && problem.code !== 'sign_in_failed') signedOut();
  throw problem;
}
