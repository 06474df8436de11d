import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './rapport.ts'

const deploy = fileURLToPath(new URL('../../../deploy/', import.meta.url))

/** What an administrator changes in a configuration; each must be there, or the file has moved on without this. */
function changed(text: string, changes: [string, string][]): string {
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`The configuration has no "${from}" any more.`)
    text = text.replaceAll(from, to)
  }
  return text
}

export type Kind = 'nginx' | 'caddy'

/** A real proxy with the configuration of this repository, on loopback, with TLS. */
export class Proxy {
  readonly folder = mkdtempSync(join(tmpdir(), 'rapport-proxy-'))
  readonly kind: Kind
  port = 0
  private process?: ChildProcess
  private said = ''
  constructor(kind: Kind) {
    this.kind = kind
  }

  get origin(): string {
    return `https://localhost:${this.port}`
  }

  /** The authority that vouches for the certificate (PEM). */
  get authority(): string {
    return join(this.folder, 'ca.pem')
  }

  /** A certificate for localhost that ends in so many days. */
  certify(days: number): void {
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: this.folder, stdio: 'pipe' })
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Authority of a test', '-days', '3')
    openssl('req', ...key, '-keyout', 'key.pem', '-out', 'leaf.csr', '-subj', '/CN=localhost')
    writeFileSync(join(this.folder, 'names'), 'subjectAltName=DNS:localhost')
    openssl('x509', '-req', '-in', 'leaf.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', `${days}`, '-extfile', 'names', '-out', 'leaf.pem')
  }

  /** `wrong` are mistakes made on purpose: texts of the configuration, and what stands there instead. */
  async start(upstream: number, wrong: [string, string][] = []): Promise<void> {
    this.port ||= await freePort()
    const own: [string, string][] = [['127.0.0.1:7700', `127.0.0.1:${upstream}`]]
    const file = this.kind === 'nginx' ? await this.nginx([...own, ...wrong]) : this.caddy([...own, ...wrong])
    const [program, args] = this.kind === 'nginx' ? ['nginx', ['-p', this.folder, '-c', file]] : ['caddy', ['run', '--adapter', 'caddyfile', '--config', file]]
    const home = { HOME: this.folder, XDG_DATA_HOME: this.folder, XDG_CONFIG_HOME: this.folder }
    const child = spawn(program as string, args as string[], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, ...home } })
    this.process = child
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (this.said = (this.said + text).slice(-20_000)))
    for (let tries = 0; tries < 200; tries++) {
      if (child.exitCode !== null) throw new Error(`${this.kind} ended with ${child.exitCode}:\n${this.said}`)
      if (await listens(this.port)) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`${this.kind} did not begin to listen:\n${this.said}`)
  }

  private async nginx(changes: [string, string][]): Promise<string> {
    const site = changed(readFileSync(join(deploy, 'nginx.conf'), 'utf8'), [
      ['listen 80;', `listen 127.0.0.1:${await freePort()};`],
      ['listen 443 ssl http2;', `listen 127.0.0.1:${this.port} ssl http2;`],
      ['server_name help.example.com;', 'server_name localhost;'],
      ['/etc/letsencrypt/live/help.example.com/fullchain.pem', join(this.folder, 'leaf.pem')],
      ['/etc/letsencrypt/live/help.example.com/privkey.pem', join(this.folder, 'key.pem')],
      ...changes,
    ])
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${this.folder}/${name};`).join(' ')
    const user = process.getuid?.() === 0 ? 'user root;' : ''
    const file = join(this.folder, 'nginx.conf')
    writeFileSync(file, `daemon off; ${user} pid ${this.folder}/pid; error_log stderr; events {} http { access_log off; ${paths}\n${site}\n}\n`)
    return file
  }

  private caddy(changes: [string, string][]): string {
    const site = changed(readFileSync(join(deploy, 'Caddyfile'), 'utf8'), [
      ['help.example.com {', `${this.origin} {\n\ttls ${this.folder}/leaf.pem ${this.folder}/key.pem`],
      ...changes,
    ])
    const file = join(this.folder, 'Caddyfile')
    writeFileSync(file, `{\n\tadmin off\n\tauto_https disable_redirects\n\tdefault_bind 127.0.0.1\n}\n${site}`)
    return file
  }

  async stop(): Promise<void> {
    const child = this.process
    if (!child || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
  }

  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1')
    probe.on('connect', () => (probe.destroy(), resolve(true))).on('error', () => resolve(false))
  })
