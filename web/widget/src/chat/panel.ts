import { Composer, type ComposerOptions } from './composer'
import { h, icon, ICONS } from './dom'
import { List, type ListOptions } from './list'
import type { Config } from './types'
import type { Words } from './words'

export type PanelOptions = ListOptions & ComposerOptions & { embedded: boolean; close(): void; dragged(event: DragEvent): void }

const COLOURS = ['accent', 'on_accent', 'accent_ink', 'accent_dark', 'on_accent_dark'] as const

export class Panel {
  readonly el: HTMLElement
  readonly list: List
  readonly composer: Composer
  #title = h('h1', { id: 'title' })
  #wait = h('p', { class: 'wait' })
  #logo = h('img', { class: 'logo', alt: '', hidden: true })
  #banner = h('div', { class: 'banner', role: 'status', hidden: true })
  #typing = h('div', { class: 'typing', 'aria-live': 'polite' })
  #hello = h('div', { class: 'hello' })
  #closer?: HTMLElement
  constructor(o: PanelOptions) {
    this.list = new List(o)
    this.composer = new Composer(o)
    if (o.embedded) this.#closer = h('button', { class: 'close', type: 'button', click: o.close }, icon(ICONS.close))
    this.list.el.querySelector('.scroll')!.prepend(this.#hello)
    const header = h('header', {}, this.#logo, h('div', {}, this.#title, this.#wait), this.#closer)
    const parts = [header, this.#banner, this.list.el, this.#typing, this.composer.el]
    this.el = h(o.embedded ? 'div' : 'main', { class: 'panel', 'aria-labelledby': 'title', role: o.embedded && 'dialog' }, ...parts)
    this.el.addEventListener('keydown', (e) => {
      if (e.key !== 'Escape' || e.isComposing || e.defaultPrevented) return
      e.preventDefault()
      o.close()
    })
    for (const type of ['dragover', 'drop'] as const)
      this.el.addEventListener(type, (e) => {
        if (!e.dataTransfer?.types.includes('Files')) return
        e.preventDefault()
        o.dragged(e)
      })
  }

  brand(config: Config): void {
    const { brand } = config
    const style = document.documentElement.style
    for (const name of COLOURS) if (brand[name]) style.setProperty('--' + name, brand[name])
    this.#title.textContent = brand.name
    this.#logo.hidden = !brand.logo_url
    if (brand.logo_url && this.#logo.getAttribute('src') !== brand.logo_url) this.#logo.src = brand.logo_url
  }

  name(words: Words, config: Config, wait: string, promise: string): void {
    this.list.name(words)
    this.composer.name(words)
    this.#closer?.setAttribute('aria-label', words.close)
    if (this.#wait.textContent !== wait) this.#wait.textContent = wait
    const text = this.greeting(words, config)
    if (this.#hello.textContent !== text + promise) this.#hello.replaceChildren(...[text, promise].filter(Boolean).map((each) => h('p', { dir: 'auto' }, each)))
  }

  /** The brand's own promise says it best; the words of its service model stand in. */
  greeting(words: Words, { brand }: Config): string {
    return brand.promise || words[brand.service_model]
  }

  say(banner: string | null): void {
    this.#banner.hidden = !banner
    if (this.#banner.textContent !== (banner ?? '')) this.#banner.textContent = banner ?? ''
  }

  types(text: string): void {
    if (this.#typing.textContent !== text) this.#typing.textContent = text
  }

  greet(on: boolean): void {
    this.#hello.hidden = !on
  }
}
