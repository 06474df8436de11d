import base from './playwright.config.ts'

/** The configurations in deploy/, tried behind the real nginx and Caddy: `scripts/try-proxies`. */
export default {
  ...base,
  testDir: 'proxies',
  timeout: 120_000,
  // The certificate comes from an authority made for the test.
  use: { ...base.use, ignoreHTTPSErrors: true },
}
