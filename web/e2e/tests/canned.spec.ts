import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { writes } from '../support/company.ts'
import { expect, test } from '../support/fixtures.ts'
import { word } from '../support/words.ts'

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect.soft(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`).join('\n'), page.url()).toBe('')
}

test('an answer is written once in the settings and called by its shortcut while writing', async ({ company, desk }) => {
  const { page } = desk
  await page.goto('/console/settings/canned-responses')
  await page.getByRole('button', { name: word('canned.new') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(word('people.name'), { exact: true }).fill('Parcel on its way')
  await dialog.getByLabel(word('canned.shortcut'), { exact: true }).fill('/parcel')
  await dialog.getByLabel(word('canned.shared_title')).selectOption('everyone')
  const text = dialog.getByRole('textbox', { name: word('canned.text_in').replace('{language}', 'English') })
  await text.fill('Hello {{contact.nmae}}, your parcel is on its way.')
  await dialog.getByRole('button', { name: word('ui.save') }).click()
  await expect(dialog.getByRole('alert')).toContainText('There is no variable contact.nmae')
  await text.fill('Hello {{contact.first_name}}, your parcel is on its way. {{agent.name}}')
  await clean(page)
  await dialog.getByRole('button', { name: word('ui.save') }).click()
  await expect(page.getByRole('button', { name: 'Parcel on its way' })).toBeVisible()
  await clean(page)

  await writes(company.rapport, company.inbox, 'Where is the parcel of the shortcut?')
  await desk.all()
  await desk.open('Where is the parcel of the shortcut?')
  await desk.reply.click()
  await page.keyboard.type('Good day. /parc')
  const picker = page.getByRole('listbox', { name: word('canned.title') })
  await expect(picker.getByRole('option', { selected: true })).toContainText('/parcel')
  await expect(page.locator('.canned-preview')).toContainText('Hello, your parcel is on its way. Tomek Nowak')
  await clean(page)
  await page.keyboard.press('Enter')
  await expect(desk.reply).toHaveValue('Good day. Hello, your parcel is on its way. Tomek Nowak')
  await expect(page.getByText(word('canned.missing_read').replace('{what}', word('canned.variable.contact_first_name')))).toBeVisible()
  await clean(page)

  await page.keyboard.press('Control+z')
  await expect(desk.reply).toHaveValue(/^Good day. \/(parc)?$/)
  await page.keyboard.press('Control+y')
  await expect(desk.reply).toHaveValue('Good day. Hello, your parcel is on its way. Tomek Nowak')
  await page.keyboard.press('Control+Enter')
  await expect(desk.message('Good day. Hello, your parcel is on its way.')).toBeVisible()
})

test('a slash that is no shortcut is left alone, and Escape keeps it', async ({ company, desk }) => {
  const { page } = desk
  await writes(company.rapport, company.inbox, 'A slash in a sentence')
  await desk.all()
  await desk.open('A slash in a sentence')
  await desk.reply.click()
  await page.keyboard.type('See https://example.com/help and/or /')
  await expect(page.locator('.canned-picker')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('.canned-picker')).toHaveCount(0)
  await page.keyboard.type('nothing like it')
  await expect(page.locator('.canned-picker')).toHaveCount(0)
  await expect(desk.reply).toHaveValue('See https://example.com/help and/or /nothing like it')
})
