// Starts the console: appearance first, so that the first paint is right, then words, then pages.

import '@fontsource-variable/inter';
import '@rapport/tokens/tokens.css';
import './ui/base.css';
import './ui/shared.css';
import './ui/forced.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { onSignedOut } from './api/client';
import App from './app/App.vue';
import { applyAppearance } from './app/appearance';
import { browserLanguage, i18n, isLanguage, speak } from './app/i18n';
import { makeRouter } from './app/router';
import { signedOut } from './app/start';
import { kept } from './stores/kept';

const app = createApp(App);
app.use(createPinia());
applyAppearance();

const last = kept<string>('rapport.language');
await speak(last && isLanguage(last) ? last : browserLanguage());

const router = makeRouter();
app.use(i18n).use(router);
onSignedOut(() => signedOut(router));
await router.isReady().catch(() => {});
app.mount('#app');
