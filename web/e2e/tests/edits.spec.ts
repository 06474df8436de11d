import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { like, word } from '../support/words.ts'

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect.soft(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`).join('\n'), page.url()).toBe('')
}
const picture = (page: Page, name: string) => (process.env.PICTURES ? page.screenshot({ path: `${process.env.PICTURES}/${name}.png` }) : undefined)

test('an answer is corrected and a message removed for good, on both screens', async ({ desk, customer }) => {
  const { page } = desk
  await customer.widget.open()
  await customer.widget.say('My card is 4111 1111')
  await expect(customer.widget.message('My card is 4111 1111')).toBeVisible()
  await desk.all()
  await desk.open('My card is 4111 1111')
  await desk.answer('It comes on Tuseday')
  await expect(customer.widget.message('It comes on Tuseday')).toBeVisible()

  const menuOf = async (text: string, item: string) => {
    await desk.message(text).getByRole('button', { name: word('conversations.message_more') }).press('Enter')
    await page.getByRole('menuitem', { name: word(item), exact: true }).press('Enter')
  }
  const dialog = page.getByRole('dialog')
  await menuOf('It comes on Tuseday', 'edits.edit')
  await clean(page)
  await picture(page, 'edit')
  await dialog.getByRole('textbox', { name: word('edits.text') }).fill('It comes on Tuesday')
  await dialog.getByRole('button', { name: word('ui.save') }).press('Enter')
  await expect(desk.message('It comes on Tuesday').getByText(word('edits.edited'), { exact: true })).toBeVisible()
  await expect(customer.widget.log.getByText('It comes on Tuesday (edited)')).toBeVisible()
  await menuOf('It comes on Tuesday', 'edits.former')
  await expect(dialog.getByText('It comes on Tuseday')).toBeVisible()
  await clean(page)
  await page.keyboard.press('Escape')

  await menuOf('My card is 4111 1111', 'edits.redact')
  await clean(page)
  await picture(page, 'redact')
  await dialog.getByRole('button', { name: word('edits.redact_now') }).press('Enter')
  await expect(desk.log.getByText(like('edits.redacted')).first()).toBeVisible()
  await expect(page.getByText('4111')).toHaveCount(0)
  await expect(customer.widget.log.getByText('Removed by Tomek Nowak')).toBeVisible()
  await expect(customer.widget.log.getByText('4111')).toHaveCount(0)
  await clean(page)
  await picture(page, 'redacted')
})
