import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { like, word } from '../support/words.ts'

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect.soft(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`).join('\n'), page.url()).toBe('')
}
const picture = (page: Page, name: string) => (process.env.PICTURES ? page.screenshot({ path: `${process.env.PICTURES}/${name}.png` }) : undefined)

test('a reply waits for its time, in the words it was given, and is a draft again when the customer writes first', async ({ desk, customer }) => {
  const { page } = desk
  await customer.widget.open()
  await customer.widget.say('Has my order left?')
  await expect(customer.widget.message('Has my order left?')).toBeVisible()
  await desk.all()
  await desk.open('Has my order left?')
  await desk.reply.fill('It left this morning')
  await page.getByRole('button', { name: word('conversations.send_more') }).press('Enter')
  await page.getByRole('menuitem', { name: word('scheduled.later') }).press('Enter')
  const dialog = page.getByRole('dialog')
  await clean(page)
  await picture(page, 'later')
  await dialog.getByRole('textbox').first().fill('in 3 days')
  await page.keyboard.press('Enter')
  const waiting = page.getByRole('list', { name: word('scheduled.title') })
  await expect(waiting.getByText('It left this morning')).toBeVisible()
  await expect(desk.reply).toHaveValue('')
  await clean(page)
  await picture(page, 'waiting')
  for (const [width, scheme] of [[1440, 'dark'], [390, 'light'], [390, 'dark']] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 900 })
    await picture(page, `waiting-${width}-${scheme}`)
    await clean(page)
  }
  await page.setViewportSize({ width: 1440, height: 900 })

  await customer.widget.say('Never mind, it is here')
  await expect(page.getByText(word('scheduled.cancelled'))).toBeVisible()
  await expect(waiting).toHaveCount(0)
  await expect(desk.reply).toHaveValue('It left this morning')
  await expect(page.getByText(like('conversations.system.schedule_cancelled'))).toBeVisible()
  await expect(customer.widget.message('It left this morning')).toHaveCount(0)
})
