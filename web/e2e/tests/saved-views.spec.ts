import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { writes } from '../support/company.ts'
import { expect, test } from '../support/fixtures.ts'
import { word } from '../support/words.ts'

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect.soft(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`).join('\n'), page.url()).toBe('')
}

test('a filter is built by keys, shown, kept as a view, and follows what happens', async ({ company, desk }) => {
  const { page } = desk
  await page.setViewportSize({ width: 1720, height: 900 })
  const { conversation } = await writes(company.rapport, company.inbox, 'Where is my lamp')
  const other = await writes(company.rapport, company.inbox, 'Nothing urgent at all')
  await company.rapport.api('PATCH', `/conversations/${conversation}`, { priority: 'urgent', tags: ['lamp'] })
  await desk.all()

  await page.locator('body').press('f')
  const dialog = page.getByRole('dialog', { name: word('saved.filter') })
  await dialog.getByLabel(word('condition.which_field')).selectOption('priority')
  await dialog.getByRole('button', { name: word('condition.choose_of').replace('{field}', word('condition.field.priority')) }).click()
  await page.getByRole('option', { name: word('conversations.priority.urgent') }).click()
  await dialog.getByRole('button', { name: word('condition.add_group') }).click()
  const group = dialog.getByRole('group', { name: word('condition.group').replace('{n}', '2') })
  await group.getByLabel(word('condition.which_field')).selectOption('tags')
  await group.getByLabel(word('condition.value')).fill('lamp')
  await clean(page)
  await dialog.getByRole('button', { name: word('saved.show'), exact: true }).click()
  await expect(desk.row('Where is my lamp')).toBeVisible()
  await expect(desk.row('Nothing urgent at all')).toBeHidden()
  await page.reload()
  await expect(desk.row('Where is my lamp')).toBeVisible()

  await page.locator('body').press('f')
  await dialog.getByLabel(word('saved.name'), { exact: true }).fill('Urgent lamps')
  await dialog.getByRole('button', { name: word('saved.keep') }).click()
  const inNav = page.getByRole('link', { name: /Urgent lamps/ })
  await expect(inNav).toContainText('1')
  await expect(desk.row('Where is my lamp')).toBeVisible()
  await company.rapport.api('PATCH', `/conversations/${other.conversation}`, { priority: 'urgent', tags: ['lamp'] })
  await expect(desk.row('Nothing urgent at all')).toBeVisible()
  await expect(inNav).toContainText('2')
  await company.rapport.api('PATCH', `/conversations/${conversation}`, { tags: [] })
  await expect(inNav).toContainText('1')
  await clean(page)
})

test('a view is shown as a table, changed and removed', async ({ company, desk }) => {
  const { page } = desk
  await page.setViewportSize({ width: 1720, height: 900 })
  await writes(company.rapport, company.inbox, 'A row of a table')
  const condition = { field: 'subject', op: 'contains', value: 'row of a' }
  await company.rapport.api('POST', '/saved-views', { name: 'As a table', condition, layout: 'table', sort: 'oldest', sharing: { with: 'everyone' } })
  await desk.all()
  await page.getByRole('link', { name: /As a table/ }).click()
  await expect(page.locator('.table-row').getByText('A row of a table')).toBeVisible()
  await expect(page.locator('.table-head')).toBeVisible()
  await clean(page)
  await page.locator('.table-row').first().click()
  await expect(page.locator('.table-head')).toBeHidden()
  await expect(desk.message('A row of a table')).toBeVisible()

  await page.getByRole('link', { name: /As a table/ }).hover()
  await page.getByRole('button', { name: word('saved.edit_named').replace('{name}', 'As a table') }).click()
  const dialog = page.getByRole('dialog', { name: word('saved.edit') })
  await expect(dialog.getByLabel(word('condition.value'))).toHaveValue('row of a')
  await dialog.getByRole('button', { name: word('ui.delete') }).click()
  await dialog.getByRole('button', { name: word('canned.delete_sure') }).click()
  await expect(page.getByRole('link', { name: /As a table/ })).toBeHidden()
})
