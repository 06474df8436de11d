// After hours: asks once where the team may also write. Promises nothing beyond that.
import { Problem } from './api'
import { h } from './dom'
import type { Ground } from './ground'
import { fill } from './words'

export const looksLikeEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text)

/** `wanted` when the customer asked for it, whatever they said before. */
export async function askEmail(o: Ground, wanted = false): Promise<void> {
  if (!wanted && o.store.get('email')) return
  const known = await o.talk.ask<{ contact: { email: string | null } | null }>('GET', '/chat/session').catch(() => null)
  if (!known || (!wanted && known.contact?.email)) return
  const w = await o.more()
  const bad = h('p', { class: 'wrong', id: 'email-wrong', role: 'alert' })
  const field = h('input', { type: 'email', id: 'email', autocomplete: 'email', inputmode: 'email', enterkeyhint: 'done', 'aria-describedby': 'email-why email-wrong' })
  const submit = async (e: Event) => {
    e.preventDefault()
    const email = field.value.trim()
    bad.textContent = ''
    if (!looksLikeEmail(email)) {
      bad.textContent = w.emailBad
      return field.focus()
    }
    try {
      await o.talk.ask('PATCH', '/chat/contact', { body: { email } })
      card.replaceChildren(h('p', { role: 'status' }, fill(w.emailSaved, { email })))
      o.store.set('email', 'given')
    } catch (why) {
      bad.textContent = why instanceof Problem && why.status === 422 ? w.emailBad : w.emailFailed
    }
  }
  const skip = () => {
    card.remove()
    o.store.set('email', 'declined')
  }
  const card = h(
    'form',
    { class: 'card', novalidate: true, submit },
    h('p', { id: 'email-why' }, w.emailWhy),
    h('label', { for: 'email' }, w.email),
    h('div', { class: 'line' }, field, h('button', { class: 'plain' }, w.emailSave)),
    bad,
    h('button', { class: 'quiet', type: 'button', click: skip }, w.skip),
  )
  o.panel.list.after.replaceChildren(card)
  o.panel.list.toEnd()
}
