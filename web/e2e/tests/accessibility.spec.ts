import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { writes } from '../support/company.ts'
import { expect, test } from '../support/fixtures.ts'
import { Widget } from '../support/widget.ts'
import { word } from '../support/words.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const LOOKS = [
  { look: 'light', colorScheme: 'light', dir: 'ltr' },
  { look: 'dark', colorScheme: 'dark', dir: 'ltr' },
  { look: 'right to left', colorScheme: 'light', dir: 'rtl' },
] as const

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  const short = violations.map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `  ${n.target.join(' ')}\n    ${n.failureSummary?.split('\n').slice(1).join(' ')}`).join('\n')}`)
  expect.soft(short.join('\n'), page.url()).toBe('')
}

/** Right to left must not make anything wider than the window either. */
async function fits(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect.soft(beyond, `${page.url()} is wider than the window`).toBeLessThanOrEqual(0)
}

for (const { look, colorScheme, dir } of LOOKS) {
  test.describe(look, () => {
    test('widget and shop page', async ({ company, page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.goto(`${company.shop.origin}/?dir=${dir}`)
      const widget = new Widget(page)
      await expect(widget.launcher).toBeVisible()
      await clean(page)
      await widget.open()
      if (dir === 'rtl') await widget.panel.evaluate((panel) => (panel.ownerDocument.documentElement.dir = 'rtl'))
      await clean(page)
      await widget.say('See https://example.com/help please')
      await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()
      await widget.field.fill('a draft')
      await clean(page)
      await fits(page)

      await widget.field.fill('')
      await page.reload()
      await widget.launcher.click()
      await expect(widget.start).toBeVisible()
      if (dir === 'rtl') await widget.panel.evaluate((panel) => (panel.ownerDocument.documentElement.dir = 'rtl'))
      await clean(page)
      await widget.past('See https://example.com/help please').click()
      await expect(widget.back).toBeVisible()
      await clean(page)
      await fits(page)
    })

    test('chat page and portal', async ({ company, page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const path of [`/chat/${company.inbox}`, '/chat/no-such-key', '/']) {
        await page.goto(company.rapport.origin + path)
        await expect(page.getByRole('main')).toBeVisible()
        await page.evaluate((dir) => (document.documentElement.dir = dir), dir)
        await clean(page)
        await fits(page)
      }
    })

    test('sign-in', async ({ company, page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.goto(company.rapport.origin + '/console/sign-in')
      await expect(page.getByRole('button', { name: word('people.sign_in') })).toBeVisible()
      await page.evaluate((dir) => (document.documentElement.dir = dir), dir)
      await clean(page)
      await fits(page)
    })

    test('console', async ({ company, desk }) => {
      test.setTimeout(180_000)
      const { rapport, inbox } = company
      const { conversation, contact } = await writes(rapport, inbox, 'Is the blue jacket warm?', 'And is it dry?')
      await rapport.api('POST', `/conversations/${conversation}/replies`, { text: 'Both.' })
      await rapport.api('POST', `/conversations/${conversation}/notes`, { text: 'Asks every year.' })
      const sharing = { with: 'me' }
      await rapport.api('POST', '/canned-responses', { name: 'Warm', shortcut: `warm-${look.replaceAll(' ', '-')}`, texts: { en: 'It is.', pl: 'Tak.' }, sharing })
      await rapport.api('POST', '/macros', { name: `Warm ${look}`, actions: [{ type: 'add_tags', tags: ['warm'] }], sharing })
      await rapport.api('POST', '/contact-reasons', { names: { en: `Before buying ${look}` } })
      await desk.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const brands = await rapport.api('GET', '/brands')
      const pages = [
        'inbox/all',
        `inbox/all/${conversation}`,
        'customers',
        'customers/companies',
        'customers/duplicates',
        `customers/${contact}`,
        'search',
        'search?q=jacket',
        ...['agents', 'teams', 'roles', 'tokens', 'inboxes', `inboxes/${company.inboxId}`, 'brands', `brands/${brands.items[0].id}`, 'locations', 'profile', 'appearance', 'shortcuts', 'security', 'start', 'canned-responses', 'macros', 'contact-reasons', 'attributes', 'automation'].map((at) => 'settings/' + at),
      ]
      for (const at of pages) {
        await desk.page.goto('/console/' + at)
        await expect(desk.page.getByRole('heading').first()).toBeVisible()
        await desk.page.waitForLoadState('networkidle')
        if (at.endsWith(conversation)) await expect(desk.message('Both.')).toBeVisible()
        await desk.page.evaluate((dir) => (document.documentElement.dir = dir), dir)
        await clean(desk.page)
        await fits(desk.page)
      }
    })
  })
}

test('where the system chooses the colours, what is chosen still differs', async ({ company, desk }) => {
  const { rapport, inbox } = company
  await writes(rapport, inbox, 'Which of these is open?')
  await writes(rapport, inbox, 'Which of these is marked?')
  await desk.page.emulateMedia({ forcedColors: 'active' })
  await desk.all()
  await desk.open('Which of these is open?')
  const line = (text: string) => desk.row(text).evaluate((row) => getComputedStyle(row).outlineStyle)
  expect(await line('Which of these is open?')).toBe('solid')
  expect(await line('Which of these is marked?')).toBe('none')
  await clean(desk.page)
})
