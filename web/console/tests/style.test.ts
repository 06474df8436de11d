import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
const all = files('src').filter((path) => /\.(vue|css|ts)$/.test(path)).map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const styles = all
  .map(({ path, text }) => ({ path, text: path.endsWith('.css') ? text : [...text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map((match) => match[1]).join('\n') }))
  .filter(({ text }) => text);

it('styles know start and end, not left and right, so that every page can be turned around', () => {
  const physical = /(?:^|[\s;{])(?:margin|padding|border|inset)?-?(?:left|right)\s*:|text-align:\s*(?:left|right)|float:\s*(?:left|right)/;
  expect(styles.filter(({ text }) => physical.test(text)).map(({ path }) => path)).toEqual([]);
});

it('colours come from the tokens', () => {
  const written = /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i;
  expect(styles.filter(({ text }) => written.test(text)).map(({ path }) => path)).toEqual([]);
});

it('no template carries a style that the content policy would refuse', () => {
  const inline = all.filter(({ path, text }) => path.endsWith('.vue') && /<[^>]*\sstyle="/.test(text.replace(/<style[\s\S]*?<\/style>/g, '')));
  expect(inline.map(({ path }) => path)).toEqual([]);
});

it('files stay short enough to be read', () => {
  expect(all.filter(({ path, text }) => !/schema.ts|api.types.ts/.test(path) && text.split('\n').length > 300).map(({ path }) => path)).toEqual([]);
});
