import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';
import { splitWords } from './locales.plugin';

const LAYERS = '@layer tokens,base,ui,part,forced;';

/** Style sheets arrive in any order, and the first to name a layer decides its place: so each names all of them. */
const layerOrder = (): Plugin => ({
  name: 'layer-order',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'asset' && file.fileName.endsWith('.css')) file.source = LAYERS + String(file.source);
    }
  },
});

/** vue-i18n brings its compiler of messages along, even where src/app/messages.ts does its work: 7 KB that nothing calls. */
const withoutCompiler = (): Plugin => ({
  name: 'without-compiler',
  apply: 'build',
  transform(code, id) {
    if (!/vue-i18n[\\/]dist[\\/]/.test(id)) return;
    const line = 'registerMessageCompiler(compile);';
    if (!code.includes(line)) this.error('vue-i18n registers its compiler in another way now');
    return { code: code.replace(line, ''), map: null };
  },
});

export default defineConfig({
  base: '/console/',
  plugins: [vue(), splitWords(), layerOrder(), withoutCompiler()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    target: 'es2022',
    // The page's content policy allows no data: fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    manifest: true,
    sourcemap: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Three files instead of sixty small ones: what every page stands on, and what every signed-in page shares.
          groups: [
            { name: 'vue', test: /node_modules[\\/](@vue|vue|vue-router|vue-i18n|@intlify|pinia|openapi-fetch)[\\/]/, priority: 3 },
            { name: 'icons', test: /node_modules[\\/]@lucide[\\/]/, priority: 2 },
            { name: 'base', test: /console[\\/]src[\\/](api|stores|live|app[\\/][^\\/]+\.ts|app[\\/]keyboard)/, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: 'http://127.0.0.1:7700', ws: true },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    restoreMocks: true,
    // A wait ends as soon as what it waits for is there; a busy machine must not end it sooner.
    testTimeout: 30_000,
  },
});
