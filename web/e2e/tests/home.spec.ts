import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test, type Company } from '../support/fixtures.ts'
import { proof } from '../support/identity.ts'
import { Widget } from '../support/widget.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  expect.soft(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ') + ' ' + n.failureSummary).join()}`)).toEqual([])
}

/** The page as a picture, when somebody wants to look at it. */
async function look(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` })
}

async function find(company: Company, text: string): Promise<{ id: string }> {
  const all = (await company.rapport.api('GET', '/conversations?view=all&limit=100')).items
  return all.find((c: { preview: { text: string } }) => c.preview.text === text)
}

async function said(widget: Widget, text: string): Promise<void> {
  await widget.say(text)
  await expect(widget.message(text)).toBeVisible()
  await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()
}

for (const [look_, colorScheme] of [['light', 'light'], ['dark', 'dark']] as const)
  for (const width of [1440, 390])
    test(`who comes back finds their conversations, ${look_}, ${width} wide`, async ({ company, browser }) => {
      const { rapport, shop } = company
      const context = await browser.newContext({ colorScheme, viewport: { width, height: width > 400 ? 900 : 844 }, reducedMotion: 'reduce' })
      const page = await context.newPage()
      const widget = new Widget(page)
      await page.goto(shop.origin)
      await widget.open()
      await expect(widget.start, 'nobody who is new meets a list').toHaveCount(0)
      const question = `Where is order ${look_} ${width}?`
      await said(widget, question)
      const { id } = await find(company, question)
      await rapport.api('POST', `/conversations/${id}/notes`, { text: 'Not for the customer' })
      await rapport.api('POST', `/conversations/${id}/replies`, { text: 'It arrives today before 19:00. You need not be at home for that, we leave it with a neighbour.' })
      await expect(widget.message('It arrives today before 19:00. You need not be at home for that, we leave it with a neighbour.')).toBeVisible()

      await page.goto(shop.origin + '/?page=2')
      await widget.launcher.click()
      await expect(widget.start).toBeFocused()
      const row = widget.past('It arrives today')
      await expect(row).toContainText('Tomek')
      await expect(row).toContainText('Open')
      await expect(widget.field).toBeHidden()
      await clean(page)
      await look(page, `home-${look_}-${width}`)

      await rapport.api('POST', `/conversations/${id}/replies`, { text: 'It has just arrived.' })
      await expect(widget.past('It has just arrived.')).toContainText('1 new message')
      await look(page, `home-unread-${look_}-${width}`)
      await rapport.api('PATCH', `/conversations/${id}`, { status: 'resolved' })
      await expect(widget.past('It has just arrived.')).toContainText('Closed')
      await clean(page)

      await widget.past('It has just arrived.').click()
      await expect(widget.message(question)).toBeVisible()
      await expect(widget.frame.getByText(/^Closed\. What you write by .+ continues this conversation\.$/)).toBeVisible()
      await expect(widget.frame.getByText('Not for the customer')).toHaveCount(0)
      await expect(widget.badge).toHaveText('')
      await clean(page)
      await look(page, `closed-${look_}-${width}`)
      await said(widget, 'One more thing')
      await expect(widget.frame.getByText(/^Closed\./)).toHaveCount(0)
      expect((await rapport.api('GET', `/conversations/${id}`)).status).toBe('open')

      await widget.back.click()
      await expect(widget.past('One more thing')).toContainText('You')
      await expect(widget.past('One more thing')).not.toContainText('new message')
      await widget.start.click()
      await expect(widget.field).toBeFocused()
      await look(page, `chat-${look_}-${width}`)
      await context.close()
    })

test('without a pointer: into a conversation, back to where one was, and out', async ({ company, customer }) => {
  const { page, widget } = customer
  await widget.open()
  await said(widget, 'By keyboard alone')
  await page.goto(company.shop.origin + '/?page=2')
  await widget.launcher.focus()
  await page.keyboard.press('Enter')
  await expect(widget.start).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(widget.past('By keyboard alone')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(widget.message('By keyboard alone')).toBeVisible()
  await expect(widget.field).toBeFocused()
  await widget.back.focus()
  await page.keyboard.press('Enter')
  await expect(widget.past('By keyboard alone')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(widget.panel).toBeHidden()
  await expect(widget.launcher).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(widget.start).toBeFocused()
})

test('a draft is gone on with, and logging out takes the list away in every tab', async ({ company, customer }) => {
  const { context, page, widget } = customer
  await widget.open()
  await said(widget, 'Seen by me alone')
  await widget.field.fill('half a sentence')
  await page.reload()
  await widget.open()
  await expect(widget.field).toHaveValue('half a sentence')
  await widget.field.fill('')
  const other = new Widget(await context.newPage())
  await other.page.goto(company.shop.origin)
  await other.launcher.click()
  await expect(other.past('Seen by me alone')).toBeVisible()
  await page.evaluate(() => (window as any).Rapport.logout())
  await expect(other.past('Seen by me alone')).toHaveCount(0)
  await expect(other.field).toBeVisible()
  await expect(other.back).toHaveCount(0)
})

test('a signed customer finds their conversations in another browser', async ({ browser, company, customer }) => {
  const { rapport, inbox, inboxId, shop } = company
  const key = await rapport.api('POST', `/inboxes/${inboxId}/signing-keys`)
  const jwt = proof(inbox, key, { sub: 'customer-home', name: 'Irina Volkova' })
  await customer.page.evaluate((jwt) => (window as any).Rapport.identify(jwt), jwt)
  await customer.widget.open()
  await said(customer.widget, 'Written at home')
  const context = await browser.newContext()
  const there = new Widget(await context.newPage())
  await there.page.goto(shop.origin)
  await there.launcher.waitFor()
  await there.page.evaluate((jwt) => (window as any).Rapport.identify(jwt), jwt)
  await there.open()
  await there.back.click()
  await expect(there.past('Written at home')).toBeVisible()
  await context.close()
})

test('the words follow the tone of the brand', async ({ company, page }) => {
  const { rapport, shop } = company
  const brand = (await rapport.api('GET', '/brands')).items[0]
  const widget = new Widget(page)
  const greets = async (text: string) => {
    await page.goto(`${shop.origin}/?lang=es`)
    await widget.launcher.click()
    await expect(widget.frame.getByText(text)).toBeVisible()
  }
  try {
    await rapport.api('PATCH', `/brands/${brand.id}`, { languages: ['en', 'es'] })
    await greets('Haga aquí su pregunta.')
    await rapport.api('PATCH', `/brands/${brand.id}`, { tone: 'familiar' })
    await greets('Haz aquí tu pregunta.')
  } finally {
    await rapport.api('PATCH', `/brands/${brand.id}`, { tone: brand.tone, languages: brand.languages })
  }
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`an address without a chat says what to do, ${colorScheme}`, async ({ company, page }) => {
    await page.emulateMedia({ colorScheme })
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 })
      const answer = await page.goto(`${company.rapport.origin}/chat/no-such-key?language=en`)
      expect(answer!.status()).toBe(404)
      await expect(page.getByRole('heading', { name: 'There is no chat at this address' })).toBeVisible()
      await clean(page)
      await look(page, `no-chat-${colorScheme}-${width}`)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
    await page.getByRole('link', { name: 'All ways to reach us' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  })

for (const colorScheme of ['light', 'dark'] as const)
  test(`where nothing can be stored it says so, ${colorScheme}`, async ({ company, page }) => {
    await page.emulateMedia({ colorScheme })
    await page.addInitScript(() => {
      // As browsers do that give a third party no storage.
      if (window.parent !== window) for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } })
    })
    const { rapport, shop } = company
    const widget = new Widget(page)
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 844 })
      await page.goto(shop.origin)
      await widget.open()
      const line = widget.frame.getByText('This chat lasts as long as this page')
      await expect(line).toBeVisible()
      await clean(page)
      await look(page, `unkept-${colorScheme}-${width}`)
    }
    await expect(widget.frame.getByRole('link', { name: 'Open it in its own tab' })).toHaveAttribute('href', `/chat/${company.inbox}?language=en`)
    await said(widget, `Nothing is kept, ${colorScheme}`)
    await expect(widget.frame.getByRole('link', { name: 'Open it in its own tab' })).toHaveCount(0)
    await widget.frame.getByRole('button', { name: 'Leave an e-mail address' }).click()
    await expect(widget.frame.getByLabel('E-mail address')).toBeFocused()
    await page.keyboard.type('anna@example.com')
    await page.keyboard.press('Enter')
    await expect(widget.frame.getByText('Saved: anna@example.com')).toBeVisible()
    await clean(page)
    const { id } = await find(company, `Nothing is kept, ${colorScheme}`)
    const contact = (await rapport.api('GET', `/conversations/${id}`)).contact.id
    expect(JSON.stringify(await rapport.api('GET', `/contacts/${contact}`))).toContain('anna@example.com')
  })

test('where storage works nothing is said of it', async ({ customer }) => {
  await customer.widget.open()
  await expect(customer.widget.frame.getByText('This chat lasts as long as this page')).toHaveCount(0)
})

test('a browser told to block third parties gives no storage, and the customer is told', async ({ company, playwright, launchOptions }) => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-profile-'))
  mkdirSync(join(folder, 'Default'))
  writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify({ profile: { cookie_controls_mode: 1, block_third_party_cookies: true } }))
  const context = await playwright.chromium.launchPersistentContext(folder, { ...launchOptions, locale: 'en-GB' })
  try {
    const widget = new Widget(await context.newPage())
    await widget.page.goto(company.shop.elsewhere)
    await widget.open()
    await expect(widget.frame.getByText('This chat lasts as long as this page')).toBeVisible()
    await widget.page.goto(company.shop.origin)
    await widget.open()
    await expect(widget.frame.getByText('This chat lasts as long as this page'), 'the same site keeps its storage').toHaveCount(0)
  } finally {
    await context.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
