// Holds the built console to its budget: what must be loaded before an agent can work in the inbox (start, frame,
// inbox and the words of one language), and the largest part that is loaded later. Gzip, in KB of 1,000 bytes.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const INITIAL_KB = 130;
const ROUTE_KB = 40;

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const kb = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1000;

function withImports(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) withImports(next, seen);
  return seen;
}

const scripts = (keys) => [...new Set([...keys].map((key) => manifest[key].file).filter((file) => file.endsWith('.js')))];
const total = (files) => files.reduce((sum, file) => sum + kb(file), 0);

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const needed = new Set();
for (const key of [entry, 'src/app/Shell.vue', 'src/conversations/InboxPage.vue', 'src/locales/en.json?first']) withImports(key, needed);
const initial = scripts(needed);
const initialKb = total(initial);
const startKb = total(scripts(withImports(entry)));
const styles = [...new Set([...needed].flatMap((key) => manifest[key].css ?? []))];

console.log(`initial JavaScript  ${initialKb.toFixed(1)} KB of ${INITIAL_KB} (${initial.length} files)`);
console.log(`  of it before sign-in ${startKb.toFixed(1)} KB`);
console.log(`initial CSS         ${total(styles).toFixed(1)} KB`);

const tooBig = [];
if (initialKb > INITIAL_KB) tooBig.push(`initial JavaScript is ${initialKb.toFixed(1)} KB`);

const later = Object.keys(manifest).filter((key) => manifest[key].file.endsWith('.js') && !initial.includes(manifest[key].file));
for (const key of later.sort((a, b) => kb(manifest[b].file) - kb(manifest[a].file))) {
  const size = kb(manifest[key].file);
  if (size > 3) console.log(`  ${size.toFixed(1).padStart(5)} KB  ${key}`);
  if (size > ROUTE_KB) tooBig.push(`${key} is ${size.toFixed(1)} KB`);
}

if (tooBig.length) {
  console.error(`Over budget: ${tooBig.join('; ')}.`);
  process.exit(1);
}
