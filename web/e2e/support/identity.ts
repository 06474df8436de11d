import { createHmac } from 'node:crypto'

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The proof that a shop's server makes for its signed-in customer. */
export function proof(inbox: string, key: { id: string; secret: string }, claims: object): string {
  const now = Math.floor(Date.now() / 1000)
  const body = `${part({ alg: 'HS256', typ: 'JWT', kid: key.id })}.${part({ aud: inbox, iat: now, exp: now + 3600, ...claims })}`
  return `${body}.${createHmac('sha256', key.secret).update(body).digest('base64url')}`
}
