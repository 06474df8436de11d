import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { Widget } from '../support/widget.ts'
import { word } from '../support/words.ts'

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect.soft(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`).join('\n'), page.url()).toBe('')
}

test('a team gives out its work, and who waits sees their place', async ({ company, desk, customer, browser }) => {
  const { rapport, inboxId, shop } = company
  const { page } = desk
  const tomek = (await rapport.api('GET', '/me')).agent
  const team = await rapport.api('POST', '/teams', { name: 'Care', member_ids: [tomek.id] })
  await rapport.api('PATCH', `/inboxes/${inboxId}`, { team_id: team.id })
  await rapport.api('PATCH', '/me', { availability: 'available' })
  try {
    await page.goto('/console/settings/assignment')
    await page.getByRole('button', { name: 'Tomek Nowak', exact: true }).click()
    let dialog = page.getByRole('dialog')
    await dialog.getByLabel(word('assignment.capacity')).fill('1')
    await dialog.getByLabel(word('assignment.skills')).fill('Billing, returns')
    await clean(page)
    await dialog.getByRole('button', { name: word('ui.save') }).click()
    await expect(page.getByText('billing · returns')).toBeVisible()
    const load = Number((await rapport.api('GET', '/assignment')).agents.find((each: { agent_id: string }) => each.agent_id === tomek.id).load)
    await rapport.api('PUT', `/agents/${tomek.id}/assignment`, { capacity: load + 1 })
    await page.getByRole('button', { name: 'Care', exact: true }).click()
    dialog = page.getByRole('dialog')
    await dialog.getByText(word('assignment.method.round_robin'), { exact: true }).click()
    await clean(page)
    await dialog.getByRole('button', { name: word('ui.save') }).click()
    await expect(dialog).toHaveCount(0)
    await clean(page)

    await customer.widget.open()
    await customer.widget.say('Who gets this?')
    await page.goto('/console/inbox/mine')
    await expect(desk.row('Who gets this?')).toBeVisible()

    const context = await browser.newContext()
    const second = await context.newPage()
    await second.goto(shop.origin)
    const widget = new Widget(second)
    await widget.open()
    await widget.say('And this?')
    await expect(widget.frame.getByText('Number 1 in the queue')).toBeVisible()
    await rapport.api('PUT', `/agents/${tomek.id}/assignment`, { capacity: 50 })
    await expect(desk.row('And this?')).toBeVisible()
    await context.close()
  } finally {
    await rapport.api('PUT', `/teams/${team.id}/assignment`, { method: 'manual' })
    await rapport.api('PATCH', `/inboxes/${inboxId}`, { team_id: null })
  }
})
