import { h, icon, ICONS } from './dom'
import type { Uploads } from './files'
import type { Attachment } from './types'
import type { Words } from './words'

export type ComposerOptions = {
  send(text: string, attachments: Attachment[]): void
  typed(text: string): void
  uploads(box: HTMLElement, changed: () => void): Promise<Uploads>
}

export class Composer {
  readonly el: HTMLFormElement
  readonly field: HTMLTextAreaElement
  #button: HTMLButtonElement
  #labels: [HTMLElement, 'attach' | 'camera' | 'send'][]
  #box = h('div', { class: 'chips' })
  #files?: Promise<Uploads>
  #loaded?: Uploads
  #input?: HTMLElement
  #o: ComposerOptions
  constructor(options: ComposerOptions) {
    this.#o = options
    this.field = h('textarea', { rows: 1, maxlength: 10000, enterkeyhint: 'send', dir: 'auto', autocomplete: 'off', input: () => this.#changed() })
    this.field.addEventListener('keydown', (e) => {
      // While a word is being composed (Chinese, Japanese …) Enter belongs to the input method.
      if (e.key !== 'Enter' || e.shiftKey || e.isComposing) return
      e.preventDefault()
      this.#submit()
    })
    this.field.addEventListener('paste', (e) => {
      if (!e.clipboardData?.files.length) return
      e.preventDefault()
      this.attach(e.clipboardData.files)
    })
    this.#button = h('button', { class: 'send', 'aria-disabled': 'true' }, icon(ICONS.send))
    const clip = h('button', { class: 'tool', type: 'button', click: () => this.#pick({ multiple: true }) }, icon(ICONS.attach))
    const photo = { accept: 'image/*', capture: 'environment' }
    const camera = h('button', { class: 'tool camera', type: 'button', click: () => this.#pick(photo) }, icon(ICONS.camera))
    this.#labels = [[clip, 'attach'], [camera, 'camera'], [this.#button, 'send']]
    this.el = h(
      'form',
      { submit: (e: Event) => (e.preventDefault(), this.#submit()) },
      this.#box,
      h('div', { class: 'line' }, clip, camera, this.field, this.#button),
    )
  }

  #pick(props: Record<string, string | boolean>): void {
    // Kept in the page while the dialog is open: Safari forgets detached ones.
    this.#input?.remove()
    const input = (this.#input = h('input', { type: 'file', hidden: true, ...props, change: () => this.attach(input.files!) }))
    this.#box.after(input)
    input.click()
  }

  name(words: Words): void {
    this.field.placeholder = words.write
    this.field.setAttribute('aria-label', words.write)
    for (const [el, word] of this.#labels) {
      el.setAttribute('aria-label', words[word])
      el.title = words[word]
    }
  }

  attach(files: Iterable<File>): void {
    // A FileList empties itself once its field is reset.
    const all = [...files]
    this.#files ??= this.#o.uploads(this.#box, () => this.#changed(false))
    void this.#files.then((uploads) => {
      this.#loaded = uploads
      uploads.add(all)
      this.field.focus()
    })
  }

  set text(text: string) {
    this.field.value = text
    this.#changed()
  }

  get text(): string {
    return this.field.value
  }

  clear(): void {
    this.#loaded?.clear()
    this.text = ''
  }

  /** As high as its text. Nothing has a height while the chat is hidden, so it is asked again when it opens. */
  fit(): void {
    const { style } = this.field
    style.height = 'auto'
    style.height = Math.min(this.field.scrollHeight + 2, 132) + 'px'
  }

  #changed(typed = true): void {
    const field = this.field
    this.fit()
    const uploads = this.#loaded
    const something = field.value.trim() || uploads?.done.length
    this.#button.setAttribute('aria-disabled', String(!something || !!uploads?.busy))
    if (typed) this.#o.typed(field.value)
  }

  #submit(): void {
    if (this.#button.getAttribute('aria-disabled') === 'true') return
    const text = this.field.value.trim()
    const attachments = this.#loaded?.done ?? []
    this.clear()
    this.#o.send(text, attachments)
    this.field.focus()
  }
}
