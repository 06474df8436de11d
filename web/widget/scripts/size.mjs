// The widget's weight is a promise to the shops that embed it; a build that breaks it must fail.
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const size = (name) => gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length
const names = readdirSync(dist, { recursive: true }).filter((name) => /\.(js|css|html)$/.test(name))
const locale = (name) => /^chunks\/(en|es|pt|pl|ru)-/.test(name) && !name.includes('-more-')
const lazy = names.filter((name) => (name.startsWith('chunks/') && !locale(name)) || name === 'extra.css')
const largestLocale = Math.max(...names.filter(locale).map(size))
const eager = size('widget.js') + size('chat.js') + size('chat.css') + largestLocale

const part = (pattern) => Math.max(...names.filter((name) => pattern.test(name)).map(size))
const home = part(/^chunks\/home-/) + part(/^chunks\/more-/) + part(/-more-/) + size('extra.css')

const checks = [
  ['loader', size('widget.js'), 1536],
  ['loader + chat + css + largest language', eager, 15 * 1024],
  ['home + its words + its looks', home, 6 * 1024],
  ...lazy.map((name) => [`lazy ${name}`, size(name), 6 * 1024]),
]
for (const name of names.sort()) console.log(String(size(name)).padStart(7), name)
console.log('')
let failed = false
for (const [what, bytes, limit] of checks) {
  // What is not there has not been measured.
  const ok = bytes > 0 && bytes <= limit
  failed ||= !ok
  console.log(`${ok ? 'ok  ' : 'OVER'} ${what}: ${bytes} of ${limit} bytes gz`)
}
process.exit(failed ? 1 : 0)
