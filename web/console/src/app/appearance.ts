// Theme, text size and direction, set on the root element.

import { watch } from 'vue';
import { usePreferences } from '@/stores/preferences';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

export function shownTheme(chosen: 'system' | 'light' | 'dark'): 'light' | 'dark' {
  return chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen;
}

export function applyAppearance(): void {
  const preferences = usePreferences();
  const root = document.documentElement;
  const show = () => {
    root.dataset.theme = shownTheme(preferences.now.theme);
    root.style.fontSize = `${preferences.now.text_size}%`;
    root.dataset.density = preferences.now.density;
  };
  dark.addEventListener('change', show);
  watch(() => [preferences.now.theme, preferences.now.text_size, preferences.now.density], show, { immediate: true });
}
