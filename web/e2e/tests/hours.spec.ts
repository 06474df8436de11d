import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../support/fixtures.ts'
import { Widget } from '../support/widget.ts'

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

test('after hours it says when, asks where else to write, and promises no more', async ({ company, page }) => {
  const { rapport, shop, inboxId } = company
  const brand = (await rapport.api('GET', '/brands')).items[0]
  const tomorrow = DAYS[(new Date().getUTCDay() + 1) % 7]
  await rapport.api('PATCH', `/brands/${brand.id}`, {
    hours: { time_zone: 'Europe/Lisbon', weekly: [{ day: tomorrow, from: '10:00', to: '18:00' }] },
    promise: { en: 'Repairs are free, for ever.' },
  })
  await rapport.api('PATCH', `/inboxes/${inboxId}`, { ask_email_when_closed: true })
  try {
    await page.goto(shop.origin)
    const widget = new Widget(page)
    await widget.open()
    await expect(widget.frame.getByText('We answer tomorrow from 10:00')).toBeVisible()
    await expect(widget.frame.getByText('Repairs are free, for ever.')).toBeVisible()
    await widget.say('Are you there?')
    const email = widget.frame.getByLabel('E-mail address')
    await email.fill('nonsense')
    await email.press('Enter')
    await expect(widget.frame.getByRole('alert')).toContainText('This does not look like an e-mail address.')
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
    expect(violations.map((v) => v.id)).toEqual([])
    await email.fill('anna@example.com')
    await widget.frame.getByRole('button', { name: 'Save' }).click()
    await expect(widget.frame.getByText('Saved: anna@example.com')).toBeVisible()
    const found = await rapport.api('GET', '/contacts?q=anna@example.com')
    const identity = found.items[0].identities.find((i: { kind: string }) => i.kind === 'email')
    expect(identity).toMatchObject({ value: 'anna@example.com', verification: 'claimed' })

    await page.reload()
    await widget.comeBack()
    await expect(widget.message('Are you there?')).toBeVisible()
    await expect(email).toHaveCount(0)
  } finally {
    await rapport.api('PATCH', `/brands/${brand.id}`, { hours: brand.hours, promise: brand.promise })
  }
})

test('speaks the language of the page, with its plurals', async ({ company, page }) => {
  await page.goto(`${company.shop.origin}/?lang=pl`)
  const widget = new Widget(page)
  await widget.launcher.click()
  const field = widget.frame.getByRole('textbox', { name: 'Napisz wiadomość' })
  await expect(field).toBeFocused()
  await page.evaluate(() => (window as any).Rapport('setLanguage', 'ru'))
  await expect(widget.frame.getByRole('textbox', { name: 'Написать сообщение' })).toBeVisible()
  await page.reload()
  await widget.launcher.click()
  await expect(widget.frame.getByRole('textbox', { name: 'Написать сообщение' })).toBeVisible()
})

test('an answer to a closed chat is announced, also on the next page', async ({ company, customer }) => {
  const { rapport, shop } = company
  const { page, widget } = customer
  await widget.open()
  await widget.say('I will look around')
  await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()
  const mine = (await rapport.api('GET', '/conversations?view=all')).items.find((c: { preview: { text: string } }) => c.preview.text === 'I will look around')
  await page.keyboard.press('Escape')
  await page.goto(`${shop.origin}/?page=2`)
  await rapport.api('POST', `/conversations/${mine.id}/replies`, { text: 'Take your time' })
  await expect(widget.badge).toHaveText('1')
  await expect(widget.launcher).toHaveAccessibleName('Open chat, 1 new message')
  await widget.launcher.click()
  await expect(widget.past('Take your time')).toContainText('1 new message')
  await widget.past('Take your time').click()
  await expect(widget.message('Take your time')).toBeVisible()
  await expect(widget.badge).toHaveText('')
  await expect.poll(async () => (await rapport.api('GET', `/conversations/${mine.id}/messages`)).items[0].delivery).toBe('read')
})
