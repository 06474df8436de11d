// What only some conversations need: the words and looks of files, the e-mail question and the home.
import { h } from './dom'
import { toned, type Language, type Toned } from './words'
import type en from './locales/en-more'

export type More = typeof en

const words: Record<Language, () => Promise<{ default: Toned<More> }>> = {
  en: () => import('./locales/en-more'),
  es: () => import('./locales/es-more'),
  pt: () => import('./locales/pt-more'),
  pl: () => import('./locales/pl-more'),
  ru: () => import('./locales/ru-more'),
}

let looks: Promise<void> | undefined

/** Resolves when words and styles are there, so that nothing is drawn unstyled. */
export async function more(language: Language, tone?: string): Promise<More> {
  looks ??= new Promise((resolve) => {
    const done = () => resolve()
    document.head.append(h('link', { rel: 'stylesheet', href: '/widget/extra.css', load: done, error: done }))
  })
  const [found] = await Promise.all([words[language](), looks])
  return toned(found.default, tone)
}
