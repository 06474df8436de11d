import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { contrast, pairs } from './contrast.mjs';
import { css } from './css.mjs';

const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const tokens = JSON.parse(read('tokens.json'));

for (const [at, theme] of ['light', 'dark'].entries()) {
  test(`every pair of tokens can be read in the ${theme} theme`, () => {
    const tooPale = pairs
      .map(([front, back, least]) => ({ front, back, least, ratio: contrast(tokens.colour[front][at], tokens.colour[back][at]) }))
      .filter(({ ratio, least }) => ratio < least);
    assert.deepEqual(tooPale, []);
  });
}

test('tokens.css is what tokens.json makes', () => {
  assert.equal(read('tokens.css'), css(tokens));
});
