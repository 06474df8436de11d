// A server that keeps everything in memory and speaks just enough of the chat protocol to look at the
// widget without building the real one: node dev/fake-server.mjs [port]
// ?closed, ?wait=240 and ?nows on the shop page change what it plays.
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { WebSocketServer } from 'ws'

const port = Number(process.argv[2] ?? 7799)
const dist = new URL('../dist/', import.meta.url)
const types = { js: 'text/javascript', css: 'text/css', html: 'text/html' }
const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; frame-ancestors *"
const play = { closed: false, wait: 240, sockets: true }
const sessions = new Map()
const files = new Map()
const keys = new Map()
const streams = new Set()
const conversation = randomUUID()
const messages = []

const config = () => ({
  inbox: { name: 'Shop', key: 'demo', max_attachment_bytes: 10 << 20, ask_email_when_closed: true },
  brand: {
    name: 'Almara', accent: '#0E6F80', on_accent: '#FFFFFF', accent_ink: '#0B5C6B', accent_soft: '#DCEFF1',
    accent_dark: '#3DB4C6', on_accent_dark: '#06191D', accent_soft_dark: '#12363D', radius: 16, logo_url: null,
    tone: 'familiar', service_model: 'concierge', promise: null,
  },
  languages: ['en', 'es', 'pt', 'pl', 'ru'],
  availability: {
    open: !play.closed, always_open: false, measured_over: 40, agents_available: !play.closed,
    opens_at: play.closed ? new Date(Date.now() + 864e5).toISOString().slice(0, 11) + '10:00:00Z' : null,
    closes_at: play.closed ? null : new Date().toISOString().slice(0, 11) + '23:00:00Z',
    expected_wait_seconds: play.closed ? null : play.wait,
  },
  protocol: 1,
})
const broadcast = (frame) => streams.forEach((send) => send(frame))
function add(message) {
  const seq = messages.length + 1
  const full = { id: randomUUID(), conversation_id: conversation, seq, attachments: [], created_at: new Date().toISOString(), cursor: 'c' + seq, ...message }
  messages.push(full)
  broadcast({ type: 'message_created', conversation_id: conversation, version: seq, position: seq, message: full })
  return full
}
function receive(key, text, attachments = []) {
  if (!keys.has(key)) {
    keys.set(key, add({ kind: 'inbound', mine: true, author: { kind: 'contact', name: null }, text, key, delivery: 'sent', attachments: attachments.map((id) => files.get(id).about) }))
    setTimeout(() => broadcast({ type: 'delivery_changed', conversation_id: conversation, up_to_seq: messages.length, state: 'read' }), 600)
    setTimeout(() => broadcast({ type: 'typing', conversation_id: conversation, name: 'Marta', on: true }), 900)
    setTimeout(() => add({ kind: 'reply', mine: false, author: { kind: 'agent', name: 'Marta' }, text: `You wrote: ${text}\nSee https://example.com/help.` }), 2200)
  }
  const { id, conversation_id, seq, created_at, cursor } = keys.get(key)
  return { id, conversation_id, seq, created_at, cursor }
}

const server = createServer(async (req, res) => {
  const url = new URL(req.url, 'http://x')
  const chunks = []
  for await (const chunk of req) chunks.push(chunk)
  const raw = Buffer.concat(chunks)
  const path = url.pathname
  const json = (status, body) => res.writeHead(status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' }).end(body === undefined ? '' : JSON.stringify(body))
  const file = (name) => {
    try {
      const body = readFileSync(new URL(name, dist))
      res.writeHead(200, { 'content-type': types[name.split('.').pop()], 'content-security-policy': csp }).end(body)
    } catch {
      json(404)
    }
  }
  if (path === '/') {
    play.closed = url.searchParams.has('closed')
    play.wait = url.searchParams.has('wait') ? Number(url.searchParams.get('wait')) || null : 240
    play.sockets = !url.searchParams.has('nows')
    const dir = url.searchParams.get('dir') ?? 'ltr'
    res.writeHead(200, { 'content-type': 'text/html' })
    return res.end(`<!doctype html><html lang="en" dir="${dir}"><meta name="viewport" content="width=device-width"><title>Shop</title><h1>A shop</h1><script src="/widget.js" data-inbox="demo" async></script>`)
  }
  if (path === '/widget.js') return file('widget.js')
  if (path === '/widget/frame' || path.startsWith('/chat/')) return file('frame.html')
  if (path.startsWith('/widget/')) return file(path.slice(8))
  const api = path.replace('/api/v1', '')
  if (api === '/chat/demo') return json(200, config())
  if (api.endsWith('/sessions')) {
    const token = 't' + randomUUID()
    sessions.set(token, {})
    return json(201, { session_token: token, visitor_id: randomUUID(), contact_id: null, verification: 'none', protocol: 1 })
  }
  if (!sessions.has(req.headers.authorization?.slice(7))) return json(401, { type: 'urn:rapport:problem:unauthorized', status: 401 })
  if (api === '/chat/session') return json(200, { contact: null })
  if (api === '/chat/conversations') {
    const last = messages.at(-1)
    const item = last && { id: conversation, status: 'open', last: { ...last, files: last.attachments.length }, unread: 0, continues: true, continues_until: null }
    return json(200, { items: item ? [item] : [], next: null })
  }
  if (api === '/chat/messages' && req.method === 'GET') {
    const before = Number(url.searchParams.get('before') ?? messages.length + 1)
    const after = Number(url.searchParams.get('after')?.slice(1) ?? 0)
    if (!url.searchParams.has('latest')) return json(200, { items: messages.slice(after), next: null, cursor: 'c' + messages.length })
    const start = Math.max(0, before - 1 - 50)
    return json(200, { items: messages.slice(start, before - 1), next: null, cursor: 'c' + messages.length, earlier: start ? String(start + 1) : null })
  }
  if (api === '/chat/messages') {
    const body = JSON.parse(raw)
    if (body.text === 'refuse') return json(422, { type: 'urn:rapport:problem:invalid_request', status: 422, detail: 'no' })
    return json(201, receive(req.headers['idempotency-key'], body.text, body.attachment_ids))
  }
  if (api === '/chat/contact') return json(200, { contact: JSON.parse(raw) })
  if (api === '/chat/files') {
    const about = { id: randomUUID(), name: url.searchParams.get('name'), content_type: req.headers['content-type'], size_bytes: raw.length }
    files.set(about.id, { about, raw })
    return json(201, about)
  }
  if (api.startsWith('/chat/files/')) {
    const { about, raw } = files.get(api.slice(12))
    return res.writeHead(200, { 'content-type': about.content_type }).end(raw)
  }
  if (api === '/live/events') {
    res.writeHead(200, { 'content-type': 'text/event-stream' })
    const send = (frame) => res.write(`data: ${JSON.stringify(frame)}\n\n`)
    send({ type: 'ready', protocol: 1, viewer: 'visitor', position: messages.length })
    streams.add(send)
    return res.on('close', () => streams.delete(send))
  }
  json(req.method === 'POST' ? 204 : 404)
})
const sockets = new WebSocketServer({ noServer: true })
server.on('upgrade', (req, socket, head) => {
  if (!play.sockets) return socket.destroy()
  sockets.handleUpgrade(req, socket, head, (ws) => {
    const send = (frame) => ws.send(JSON.stringify(frame))
    ws.on('close', () => streams.delete(send))
    ws.on('message', (data) => {
      const frame = JSON.parse(data)
      if (frame.type === 'auth') {
        if (!sessions.has(frame.token)) return ws.close(4401)
        streams.add(send)
        send({ type: 'ready', protocol: 1, viewer: 'visitor', position: messages.length })
      }
      if (frame.type === 'message') {
        if (frame.text === 'refuse') return send({ type: 'refused', key: frame.key, problem: { status: 422, detail: 'no' } })
        send({ type: 'accepted', key: frame.key, ...receive(frame.key, frame.text, frame.attachment_ids) })
      }
    })
  })
})
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`))
