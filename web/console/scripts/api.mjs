// Makes src/api/schema.ts from the server's own description (docs/api/openapi.json).

import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const here = (path) => new URL(path, import.meta.url);
const description = JSON.parse(readFileSync(here('../../../docs/api/openapi.json'), 'utf8'));

// What has a default may be left out of a request.
const source = astToString(await openapiTS(description, { defaultNonNullable: false }));
const text = `// Made from docs/api/openapi.json by scripts/api.mjs. Do not change it by hand.\n\n${source}`;
const target = here('../src/api/schema.ts');

// With --check: says whether what is committed is what would be made.
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error('src/api/schema.ts is not made from docs/api/openapi.json as it is now: npm run api --workspace console');
  process.exit(1);
}
