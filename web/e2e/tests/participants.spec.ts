import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { writes } from '../support/company.ts'
import { expect, test } from '../support/fixtures.ts'
import { word } from '../support/words.ts'

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect.soft(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`).join('\n'), page.url()).toBe('')
}
const picture = (page: Page, name: string) => (process.env.PICTURES ? page.screenshot({ path: `${process.env.PICTURES}/${name}.png` }) : undefined)

test('a conversation is followed by a key, a team is named in a note, and it goes to that team with the reason', async ({ company, desk }) => {
  const { page } = desk
  const team = await company.rapport.api('POST', '/teams', { name: 'Delivery' })
  const { conversation } = await writes(company.rapport, company.inbox, 'Somebody has to look at this')
  await desk.all()
  await desk.open('Somebody has to look at this')
  await page.locator('body').press('p')
  const taking = page.getByRole('region', { name: word('participants.title') })
  await expect(taking.getByText('Tomek Nowak')).toBeVisible()
  await page.locator('body').press('n')
  await page.keyboard.type('@Deliv')
  await page.getByRole('option', { name: 'Delivery' }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type('please')
  await page.keyboard.press('Control+Enter')
  await expect(desk.message('@Delivery please').locator('b')).toHaveText('@Delivery')

  await page.getByRole('button', { name: word('conversations.more'), exact: true }).click()
  await page.getByRole('menuitem', { name: word('participants.transfer') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(word('participants.to')).selectOption({ label: 'Team Delivery' })
  await dialog.getByLabel(word('participants.reason')).fill('A parcel is lost')
  await clean(page)
  await picture(page, 'transfer')
  await dialog.getByRole('button', { name: word('participants.transfer_now') }).click()
  await expect(desk.message('A parcel is lost')).toBeVisible()
  await expect(page.getByText('Tomek Nowak moved it to team Delivery')).toBeVisible()
  const now = await company.rapport.api('GET', `/conversations/${conversation}`)
  expect([now.team_id, now.assignee_id]).toEqual([team.id, null])
  await clean(page)
  await picture(page, 'transferred')
})
