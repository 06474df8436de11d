// A server of a few lines for the tests: answers by method and path, and remembers what was asked.

import { vi } from 'vitest';

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  key: string | null;
}
type Answer = { status?: number; body?: unknown };
type Route = (call: Call, parts: string[]) => Answer | Promise<Answer>;

export class FakeApi {
  calls: Call[] = [];
  private routes: [string, RegExp, Route][] = [];
  offline = false;

  constructor() {
    vi.stubGlobal('fetch', (request: Request) => this.answer(request));
  }
  on(method: string, path: string, route: Route | Answer): this {
    const pattern = new RegExp(`^/api/v1${path.replace(/:\w+/g, '([^/]+)')}$`);
    this.routes.unshift([method, pattern, typeof route === 'function' ? route : () => route]);
    return this;
  }
  asked(method: string, path: RegExp): Call[] {
    return this.calls.filter((call) => call.method === method && path.test(call.path));
  }
  private async answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const text = await request.text();
    const call: Call = { method: request.method, path: url.pathname, query: url.searchParams, body: text ? JSON.parse(text) : undefined, key: request.headers.get('idempotency-key') };
    if (this.offline) throw new TypeError('Failed to fetch');
    this.calls.push(call);
    for (const [method, pattern, route] of this.routes) {
      const match = method === call.method && pattern.exec(call.path);
      if (!match) continue;
      const { status = 200, body } = await route(call, match.slice(1));
      return new Response(status === 204 ? null : JSON.stringify(body ?? {}), { status });
    }
    return new Response(JSON.stringify({ type: 'urn:rapport:problem:not_found', status: 404 }), { status: 404 });
  }
}

export const problem = (status: number, code: string, more: object = {}): Answer => ({ status, body: { type: `urn:rapport:problem:${code}`, status, title: code, ...more } });

/** Lets everything run that waits for answers already there. */
export async function settle(times = 12): Promise<void> {
  for (let at = 0; at < times; at++) await new Promise((done) => setTimeout(done, 0));
}
