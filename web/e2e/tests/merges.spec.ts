import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { like, word } from '../support/words.ts'

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect.soft(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`).join('\n'), page.url()).toBe('')
}

const picture = (page: Page, name: string) => (process.env.PICTURES ? page.screenshot({ path: `${process.env.PICTURES}/${name}.png` }) : undefined)

test('a conversation is split by keys alone, merged back, and taken apart, while the customer writes on', async ({ desk, customer }) => {
  const { page } = desk
  await customer.widget.open()
  await customer.widget.say('Where is my lamp?')
  await expect(customer.widget.message('Where is my lamp?')).toBeVisible()
  await desk.all()
  await desk.open('Where is my lamp?')
  await desk.answer('On its way')
  await customer.widget.say('And the sofa has a stain')

  const more = desk.message('And the sofa has a stain').getByRole('button', { name: word('conversations.message_more') })
  await more.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: word('merges.split') }).press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('radio', { name: word('merges.split_which.from') })).toBeChecked()
  await clean(page)
  await picture(page, 'split')
  await dialog.getByRole('button', { name: word('merges.split_now') }).press('Enter')
  await expect(page.getByText(/^Tomek Nowak split it off from case \d+/)).toBeVisible()
  await expect(desk.message('Where is my lamp?')).toHaveCount(0)
  const related = page.getByRole('region', { name: word('merges.title') })
  await expect(related.getByRole('link', { name: /Where is my lamp\?.*follows from/ })).toBeVisible()
  await clean(page)
  await picture(page, 'split-done')
  await expect(customer.widget.message('Where is my lamp?')).toBeVisible()
  await expect(customer.widget.message('And the sofa has a stain')).toBeVisible()

  await page.getByRole('button', { name: word('conversations.more'), exact: true }).click()
  await page.getByRole('menuitem', { name: word('merges.merge') }).click()
  await dialog.getByRole('radio', { name: /Where is my lamp\?/ }).check()
  await clean(page)
  await picture(page, 'merge')
  await dialog.getByRole('button', { name: word('merges.merge_now') }).click()
  await expect(desk.message('And the sofa has a stain').getByText(like('merges.from_case'))).toBeVisible()
  await expect(desk.message('Where is my lamp?')).toBeVisible()
  await customer.widget.say('It is the big one')
  await expect(desk.message('It is the big one')).toBeVisible()
  await expect(related.getByText(like('merges.part'))).toBeVisible()
  await clean(page)
  await picture(page, 'merged')

  await related.getByRole('button', { name: like('merges.unmerge') }).click()
  await expect(dialog.getByText(like('merges.gives_back'))).toBeVisible()
  await clean(page)
  await picture(page, 'unmerge')
  await dialog.getByRole('button', { name: word('merges.unmerge_now') }).click()
  await expect(desk.message('And the sofa has a stain')).toHaveCount(0)
  await expect(desk.message('Where is my lamp?')).toBeVisible()
  await expect(customer.widget.message('And the sofa has a stain')).toBeVisible()
  await expect(page.getByRole('link', { name: /And the sofa has a stain.*is followed by/ })).toBeVisible()
})
