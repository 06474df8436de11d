import { randomUUID } from 'node:crypto'
import type { Rapport } from './rapport.ts'

/** A customer without a browser: writes by the same protocol. */
export async function writes(rapport: Rapport, inbox: string, ...texts: string[]): Promise<{ conversation: string; contact: string }> {
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${rapport.origin}/api/v1/chat${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  const { session_token } = await post(`/${inbox}/sessions`, { language: 'en' })
  let conversation = ''
  for (const text of texts) {
    const sent = await post('/messages', { text }, { authorization: `Bearer ${session_token}`, 'idempotency-key': randomUUID() })
    conversation = sent.conversation_id
  }
  const { contact } = await rapport.api('GET', `/conversations/${conversation}`)
  return { conversation, contact: contact.id }
}
