import { readFileSync, writeFileSync } from 'node:fs';
import { css } from './css.mjs';

const here = new URL('.', import.meta.url);
writeFileSync(new URL('tokens.css', here), css(JSON.parse(readFileSync(new URL('tokens.json', here), 'utf8'))));
