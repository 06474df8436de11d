import { randomUUID } from 'node:crypto'
import { connect as http2 } from 'node:http2'
import { request } from 'node:https'
import { expect, test as base, type Page } from '@playwright/test'
import { Desk } from '../support/desk.ts'
import { INES, PASSWORD } from '../support/fixtures.ts'
import { Proxy, type Kind } from '../support/proxy.ts'
import { freePort, Rapport, type Json } from '../support/rapport.ts'

type House = { rapport: Rapport; proxy: Proxy; inbox: string }

/** Rapport behind a proxy that runs the configuration in deploy/, and Ines, who has a password. */
async function house(kind: Kind): Promise<House> {
  const [rapport, proxy] = [new Rapport(), new Proxy(kind)]
  proxy.certify(90)
  rapport.port = await freePort()
  await proxy.start(rapport.port)
  rapport.settings = { RAPPORT_PUBLIC_URL: proxy.origin, RAPPORT_TRUSTED_PROXIES: '127.0.0.1/32' }
  const token = await rapport.agent(INES.name, INES.email)
  const inbox = await rapport.cli('inbox', 'add', 'webchat', '--name', 'Shop')
  rapport.token = await rapport.cli('token', 'create', '--agent', INES.email, '--scope', '*')
  await rapport.start()
  const used = await ask(proxy, 'POST', '/api/v1/links/use', { body: { token, password: PASSWORD, language: 'en' }, headers: { origin: proxy.origin } })
  expect(used.status).toBe(200)
  expect(`${used.headers['set-cookie']}`).toContain('Secure')
  return { rapport, proxy, inbox }
}

type Asked = { body?: object | Buffer; headers?: Record<string, string>; from?: string }
type Answer = { status: number; headers: Record<string, unknown>; body: Json }

/** One request on a connection of its own, from any address of this machine. */
function ask(proxy: Proxy, method: string, path: string, { body, headers, from }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: proxy.port, servername: 'localhost', method, path, localAddress: from, agent: false, rejectUnauthorized: false })
    const bytes = Buffer.isBuffer(body) ? body : body && JSON.stringify(body)
    const all = { host: `localhost:${proxy.port}`, ...(Buffer.isBuffer(body) || !body ? {} : { 'content-type': 'application/json' }), ...headers }
    for (const [name, value] of Object.entries(all)) sent.setHeader(name, value)
    sent.on('error', reject).on('response', (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part) => parts.push(part)).on('end', () => {
        const text = Buffer.concat(parts).toString()
        resolve({ status: answer.statusCode!, headers: answer.headers, body: text.startsWith('{') ? JSON.parse(text) : text })
      })
    })
    sent.end(bytes)
  })
}

async function session({ proxy, inbox }: House): Promise<string> {
  const opened = await ask(proxy, 'POST', `/api/v1/chat/${inbox}/sessions`, { body: { language: 'en' } })
  expect(opened.status).toBe(201)
  return opened.body.session_token
}

const say = (proxy: Proxy, token: string, text: string) =>
  ask(proxy, 'POST', '/api/v1/chat/messages', { body: { text }, headers: { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() } })

/** Frames as a page of the server gets them over its own WebSocket. */
const listen = (page: Page, token: string) =>
  page.evaluate((token) => {
    const heard: { type: string; at: number }[] = []
    const socket = new WebSocket(`wss://${location.host}/api/v1/live`)
    socket.onopen = () => socket.send(JSON.stringify({ type: 'auth', token, protocol: 1 }))
    socket.onmessage = (event) => heard.push({ type: JSON.parse(event.data).type, at: performance.now() })
    socket.onclose = (event) => heard.push({ type: `closed ${event.code}`, at: performance.now() })
    Object.assign(window, { heard })
  }, token)

const heard = (page: Page): Promise<{ type: string; at: number }[]> => page.evaluate(() => (window as Json).heard)

for (const kind of ['nginx', 'caddy'] as const) {
  const test = base.extend<object, { at: House }>({
    at: [
      async ({}, use) => {
        const at = await house(kind)
        await use(at)
        await at.rapport.remove()
        await at.proxy.remove()
      },
      { scope: 'worker', timeout: 120_000 },
    ],
  })

  test.describe(kind, () => {
    test('an agent signs in, a customer writes, and the answer to both comes over one wss', async ({ browser, at }) => {
      const context = await browser.newContext({ baseURL: at.proxy.origin })
      const desk = new Desk(await context.newPage())
      await desk.signIn(INES.email, PASSWORD)
      expect((await context.cookies()).map((cookie) => [cookie.secure, cookie.httpOnly])).toEqual([[true, true]])
      const protocol = await desk.page.evaluate(() => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).nextHopProtocol)
      expect(protocol).toBe('h2')
      await desk.all()
      expect((await say(at.proxy, await session(at), 'hello from outside')).status).toBe(201)
      await expect(desk.row('hello from outside')).toBeVisible({ timeout: 3000 })
      await context.close()
    })

    test('server-sent events come one by one, over HTTP/2 too', async ({ at }) => {
      const token = await session(at)
      const client = http2(at.proxy.origin, { rejectUnauthorized: false })
      const stream = client.request({ ':path': '/api/v1/live/events', authorization: `Bearer ${token}` })
      let text = ''
      stream.on('data', (part) => (text += part))
      await expect.poll(() => text).toContain('"ready"')
      await say(at.proxy, token, 'unbuffered')
      await expect.poll(() => text, { timeout: 2000 }).toContain('unbuffered')
      client.destroy()
    })

    test('20 MB go up, and more than is allowed is refused', async ({ at }) => {
      const headers = { authorization: `Bearer ${at.rapport.token}`, 'content-type': 'application/octet-stream' }
      const sent = await ask(at.proxy, 'POST', '/api/v1/files?name=large.bin', { body: Buffer.alloc(20_000_000, 7), headers })
      expect([sent.status, sent.body.size_bytes]).toEqual([201, 20_000_000])
      // One byte above max_upload_bytes. nginx refuses it by itself; through Caddy the answer is ours and says how much is allowed.
      const more = await ask(at.proxy, 'POST', '/api/v1/files?name=larger.bin', { body: Buffer.alloc(26_214_401), headers })
      expect([more.status, more.body.limit_bytes]).toEqual([413, kind === 'nginx' ? undefined : 26_214_400])
    })

    test('limits go by the address of the caller, who cannot make one up', async ({ at }) => {
      const tries = (from: string, number: number) =>
        ask(at.proxy, 'POST', '/api/v1/links/inspect', { body: { token: 'none' }, from, headers: { 'x-forwarded-for': `203.0.113.${number}` } })
      let refused = 0
      for (let number = 1; number <= 40; number++) refused += Number((await tries('127.0.0.2', number)).status === 429)
      expect(refused).toBe(10)
      expect((await tries('127.0.0.3', 1)).status).not.toBe(429)
    })

    test('no POST meets the end of an idle connection', async ({ at }) => {
      test.setTimeout(120_000)
      const token = await session(at)
      // The server closes after 10 s; around that moment a reused connection would be answered 502.
      for (const pause of [9.8, 9.9, 9.95, 10, 10.05]) {
        const answers = await Promise.all(Array.from({ length: 8 }, () => say(at.proxy, token, `after ${pause}`)))
        expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(201))
        await new Promise((resolve) => setTimeout(resolve, pause * 1000))
      }
    })

    test('an idle WebSocket lives, and everybody comes back after a restart', async ({ page, at }) => {
      test.setTimeout(180_000)
      await page.goto(`${at.proxy.origin}/console/sign-in`)
      await listen(page, await session(at))
      await page.waitForTimeout(95_000)
      const frames = await heard(page)
      expect(frames.map((frame) => frame.type)).toEqual(['ready', ...Array(6).fill('heartbeat')])

      const began = Date.now()
      await at.rapport.stop()
      await expect.poll(async () => (await heard(page)).at(-1)?.type).toBe('closed 1012')
      expect((await ask(at.proxy, 'GET', '/healthz')).status).toBe(502)
      await at.rapport.start()
      await expect.poll(async () => (await ask(at.proxy, 'GET', '/healthz')).status, { intervals: [20] }).toBe(200)
      console.log(`${kind}: away for ${Date.now() - began} ms around a restart`)
      await listen(page, await session(at))
      await expect.poll(async () => (await heard(page)).map((frame) => frame.type)).toContain('ready')
    })

    test('the doctor finds the way through, and what is wrong with the certificate', async ({ at }) => {
      const believed = await at.rapport.doctor({ SSL_CERT_FILE: at.proxy.authority })
      for (const check of ['proxy', 'tls', 'public', 'websocket']) expect(believed[check], check).toMatchObject({ status: 'ok' })
      expect(believed['tls']?.says).toContain('89 more days')
      const strange = await at.rapport.doctor({})
      expect(strange['tls']).toMatchObject({ status: 'fault', says: expect.stringContaining('does not know') })
    })
  })
}
