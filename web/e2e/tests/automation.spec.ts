import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { writes } from '../support/company.ts'
import { expect, test } from '../support/fixtures.ts'
import { word } from '../support/words.ts'

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect.soft(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`).join('\n'), page.url()).toBe('')
}

test('a rule is written, tried without changing anything, runs by itself, and says why', async ({ company, desk }) => {
  const { rapport, inbox } = company
  const { page } = desk
  const { conversation: earlier } = await writes(rapport, inbox, 'A refund of last week')
  try {
    await page.goto('/console/settings/automation')
    await expect(page.getByText(word('automation.none'))).toBeVisible()
    await clean(page)
    await page.getByRole('button', { name: word('automation.new') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(word('people.name'), { exact: true }).fill('Refunds')
    await dialog.getByRole('button', { name: word('condition.add_clause') }).click()
    await dialog.getByLabel(word('condition.which_field')).selectOption({ label: word('condition.field.message') })
    await dialog.getByLabel(word('condition.value')).fill('refund')
    await dialog.getByLabel(word('macros.add_action')).selectOption({ label: word('macros.action.set_priority') })
    await clean(page)
    await dialog.getByRole('button', { name: word('automation.dry_run') }).click()
    await expect(dialog.getByText(/^It would have run in [1-9]/)).toBeVisible()
    await expect(dialog.getByText('A refund of last week').first()).toBeVisible()
    await clean(page)
    expect((await rapport.api('GET', `/conversations/${earlier}`)).priority).toBe('normal')
    await dialog.getByRole('button', { name: word('ui.save') }).click()
    await expect(page.getByRole('button', { name: 'Refunds', exact: true })).toBeVisible()

    const { conversation } = await writes(rapport, inbox, 'I want a refund today')
    await expect.poll(async () => (await rapport.api('GET', `/conversations/${conversation}`)).priority).toBe('high')
    await page.goto(`/console/inbox/all/${conversation}`)
    await expect(page.getByText('Rule “Refunds” ran: the customer wrote')).toBeVisible()
    await page.getByRole('button', { name: word('conversations.why') }).click()
    await expect(page.getByRole('dialog').getByText('Because the customer wrote')).toBeVisible()
    await expect(page.getByRole('dialog').getByText('Text of the message contains refund')).toBeVisible()
    await clean(page)

    await page.goto('/console/settings/automation')
    await page.getByRole('switch').click()
    await expect.poll(async () => (await rapport.api('GET', '/automation/rules')).items[0].enabled).toBe(false)
    await page.getByRole('button', { name: '1 run' }).click()
    await expect(page.getByRole('dialog').getByText('I want a refund today')).toBeVisible()
  } finally {
    for (const rule of (await rapport.api('GET', '/automation/rules')).items) await rapport.api('DELETE', `/automation/rules/${rule.id}`)
  }
})

test('rules are moved by keyboard and the focus stays with the one that moved', async ({ company, desk }) => {
  const { rapport } = company
  const { page } = desk
  const rule = (name: string) => ({ name, trigger: { on: 'reopened' }, condition: { all: [] }, actions: [{ type: 'set_priority', priority: 'high' }], sharing: { with: 'everyone' } })
  try {
    for (const name of ['First', 'Second', 'Third']) await rapport.api('POST', '/automation/rules', rule(name))
    await page.goto('/console/settings/automation')
    const names = page.locator('.rule-row .list-row-name')
    await expect(names).toHaveText(['First', 'Second', 'Third'])
    await page.getByRole('button', { name: 'Move Third up' }).press('Enter')
    await expect(names).toHaveText(['First', 'Third', 'Second'])
    await expect(page.getByRole('button', { name: 'Move Third up' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(names).toHaveText(['Third', 'First', 'Second'])
    await page.getByRole('button', { name: 'Move First down' }).press('Enter')
    await expect(names).toHaveText(['Third', 'Second', 'First'])
  } finally {
    for (const each of (await rapport.api('GET', '/automation/rules')).items) await rapport.api('DELETE', `/automation/rules/${each.id}`)
  }
})
