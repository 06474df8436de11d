import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { writes } from '../support/company.ts'
import { expect, test } from '../support/fixtures.ts'
import { word } from '../support/words.ts'

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect.soft(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`).join('\n'), page.url()).toBe('')
}

test('attributes are defined, filled in beside the conversation, and required before closing', async ({ company, desk }) => {
  const { page } = desk
  const { rapport } = company
  await page.goto('/console/settings/attributes')
  await page.getByRole('button', { name: word('attributes.new.contact') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(word('reasons.name_in').replace('{language}', 'English')).fill('Customer number')
  await dialog.getByLabel(word('attributes.pattern'), { exact: true }).fill('[A-Z]{2}[0-9]{4}')
  await clean(page)
  await dialog.getByRole('button', { name: word('ui.save') }).click()
  await expect(page.getByText('customer_number')).toBeVisible()
  await page.getByRole('button', { name: word('attributes.new.conversation') }).click()
  await dialog.getByLabel(word('reasons.name_in').replace('{language}', 'English')).fill('Outcome')
  await dialog.getByLabel(word('attributes.which_kind')).selectOption('choice')
  for (const choice of ['Kept', 'Lost']) {
    await dialog.getByPlaceholder(word('attributes.new_choice')).fill(choice)
    await dialog.getByRole('button', { name: word('ui.add') }).click()
  }
  await dialog.getByRole('switch', { name: word('attributes.is_required') }).click()
  await clean(page)
  await dialog.getByRole('button', { name: word('ui.save') }).click()
  await expect(page.getByRole('button', { name: 'Outcome', exact: true })).toBeVisible()
  await clean(page)

  const { conversation, contact } = await writes(rapport, company.inbox, 'What number am I?')
  const outcome = (await rapport.api('GET', '/attributes')).items.find((each: { key: string }) => each.key === 'outcome')
  try {
    await desk.all()
    await desk.open('What number am I?')
    const own = page.getByRole('region', { name: word('attributes.title') })
    await own.getByRole('button').click()
    await dialog.getByLabel('Customer number').fill('twelve')
    await dialog.getByRole('button', { name: word('ui.save') }).click()
    await expect(dialog.getByText('This has to look like').first()).toBeVisible()
    await clean(page)
    await dialog.getByLabel('Customer number').fill('NL1234')
    await dialog.getByRole('button', { name: word('ui.save') }).click()
    await expect(own).toContainText('NL1234')
    expect((await rapport.api('GET', `/contacts/${contact}`)).attributes).toEqual({ customer_number: 'NL1234' })

    const kept = page.getByRole('region', { name: word('attributes.this_conversation') })
    await expect(kept).toContainText(word('attributes.required'))
    await page.locator('body').press('e')
    await expect(dialog.getByText(word('attributes.fill_first'))).toBeVisible()
    await clean(page)
    await dialog.getByRole('combobox').selectOption('kept')
    await dialog.getByRole('button', { name: word('ui.save') }).click()
    await expect.poll(async () => (await rapport.api('GET', `/conversations/${conversation}`)).status).toBe('resolved')
  } finally {
    await rapport.api('PATCH', `/attributes/${outcome.id}`, { archived: true })
  }
})

test('a duplicate is suggested with its proof, merged, and taken back', async ({ company, desk }) => {
  const { page } = desk
  const { rapport } = company
  const identities = [{ kind: 'email', value: 'clara@example.com' }]
  const clara = await rapport.api('POST', '/contacts', { name: 'Clara Lima', language: 'pt', identities })
  const { contact, conversation } = await writes(rapport, company.inbox, 'It is Clara again')
  await rapport.api('POST', `/contacts/${contact}/identities`, identities[0])
  await rapport.api('POST', `/contacts/${contact}/notes`, { text: 'Has a dog' })

  await page.goto('/console/customers')
  await page.getByRole('link', { name: word('merging.page') }).click()
  await expect(page.getByText('Same e-mail address: clara@example.com')).toBeVisible()
  await clean(page)
  await page.goto(`/console/customers/${clara.id}`)
  const same = page.getByRole('region', { name: word('merging.same') })
  await expect(same).toContainText('Same e-mail address: clara@example.com')
  await clean(page)
  await same.getByRole('button', { name: /^Merge with Visitor/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('table')).toContainText('Clara Lima')
  await clean(page)
  await dialog.getByRole('button', { name: word('merging.merge'), exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('Has a dog').first()).toBeVisible()
  await expect(page.getByRole('link', { name: /It is Clara again Open/ })).toBeVisible()
  expect((await rapport.api('GET', `/conversations/${conversation}`)).contact.id).toBe(clara.id)

  await same.getByRole('button', { name: /^Take back/ }).click()
  await expect(dialog).toContainText('1 conversation goes back')
  await clean(page)
  await dialog.getByRole('button', { name: word('merging.undo') }).click()
  await expect(page.getByRole('link', { name: /It is Clara again/ })).toHaveCount(0)
  await expect.poll(async () => (await rapport.api('GET', `/conversations/${conversation}`)).contact.id).toBe(contact)
  await same.getByRole('button', { name: /is not the same$/ }).click()
  await expect(same).toContainText(word('merging.nobody'))
})

test('a company finds its people by their addresses and shows their conversations', async ({ company, desk }) => {
  const { page } = desk
  const { rapport } = company
  const { contact } = await writes(rapport, company.inbox, 'Our order of fifty jackets')
  await rapport.api('PATCH', `/contacts/${contact}`, { name: 'Dora Prins' })
  await rapport.api('POST', `/contacts/${contact}/identities`, { kind: 'email', value: 'dora@bulk.example' })

  await page.goto('/console/customers')
  await page.getByRole('link', { name: word('companies.title') }).click()
  await page.getByRole('button', { name: word('companies.new') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(word('people.name'), { exact: true }).fill('Bulk Buyers')
  await dialog.getByLabel(word('companies.domains')).fill('bulk.example, bulk.pt')
  await clean(page)
  await dialog.getByRole('button', { name: word('ui.save') }).click()
  const suggested = page.getByRole('region', { name: word('companies.suggested') })
  await expect(suggested).toContainText('Dora Prins')
  await clean(page)
  await suggested.getByRole('button', { name: word('companies.add_all') }).click()
  await expect(page.getByRole('region', { name: word('companies.people') })).toContainText('Dora Prins')
  await expect(page.getByRole('link', { name: /Our order of fifty jackets/ })).toBeVisible()

  await page.goto(`/console/customers/${contact}`)
  await page.getByRole('region', { name: word('companies.one'), exact: true }).getByRole('link', { name: 'Bulk Buyers' }).click()
  await expect(page.getByRole('heading', { name: 'Bulk Buyers' })).toBeVisible()
  await clean(page)
})

test('customers are exported as a table', async ({ company, desk }) => {
  const { page } = desk
  await company.rapport.api('POST', '/contacts', { name: '=1+1', identities: [{ kind: 'email', value: 'formula@example.com' }] })
  await page.goto('/console/customers')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: word('people.export') }).click()])
  expect(file.suggestedFilename()).toBe('contacts.csv')
  const rows = readFileSync(await file.path(), 'utf8').split('\n')
  expect(rows[0]).toContain('name,email,phone')
  expect(rows.find((row) => row.includes('formula@example.com'))).toMatch(/^'=1\+1,/)
})

test('a fact is written down with its source and its day', async ({ company, desk }) => {
  const { page } = desk
  const { contact } = await writes(company.rapport, company.inbox, 'Do you have wide shoes?')
  await page.goto(`/console/customers/${contact}`)
  const facts = page.getByRole('region', { name: word('facts.title') })
  await facts.getByRole('button', { name: word('facts.new') }).click()
  await facts.getByLabel(word('facts.text')).fill('Wide shoes')
  await facts.getByLabel(word('facts.source'), { exact: true }).fill('Asked in the chat')
  await facts.getByLabel(word('facts.learned_on')).fill('2026-03-01')
  await clean(page)
  await facts.getByRole('button', { name: word('ui.add') }).click()
  await expect(facts).toContainText('Asked in the chat · 1 March 2026')
  await clean(page)
  await facts.getByRole('button', { name: /^Remove/ }).click()
  await expect(facts).toContainText(word('facts.none'))
})
