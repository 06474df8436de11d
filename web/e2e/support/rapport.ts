import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../../', import.meta.url))

function binary(): string {
  const named = process.env.RAPPORT_BIN
  const found = [named, join(root, 'target/release/rapport'), join(root, 'target/debug/rapport')].find((path) => path && existsSync(path))
  if (!found) throw new Error('No rapport binary: build it with "cargo build --release" or set RAPPORT_BIN.')
  return found
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

export type Json = any

/** The real program with a data folder of its own. */
export class Rapport {
  readonly data = mkdtempSync(join(tmpdir(), 'rapport-e2e-'))
  port = 0
  token = ''
  /** Settings that differ from the default, by the names of their environment variables. */
  settings: Record<string, string> = {}
  private process?: ChildProcess
  private said = ''

  private get environment(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.settings }
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async cli(...args: string[]): Promise<string> {
    const { stdout } = await run(binary(), [...args, '--data', this.data], { timeout: 60_000, env: this.environment })
    return stdout.trim()
  }

  /** An agent's single-use link, without the host that the command line guessed. */
  async agent(name: string, email: string, role = 'administrator'): Promise<string> {
    const printed = await this.cli('agent', 'add', '--email', email, '--name', name, '--role', role)
    const secret = /#(\S+)/.exec(printed)?.[1]
    if (!secret) throw new Error(`No link in what "agent add" printed: ${printed}`)
    return secret
  }

  async start(): Promise<void> {
    this.port ||= await freePort()
    this.said = ''
    const child = spawn(binary(), ['serve', '--data', this.data, '--listen', `127.0.0.1:${this.port}`], { stdio: ['ignore', 'pipe', 'pipe'], env: this.environment })
    this.process = child
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (this.said = (this.said + text).slice(-20_000)))
    const until = Date.now() + 60_000
    while (Date.now() < until) {
      if (child.exitCode !== null) throw new Error(`rapport ended with ${child.exitCode}:\n${this.said}`)
      const well = await fetch(this.origin + '/readyz').then((r) => r.ok, () => false)
      if (well) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`rapport did not become ready:\n${this.said}`)
  }

  /** As an upgrade does: SIGTERM, and wait for the end. */
  async stop(): Promise<void> {
    const child = this.process
    if (!child || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
  }

  /** What the doctor finds, by check. */
  async doctor(env: Record<string, string>): Promise<Record<string, { status: string; says: string; mend?: string }>> {
    const args = ['doctor', '--json', '--data', this.data, '--listen', `127.0.0.1:${this.port}`]
    const ended = await run(binary(), args, { timeout: 60_000, env: { ...this.environment, ...env } }).catch((failed: { stdout: string }) => failed)
    const found = JSON.parse(ended.stdout).checks as { check: string; status: string; says: string; mend?: string }[]
    return Object.fromEntries(found.map((one) => [one.check, one]))
  }

  /** As the power going off: no farewell to anybody. */
  async kill(): Promise<void> {
    const child = this.process
    if (!child || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  async remove(): Promise<void> {
    await this.kill()
    rmSync(this.data, { recursive: true, force: true })
  }

  async api(method: string, path: string, body?: unknown): Promise<Json> {
    const answer = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text ? JSON.parse(text) : null
  }
}
