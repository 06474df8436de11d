import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { word } from '../support/words.ts'

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect.soft(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`).join('\n'), page.url()).toBe('')
}

test('customers come in from a file, mistakes are mended and imported again, and all of it is taken back', async ({ desk }) => {
  const { page } = desk
  await page.goto('/console/customers')
  await page.getByRole('link', { name: word('imports.title'), exact: true }).click()
  await expect(page.getByText(word('imports.none'))).toBeVisible()
  await clean(page)
  const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from('Name;Mail;Shoe size\nImport Anna;import.anna@example.com;38\nImport Bilal;bilal(at)example.com;43\n') }
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: word('imports.choose') }).press('Enter')
  await (await chosen).setFiles(file)

  await expect(page.getByRole('heading', { name: 'people.csv' })).toBeVisible()
  await expect(page.getByLabel(word('imports.means_name').replace('{name}', 'Mail'))).toHaveValue('email')
  await clean(page)
  await page.getByRole('button', { name: word('imports.to_preview'), exact: true }).press('Enter')
  const preview = page.getByRole('region', { name: word('imports.step.preview') }).first()
  await expect(preview).toContainText('Import Anna')
  await expect(preview).toContainText('Mail: Write an e-mail address')
  await clean(page)
  await page.getByRole('button', { name: /^Import 2/ }).press('Enter')
  const refused = page.getByRole('link', { name: word('imports.refused_rows') })
  await expect(refused).toBeVisible()
  await expect(page.getByText(word('imports.state.done'), { exact: true })).toBeVisible()
  await clean(page)

  const download = page.waitForEvent('download')
  await refused.click()
  const text = readFileSync((await (await download).path())!, 'utf8')
  expect(text).toContain('Mail: Write an e-mail address')
  await page.getByRole('link', { name: word('imports.title') }).first().click()
  const again = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: word('imports.choose') }).click()
  await (await again).setFiles({ ...file, name: 'mended.csv', buffer: Buffer.from(text.replace('(at)', '@')) })
  await page.getByRole('button', { name: word('imports.to_preview'), exact: true }).click()
  await page.getByRole('button', { name: /^Import 1/ }).click()
  await expect(page.getByText(word('imports.state.done'), { exact: true })).toBeVisible()

  await page.getByRole('button', { name: word('imports.undo') }).click()
  await page.getByRole('button', { name: word('imports.undo_sure') }).click()
  await expect(page.getByText(word('imports.state.undone'), { exact: true })).toBeVisible()
  await clean(page)
  await page.goto('/console/customers?q=Import')
  await expect(page.getByText('Import Anna')).toBeVisible()
  await expect(page.getByText('Import Bilal')).toBeHidden()
})
