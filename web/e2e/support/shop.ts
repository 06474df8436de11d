import { createServer, type Server } from 'node:http'

/** Somebody's shop, with the strictest policy the widget promises to live under. */
export class Shop {
  port = 0
  private server?: Server
  private widget: string
  private inbox: string
  constructor(widget: string, inbox: string) {
    this.widget = widget
    this.inbox = inbox
  }

  get origin(): string {
    // Another origin on the same site, as chat.example.com is to www.example.com.
    return `http://127.0.0.1:${this.port}`
  }

  /** The same page on another site than the chat: some browsers then give the chat no storage. */
  get elsewhere(): string {
    return `http://localhost:${this.port}`
  }

  async start(): Promise<void> {
    this.server = createServer((request, answer) => {
      const url = new URL(request.url ?? '/', 'http://shop')
      if (url.pathname === '/favicon.ico') return answer.writeHead(204).end()
      const dir = url.searchParams.get('dir') ?? 'ltr'
      const lang = url.searchParams.get('lang') ?? 'en'
      const more = url.searchParams.has('quiet') ? ' data-sightings="off"' : ''
      const policy = `default-src 'none'; script-src ${this.widget}; frame-src ${this.widget}; connect-src ${this.widget}; style-src 'none'; require-trusted-types-for 'script'`
      answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
      answer.end(
        `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta name="viewport" content="width=device-width, initial-scale=1">` +
          `<title>Blue jacket</title></head><body><main><h1>Blue jacket</h1><p>Warm and dry.</p><a href="/?page=2">Next</a></main>` +
          `<script src="${this.widget}/widget.js" data-inbox="${this.inbox}"${more} async></script></body></html>`,
      )
    })
    await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve))
    this.port = (this.server.address() as { port: number }).port
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections()
    await new Promise((resolve) => this.server?.close(resolve))
  }
}
