// Loaded with the first attachment, in either direction, and when files are held over the chat.
import { BASE, problemOf } from './api'
import { h, icon, ICONS } from './dom'
import type { Attachment } from './types'
import type { More } from './more'
import { fill } from './words'

export type FilesOptions = {
  token(): Promise<string>
  /** The server no longer knows the token. */
  dead(token: string): void
  more(): Promise<More>
  locale(): string
  limit(): number
}

export function sizeText(bytes: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte']
  const step = Math.min(3, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024)))
  const value = bytes / 1024 ** step
  const maximumFractionDigits = value < 10 && step > 0 ? 1 : 0
  return new Intl.NumberFormat(locale, { style: 'unit', unit: units[step], unitDisplay: 'short', maximumFractionDigits }).format(value)
}

const FILE = 'M6 3h8l4 4v14H6zM14 3v5h4'

type Item = { file: File; el: HTMLElement; sent?: Attachment; failed?: boolean; request?: XMLHttpRequest }

/** The files being attached to the next message. */
export class Uploads {
  #items: Item[] = []
  #box: HTMLElement
  #changed: () => void
  #o: FilesOptions
  #words: More
  constructor(box: HTMLElement, changed: () => void, options: FilesOptions, words: More) {
    this.#words = words
    this.#box = box
    this.#changed = changed
    this.#o = options
  }

  get done(): Attachment[] {
    return this.#items.flatMap((i) => i.sent ?? [])
  }

  get busy(): boolean {
    return this.#items.some((i) => !i.sent && !i.failed)
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      const limit = this.#o.limit()
      const name = file.name || 'photo'
      const size = (n: number) => sizeText(n, this.#o.locale())
      if (!file.size) this.#note(fill(this.#words.emptyFile, { name }))
      else if (file.size > limit) this.#note(fill(this.#words.tooLarge, { name, size: size(file.size), limit: size(limit) }))
      else this.#start(file, name)
    }
    this.#changed()
  }

  clear(): void {
    for (const item of this.#items) item.request?.abort()
    this.#items = []
    this.#box.replaceChildren()
  }

  #note(text: string): void {
    const note = h('p', { class: 'chip bad', role: 'alert' }, h('span', {}, text))
    note.append(this.#cross(text, () => note.remove()))
    this.#box.append(note)
  }

  #cross(name: string, act: () => void): HTMLElement {
    const label = fill(this.#words.remove, { name })
    return h('button', { type: 'button', class: 'x', 'aria-label': label, title: label, click: act }, icon(ICONS.close))
  }

  #start(file: File, name: string): void {
    const item: Item = { file, el: h('div', { class: 'chip' }) }
    this.#items.push(item)
    this.#box.append(item.el)
    void this.#upload(item, name)
  }

  async #upload(item: Item, name: string): Promise<void> {
    const words = this.#words
    item.failed = false
    const bar = h('progress', { max: 1, value: 0, 'aria-label': fill(words.uploading, { name }) })
    const drop = this.#cross(name, () => {
      item.request?.abort()
      this.#items = this.#items.filter((i) => i !== item)
      item.el.remove()
      this.#changed()
    })
    item.el.className = 'chip'
    item.el.replaceChildren(h('bdi', {}, name), bar, drop)
    this.#changed()
    try {
      item.sent = await this.#send(item, name, (part) => (bar.value = part))
      bar.replaceWith(h('small', {}, sizeText(item.file.size, this.#o.locale())))
    } catch {
      item.failed = true
      const again = h('button', { type: 'button', class: 'again', click: () => void this.#upload(item, name) }, words.retry)
      item.el.className = 'chip bad'
      item.el.replaceChildren(h('span', { role: 'alert' }, fill(words.uploadFailed, { name })), again, drop)
    }
    this.#changed()
  }

  async #send(item: Item, name: string, progress: (part: number) => void, again = true): Promise<Attachment> {
    const token = await this.#o.token()
    // fetch cannot report the progress of an upload.
    const request = (item.request = new XMLHttpRequest())
    await new Promise<void>((resolve, reject) => {
      request.open('POST', `${BASE}/chat/files?name=${encodeURIComponent(name)}`)
      request.setRequestHeader('authorization', 'Bearer ' + token)
      request.setRequestHeader('content-type', item.file.type || 'application/octet-stream')
      request.upload.onprogress = (e) => e.lengthComputable && progress(e.loaded / e.total)
      request.onload = () => resolve()
      request.onerror = request.onabort = () => reject(problemOf(0, null))
      request.send(item.file)
    })
    if (request.status === 401 && again) {
      this.#o.dead(token)
      return this.#send(item, name, progress, false)
    }
    if (request.status >= 300) throw problemOf(request.status, null)
    const { id, content_type, size_bytes } = JSON.parse(request.responseText)
    return { id, name, content_type: content_type ?? item.file.type, size_bytes: size_bytes ?? item.file.size }
  }
}

const PICTURE = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/
const pictures = new Map<string, Promise<string>>()

async function blobOf(id: string, type: string, o: FilesOptions): Promise<Blob> {
  const token = await o.token()
  const answer = await fetch(`${BASE}/chat/files/${id}`, { headers: { authorization: 'Bearer ' + token }, credentials: 'omit' })
  if (!answer.ok) throw problemOf(answer.status, null)
  // Our own type, never the sender's: a file can then not be opened as a page of our origin.
  return new Blob([await answer.arrayBuffer()], { type })
}

/** A picture is shown, anything else is offered for download; the token never stands in an address. */
export async function show(box: HTMLElement, file: Attachment, o: FilesOptions): Promise<void> {
  const words = await o.more()
  const name = file.name
  if (!PICTURE.test(file.content_type)) return offer(box, file, o, words)
  const label = fill(words.view, { name })
  const button = h('button', { type: 'button', class: 'picture', 'aria-label': label, title: name })
  box.replaceChildren(button)
  let url = pictures.get(file.id)
  if (!url) pictures.set(file.id, (url = blobOf(file.id, file.content_type, o).then((b) => URL.createObjectURL(b))))
  url.then(
    (src) => {
      button.append(h('img', { src, alt: name }))
      button.onclick = () => enlarge(src, name, words)
    },
    () => {
      pictures.delete(file.id)
      offer(box, file, o, words)
    },
  )
}

function offer(box: HTMLElement, file: Attachment, o: FilesOptions, words: More): void {
  const label = fill(words.download, { name: file.name })
  const note = h('small', { 'aria-live': 'polite' }, sizeText(file.size_bytes, o.locale()))
  const fetchIt = async () => {
    try {
      const url = URL.createObjectURL(await blobOf(file.id, 'application/octet-stream', o))
      h('a', { href: url, download: file.name }).click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    } catch {
      note.textContent = words.notLoaded
    }
  }
  const text = h('span', {}, h('bdi', {}, file.name), note)
  box.replaceChildren(h('button', { type: 'button', class: 'download', title: label, click: fetchIt }, icon(FILE), text))
}

function enlarge(src: string, name: string, words: More): void {
  const close = h('button', { type: 'button', class: 'x', 'aria-label': words.hide }, icon(ICONS.close))
  const dialog = h('dialog', { class: 'large', 'aria-label': name, close: () => dialog.remove() }, h('img', { src, alt: name }), close)
  dialog.onclick = () => dialog.close()
  document.body.append(dialog)
  dialog.showModal()
}

export const uploads = async (box: HTMLElement, changed: () => void, o: FilesOptions): Promise<Uploads> =>
  new Uploads(box, changed, o, await o.more())

let layer: HTMLElement | undefined

/** Says that files can be dropped here while somebody holds them over the chat. */
export async function drop(event: DragEvent, panel: HTMLElement, o: FilesOptions): Promise<void> {
  const over = event.type !== 'drop'
  if (!layer) {
    // The layer is over everything while it is there, so leaving it is leaving the panel.
    layer = h('div', { class: 'drop', hidden: true, dragleave: () => (layer!.hidden = true) })
    panel.append(layer)
  }
  layer.hidden = !over
  if (over) layer.textContent = (await o.more()).drop
}
