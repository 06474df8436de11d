import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { writes } from '../support/company.ts'
import { expect, test } from '../support/fixtures.ts'
import { word } from '../support/words.ts'

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect.soft(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`).join('\n'), page.url()).toBe('')
}

test('a macro is made, shown before it runs, run by keys alone, and taken back', async ({ company, desk }) => {
  const { page } = desk
  await page.goto('/console/settings/macros')
  await page.getByRole('button', { name: word('macros.new') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(word('people.name'), { exact: true }).fill('Parcel lost')
  await dialog.getByLabel(word('macros.text_title')).selectOption('reply')
  await dialog.getByRole('textbox', { name: word('canned.text_in').replace('{language}', 'English') }).fill('We look for it, {{contact.first_name|and write again}}.')
  await dialog.getByLabel(word('macros.add_action')).selectOption('add_tags')
  await dialog.getByRole('textbox', { name: word('macros.action.add_tags') }).fill('lost, carrier')
  await dialog.getByLabel(word('macros.add_action')).selectOption('set_priority')
  await clean(page)
  await dialog.getByRole('button', { name: word('ui.save') }).click()
  await expect(page.getByRole('button', { name: 'Parcel lost' })).toBeVisible()
  await clean(page)

  const { conversation } = await writes(company.rapport, company.inbox, 'It never came')
  await desk.all()
  await desk.open('It never came')
  await page.locator('body').press('q')
  await page.getByRole('option', { name: 'Parcel lost' }).waitFor()
  await page.keyboard.type('parc')
  await page.keyboard.press('Enter')
  await expect(page.locator('.macro-text')).toHaveText('We look for it, and write again.')
  await expect(page.locator('.macro-steps')).toContainText('lost, carrier')
  await clean(page)
  await page.keyboard.press('Enter')
  await expect(desk.message('We look for it, and write again.')).toBeVisible()
  await expect(page.getByText('Tomek Nowak ran the macro Parcel lost')).toBeVisible()
  const now = async () => {
    const { tags, priority } = await company.rapport.api('GET', `/conversations/${conversation}`)
    return { tags, priority }
  }
  expect(await now()).toEqual({ tags: ['lost', 'carrier'], priority: 'high' })
  await page.locator('body').press('z')
  await expect.poll(now).toEqual({ tags: [], priority: 'normal' })
})

test('a macro runs on all that are selected', async ({ company, desk }) => {
  const { page } = desk
  const actions = [{ type: 'add_tags', tags: ['sweep'] }, { type: 'assign_to_me' }]
  await company.rapport.api('POST', '/macros', { name: 'Sweep', actions, sharing: { with: 'everyone' } })
  const ids: string[] = []
  for (const text of ['First of a pair', 'Second of a pair']) ids.push((await writes(company.rapport, company.inbox, text)).conversation)
  await desk.all()
  for (const text of ['First of a pair', 'Second of a pair']) await desk.row(text).locator('.conversation-mark').click()
  await page.getByRole('region', { name: word('conversations.bulk.bar') }).getByRole('button', { name: word('action.macro') }).click()
  await page.getByRole('option', { name: 'Sweep' }).click()
  await clean(page)
  await page.getByRole('button', { name: /^Run on 2/ }).click()
  await expect(page.getByText('Sweep: run on 2 conversations')).toBeVisible()
  for (const id of ids) expect((await company.rapport.api('GET', `/conversations/${id}`)).tags).toEqual(['sweep'])
})

test('contact reasons are kept as a tree, asked for on closing, and filtered by', async ({ company, desk }) => {
  const { page } = desk
  await page.goto('/console/settings/contact-reasons')
  await page.getByRole('button', { name: word('reasons.new') }).click()
  const name = page.getByRole('dialog').getByLabel(word('reasons.name_in').replace('{language}', 'English'))
  await name.fill('Delivery')
  await clean(page)
  await page.getByRole('dialog').getByRole('button', { name: word('ui.save') }).click()
  await page.getByRole('button', { name: word('reasons.add_below').replace('{name}', 'Delivery') }).click()
  await name.fill('Late parcel')
  await page.getByRole('dialog').getByRole('button', { name: word('ui.save') }).click()
  await expect(page.getByRole('button', { name: 'Late parcel', exact: true })).toBeVisible()
  await clean(page)
  const { items } = await company.rapport.api('GET', '/brands')
  await page.goto(`/console/settings/brands/${items[0].id}`)
  await page.getByRole('radio', { name: word('reasons.asked.demanded') }).click()
  await page.getByRole('button', { name: word('ui.save') }).click()
  await expect(page.getByText(word('ui.saved'))).toBeVisible()

  try {
    const { conversation } = await writes(company.rapport, company.inbox, 'Still waiting for it')
    await desk.all()
    await desk.open('Still waiting for it')
    await page.locator('body').press('e')
    const ask = page.getByRole('dialog', { name: word('reasons.ask') })
    await expect(ask.getByRole('option').first()).toBeVisible()
    await clean(page)
    await page.keyboard.type('late')
    await page.keyboard.press('Enter')
    await expect(ask).toHaveCount(0)
    await expect.poll(async () => (await company.rapport.api('GET', `/conversations/${conversation}`)).status).toBe('resolved')
    await page.locator('body').press('[')
    await page.getByRole('button', { name: word('reasons.filter') }).click()
    await page.getByRole('option', { name: 'Delivery', exact: true }).click()
    await desk.open('Still waiting for it')
    await expect(page.getByRole('region', { name: word('reasons.one') })).toContainText('Delivery › Late parcel')
    await clean(page)
  } finally {
    await company.rapport.api('PATCH', `/brands/${items[0].id}`, { ask_contact_reason: 'never' })
  }
})
