import { readFileSync } from 'node:fs'

// The console's own words, so that a test names a control the way its reader does and a better wording
// breaks nothing.
const words = JSON.parse(readFileSync(new URL('../../console/src/locales/en.json', import.meta.url), 'utf8'))

export function word(key: string): string {
  const found = words[key] ?? key.split('.').reduce((at, part) => at?.[part], words)
  if (typeof found !== 'string') throw new Error(`The console has no word "${key}".`)
  return found
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A wording with places to fill or plural forms, as a pattern for the whole text. */
export const like = (key: string): RegExp =>
  new RegExp(
    '^\\s*(' +
      word(key)
        .split(' | ')
        .map((form) => form.split(/\{[^}]*\}/).map(escape).join('.*'))
        .join('|') +
      ')',
  )
