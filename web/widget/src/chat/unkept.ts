// Loaded where the browser gives the chat no storage: says how long it lasts, and how to be reached beyond that.
import { h } from './dom'
import { askEmail } from './email'
import type { Ground } from './ground'

export async function tell(o: Ground): Promise<void> {
  const { composer, list } = o.panel
  const w = await o.more()
  const inbox = new URLSearchParams(location.search).get('inbox')
  const page = `/chat/${encodeURIComponent(inbox ?? '')}?language=${document.documentElement.lang}`
  // A tab of its own begins a chat of its own, so it is no way to keep this one once something was said.
  const tab = inbox && !o.talk.history.items.length && h('a', { href: page, target: '_blank', rel: 'noopener' }, w.ownTab)
  const ask = () => void askEmail(o, true).then(() => list.after.querySelector('input')?.focus())
  const email = h('button', { class: 'quiet', type: 'button', click: ask }, w.leaveEmail)
  const said = new MutationObserver(() => {
    if (!tab || !list.el.querySelector('.row')) return
    tab.remove()
    said.disconnect()
  })
  said.observe(list.el, { childList: true, subtree: true })
  composer.el.before(h('p', { class: 'told unkept' }, w.unkept, ' ', tab, ' ', email))
}
