// Two builds: the loader is a classic script (it must run from a plain <script async>), the chat is
// an ES module with lazy chunks.
import { readFileSync, writeFileSync } from 'node:fs'
import { transform } from 'lightningcss'
import { build } from 'vite'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (path) => fileURLToPath(new URL('../' + path, import.meta.url))
const shared = { root, configFile: false, logLevel: 'warn', clearScreen: false }
const options = { target: 'es2022', outDir: at('dist'), modulePreload: false, sourcemap: false, minify: true }

await build({
  ...shared,
  publicDir: at('public'),
  build: {
    ...options,
    emptyOutDir: true,
    cssCodeSplit: false,
    lib: { entry: at('src/chat/main.ts'), formats: ['es'], fileName: () => 'chat.js', cssFileName: 'chat' },
    rollupOptions: {
      // Lazy parts borrow from chat.js instead of forcing shared files that would load first.
      preserveEntrySignatures: 'allow-extension',
      // Nobody bundles these files again, so what bundlers are told about them would only weigh.
      output: { chunkFileNames: 'chunks/[name]-[hash:6].js', minify: true, comments: { annotation: false } },
    },
  },
})
await build({
  ...shared,
  publicDir: false,
  build: {
    ...options,
    emptyOutDir: false,
    lib: { entry: at('src/loader.ts'), formats: ['iife'], name: 'rapport', fileName: () => 'widget.js' },
    rollupOptions: { output: { minify: true } },
  },
})

// The looks of the lazy parts: a plain file, because the page's policy forbids inline styles.
const extra = transform({ filename: 'extra.css', code: readFileSync(at('src/chat/extra.css')), minify: true })
writeFileSync(at('dist/extra.css'), extra.code)
