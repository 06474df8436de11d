import { Composer, type ComposerOptions } from './composer'
import { h, icon, ICONS } from './dom'
import { List, type ListOptions } from './list'
import type { Config } from './types'
import type { Words } from './words'

export type PanelOptions = ListOptions & ComposerOptions & { embedded: boolean; close(): void; files(files: FileList): void }

const COLOURS = ['accent', 'on_accent', 'accent_ink', 'accent_dark', 'on_accent_dark'] as const

export class Panel {
  readonly el: HTMLElement
  readonly list: List
  readonly composer: Composer
  private title = h('h1', { id: 'title' })
  private wait = h('p', { class: 'wait' })
  private logo = h('img', { class: 'logo', alt: '', hidden: true })
  private banner = h('div', { class: 'banner', role: 'status', hidden: true })
  private typing = h('div', { class: 'typing', 'aria-live': 'polite' })
  private hello = h('div', { class: 'hello' })
  private drop = h('div', { class: 'drop', hidden: true })
  private closer?: HTMLElement
  constructor(o: PanelOptions) {
    this.list = new List(o)
    this.composer = new Composer(o)
    if (o.embedded) this.closer = h('button', { class: 'close', type: 'button', click: o.close }, icon(ICONS.close))
    this.list.el.querySelector('.scroll')!.prepend(this.hello)
    const header = h('header', {}, this.logo, h('div', {}, this.title, this.wait), this.closer)
    const parts = [header, this.banner, this.list.el, this.typing, this.composer.el, this.drop]
    this.el = h(o.embedded ? 'div' : 'main', { class: 'panel', 'aria-labelledby': 'title', role: o.embedded && 'dialog' }, ...parts)
    this.el.addEventListener('keydown', (e) => {
      if (e.key !== 'Escape' || e.isComposing || e.defaultPrevented) return
      e.preventDefault()
      o.close()
    })
    this.dropping(o)
  }

  private dropping(o: PanelOptions): void {
    const over = (on: boolean) => (e: DragEvent) => {
      if (!e.dataTransfer?.types.includes('Files')) return
      e.preventDefault()
      this.drop.hidden = !on
      if (e.type === 'drop') o.files(e.dataTransfer.files)
    }
    this.el.addEventListener('dragover', over(true))
    this.el.addEventListener('drop', over(false))
    // The layer is over everything while it is there, so leaving it is leaving the panel.
    this.drop.addEventListener('dragleave', over(false))
  }

  brand(config: Config): void {
    const { brand } = config
    const style = document.documentElement.style
    for (const name of COLOURS) if (brand[name]) style.setProperty('--' + name, brand[name])
    this.title.textContent = brand.name
    this.logo.hidden = !brand.logo_url
    if (brand.logo_url && this.logo.getAttribute('src') !== brand.logo_url) this.logo.src = brand.logo_url
  }

  name(words: Words, config: Config, wait: string): void {
    this.list.name(words)
    this.composer.name(words)
    this.closer?.setAttribute('aria-label', words.close)
    if (this.wait.textContent !== wait) this.wait.textContent = wait
    this.drop.textContent = words.drop
    const { promise, service_model } = config.brand
    // The brand's own promise says it best; the words of its service model stand in.
    const text = promise || (service_model === 'do_it_yourself' ? words.do_it_yourself : words.concierge)
    if (this.hello.textContent !== text) this.hello.replaceChildren(h('p', { dir: 'auto' }, text))
  }

  say(banner: string | null): void {
    this.banner.hidden = !banner
    if (this.banner.textContent !== (banner ?? '')) this.banner.textContent = banner ?? ''
  }

  types(text: string): void {
    if (this.typing.textContent !== text) this.typing.textContent = text
  }

  greet(on: boolean): void {
    this.hello.hidden = !on
  }
}
