// What went wrong with a call, in one shape: refused by the server, or not reached at all.

import type { Message } from './types';

export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  reference?: string;
  errors?: { pointer: string; detail: string }[];
  newer_reply?: Message;
  last_seq?: number;
  current?: unknown;
}

export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly body: ProblemBody;
  readonly retryAfterSeconds: number | null;

  constructor(status: number, body: ProblemBody, retryAfterSeconds: number | null = null) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.body = body;
    this.code = body.type?.split(':').at(-1) ?? 'unknown';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The request may or may not have arrived: repeat it only with the same Idempotency-Key. */
export class Unreachable extends Error {
  constructor() {
    super('The server cannot be reached');
    this.name = 'Unreachable';
  }
}

export const hasCode = (error: unknown, code: string): error is Problem => error instanceof Problem && error.code === code;

/** True where waiting and trying again may help: no connection, overload, restart. */
export const mayPass = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Problem && (error.status === 429 || error.status >= 500));
