import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { writes } from '../support/company.ts'
import { Desk } from '../support/desk.ts'
import { expect, PASSWORD, test } from '../support/fixtures.ts'
import { word } from '../support/words.ts'

const shot = async (page: Page, name: string) => {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` })
}

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect.soft(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([])
}

test('a role is made, narrowed while somebody works with it, and kept as long as somebody has it', async ({ browser, company, desk }) => {
  const { rapport, inbox } = company
  const { page } = desk
  await writes(rapport, inbox, 'About the night shift')

  await page.goto('/console/settings/roles')
  await expect(page.getByRole('button', { name: word('people.role.light_agent'), exact: true })).toBeVisible()
  await clean(page)
  await shot(page, 'roles')
  await page.getByRole('button', { name: word('people.new_role') }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(word('people.name')).fill('Night shift')
  await dialog.getByLabel(word('people.permission.conversations_note')).check()
  await clean(page)
  await shot(page, 'role-dialog')
  await dialog.getByRole('button', { name: word('ui.save') }).click()
  await expect(page.getByRole('button', { name: 'Night shift', exact: true })).toBeVisible()

  const { items } = await rapport.api('GET', '/roles')
  const role = items.find((each: { name: string }) => each.name === 'Night shift')
  const email = 'lia@example.com'
  const link = await rapport.agent('Lia Costa', email, role.id)
  await rapport.api('POST', '/links/use', { token: link, password: PASSWORD, language: 'en' })
  const context = await browser.newContext({ baseURL: rapport.origin })
  const lia = new Desk(await context.newPage())
  await lia.signIn(email, PASSWORD)
  await lia.all()
  await lia.open('About the night shift')

  // Notes only: nothing that would reach a customer, assign or close is shown.
  await expect(lia.note).toBeVisible()
  await expect(lia.reply).toHaveCount(0)
  await expect(lia.page.getByRole('group', { name: word('conversations.write_what') })).toHaveCount(0)
  await expect(lia.page.locator('.thread-head').getByRole('button', { name: new RegExp(`^${word('conversations.close')}`) })).toHaveCount(0)
  await clean(lia.page)
  await shot(lia.page, 'light-agent')
  await lia.note.fill('She called twice.')
  await lia.note.press('Control+Enter')
  await expect(lia.message('She called twice.')).toBeVisible()

  await page.goto('/console/settings/roles')
  await page.getByRole('button', { name: 'Night shift', exact: true }).click()
  await expect(dialog.getByRole('button', { name: word('ui.delete') })).toBeDisabled()
  await expect(dialog.getByText('Lia Costa')).toBeVisible()
  await dialog.getByLabel(word('people.permission.conversations_note')).uncheck()
  await dialog.getByRole('button', { name: word('ui.save') }).click()

  // At once, in the page that is open.
  await expect(lia.note).toHaveCount(0)
  await expect(lia.message('About the night shift')).toBeVisible()
  await context.close()
})

test('a token is made in the console, shown once, and ended there', async ({ company, desk }) => {
  const { page } = desk
  await page.goto('/console/settings/security')
  await page.getByRole('button', { name: word('people.new_token') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(word('people.token_for')).fill('Warehouse')
  await dialog.getByLabel(word('people.permission.conversations_read')).check()
  await clean(page)
  await shot(page, 'token-dialog')
  await dialog.getByRole('button', { name: word('people.make_token') }).click()
  const secret = (await dialog.getByLabel(word('people.the_token'), { exact: true }).innerText()).trim()
  await clean(page)
  await dialog.getByRole('button', { name: word('ui.close') }).last().click()

  const ask = (path: string) => fetch(`${company.rapport.origin}/api/v1${path}`, { headers: { authorization: `Bearer ${secret}` } }).then((answer) => answer.status)
  expect(await ask('/conversations')).toBe(200)
  expect(await ask('/contacts')).toBe(403)
  await expect(page.getByText(secret)).toHaveCount(0)
  await shot(page, 'tokens')

  await page.getByRole('button', { name: word('people.token_revoke_named').replace('{name}', 'Warehouse') }).click()
  await expect(page.getByText(word('people.token_revoked'), { exact: true })).toBeVisible()
  expect(await ask('/conversations')).toBe(401)
})
