// What is loaded first says only words that are loaded first.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { FIRST, LATER } from '../locales.plugin';

const SRC = resolve(__dirname, '../src');

/** The files that these import, and theirs, without what is loaded later. */
function loadedWith(files: string[]): Set<string> {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    // A part loaded later is `import(...)`, with a bracket.
    for (const [, from] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )(?:[^'"]*? from )?'([^']+)'/gms)) {
      const base = from!.startsWith('@/') ? join(SRC, from!.slice(2)) : from!.startsWith('.') ? resolve(dirname(file), from!) : null;
      const found = base && [base, `${base}.ts`, `${base}/index.ts`].find((path) => existsSync(path) && /\.(ts|vue)$/.test(path));
      if (found) visit(found);
    }
  };
  files.forEach((file) => visit(join(SRC, file)));
  return seen;
}

it('is complete', () => {
  const files = loadedWith(['main.ts', 'app/Shell.vue', 'conversations/InboxPage.vue', 'people/SignInPage.vue', 'people/LinkPage.vue', 'people/SecondFactorPage.vue']);
  expect(files.size).toBeGreaterThan(80);
  const ofLater = new RegExp(`\\bt\\([\`']((?:${LATER.join('|')})\\.[a-z_]+)`, 'g');
  const said = [...files].flatMap((file) => [...readFileSync(file, 'utf8').matchAll(ofLater)].map((match) => match[1]!));
  expect(said.filter((key) => !FIRST.includes(key))).toEqual([]);
  expect(FIRST.filter((key) => !said.includes(key))).toEqual([]);
});
