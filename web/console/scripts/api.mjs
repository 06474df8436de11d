// Makes src/api/schema.ts from the server's own description (docs/api/openapi.json).

import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const here = (path) => new URL(path, import.meta.url);
const description = JSON.parse(readFileSync(here('../../../docs/api/openapi.json'), 'utf8'));

// The server speaks snake_case throughout, but its description writes some enumerations as they stand in its source.
const asSpoken = (word) => (/^[A-Z]/.test(word) ? word.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase() : word);

function mend(node) {
  if (Array.isArray(node)) return node.forEach(mend);
  if (!node || typeof node !== 'object') return;
  if (Array.isArray(node.enum)) node.enum = node.enum.map((word) => (typeof word === 'string' ? asSpoken(word) : word));
  Object.values(node).forEach(mend);
}
mend(description);

// What has a default may be left out of a request.
const source = astToString(await openapiTS(description, { defaultNonNullable: false }));
writeFileSync(here('../src/api/schema.ts'), `// Made from docs/api/openapi.json by scripts/api.mjs. Do not change it by hand.\n\n${source}`);
