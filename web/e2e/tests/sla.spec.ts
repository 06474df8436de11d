import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { writes } from '../support/company.ts'
import { expect, test } from '../support/fixtures.ts'
import { Widget } from '../support/widget.ts'
import { word } from '../support/words.ts'

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect.soft(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`).join('\n'), page.url()).toBe('')
}

test('a promise is made, shown to the customer, counted down for the team, and over with the answer', async ({ company, desk, browser }) => {
  const { rapport, inbox, shop } = company
  const { page } = desk
  await page.goto('/console/settings/sla-policies')
  await clean(page)
  await page.getByRole('button', { name: word('sla.new') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(word('people.name'), { exact: true }).fill('Everybody')
  await dialog.getByLabel(`${word('sla.kind.first_response')}: ${word('sla.within')}`).fill('2')
  await dialog.getByLabel(`${word('sla.kind.first_response')}: ${word('sla.unit')}`).selectOption('hours')
  await clean(page)
  await dialog.getByRole('button', { name: word('ui.save') }).click()
  await expect(page.getByText('First response: 2 hours (business time)')).toBeVisible()
  try {
    const context = await browser.newContext()
    const visitor = await context.newPage()
    await visitor.goto(shop.origin)
    const widget = new Widget(visitor)
    await widget.open()
    await expect(widget.frame.getByText(/We promise an answer (today|tomorrow) by \d\d:\d\d/)).toBeVisible()
    await context.close()

    const { conversation } = await writes(rapport, inbox, 'Is it promised?')
    await page.goto('/console/inbox/due')
    await expect(page.getByRole('heading', { name: word('conversations.view.due'), exact: true })).toBeVisible()
    // Others that were there before are due sooner, and may fill the screen.
    await desk.all()
    const row = desk.row('Is it promised?')
    await expect(row.locator('.pill', { hasText: '2 hr' })).toBeVisible()
    await row.click()
    await expect(page.locator('.thread-head .pill', { hasText: '2 hr' })).toBeVisible()
    await clean(page)
    await rapport.api('POST', `/conversations/${conversation}/replies`, { text: 'It is.' })
    await expect(page.locator('.thread-head .pill', { hasText: '2 hr' })).toHaveCount(0)
  } finally {
    for (const policy of (await rapport.api('GET', '/sla-policies')).items) await rapport.api('DELETE', `/sla-policies/${policy.id}`)
  }
})
