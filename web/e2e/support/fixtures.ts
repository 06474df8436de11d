import { test as base, type BrowserContext, type Cookie, type Page } from '@playwright/test'
import { Desk } from './desk.ts'
import { Rapport } from './rapport.ts'
import { Shop } from './shop.ts'
import { Widget } from './widget.ts'

/** `cookies` are those of Tomek's browser, once he has signed in. */
export type Company = { rapport: Rapport; shop: Shop; inbox: string; inboxId: string; invitation: string; cookies: Cookie[] }
export const PASSWORD = 'correct horse battery staple'
export const INES = { name: 'Ines Duarte', email: 'ines@example.com' }
export const TOMEK = { name: 'Tomek Nowak', email: 'tomek@example.com' }

type Customer = { context: BrowserContext; page: Page; widget: Widget }
type Fixtures = {
  /** A new customer in front of the shop. */
  customer: Customer
  /** Tomek, signed in, in the inbox. */
  desk: Desk
}

export const test = base.extend<Fixtures, { company: Company }>({
  company: [
    async ({}, use) => {
      const rapport = new Rapport()
      try {
        const invitation = await rapport.agent(INES.name, INES.email)
        const second = await rapport.agent(TOMEK.name, TOMEK.email)
        const inbox = await rapport.cli('inbox', 'add', 'webchat', '--name', 'Shop')
        rapport.token = await rapport.cli('token', 'create', '--agent', TOMEK.email, '--scope', '*')
        await rapport.start()
        const used = await fetch(`${rapport.origin}/api/v1/links/use`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: rapport.origin },
          body: JSON.stringify({ token: second, password: PASSWORD, language: 'en' }),
        })
        if (!used.ok) throw new Error(`links/use: ${used.status} ${await used.text()}`)
        const inboxId = (await rapport.api('GET', '/inboxes')).items.find((i: { key: string }) => i.key === inbox).id
        const shop = new Shop(rapport.origin, inbox)
        await shop.start()
        await use({ rapport, shop, inbox, inboxId, invitation, cookies: [] })
        await shop.stop()
      } finally {
        await rapport.remove()
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  customer: async ({ browser, company }, use) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(company.shop.origin)
    await use({ context, page, widget: new Widget(page) })
    await context.close()
  },
  desk: async ({ browser, company }, use) => {
    const context = await browser.newContext({ baseURL: company.rapport.origin })
    await context.addCookies(company.cookies)
    const desk = new Desk(await context.newPage())
    // Sign-ins are counted, also those of tests: whoever has signed in goes on where they were.
    if (!(await desk.isSignedIn())) {
      await desk.signIn(TOMEK.email, PASSWORD)
      company.cookies = await context.cookies()
    }
    await use(desk)
    await context.close()
  },
})
export { expect } from '@playwright/test'
