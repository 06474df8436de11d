/// <reference types="vite/client" />

// Icons are imported one by one: the package's index would pull all of them through the type checker.
declare module '@lucide/vue/dist/esm/icons/*.mjs' {
  import type { FunctionalComponent } from 'vue';
  import type { LucideProps } from '@lucide/vue';
  const icon: FunctionalComponent<LucideProps>;
  export default icon;
}
