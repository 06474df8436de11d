import { writes } from '../support/company.ts'
import { expect, test } from '../support/fixtures.ts'
import { like, word } from '../support/words.ts'

test('the widget without a pointer', async ({ customer }) => {
  const { page, widget } = customer
  await widget.launcher.waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(widget.launcher).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(widget.field).toBeFocused()
  await page.keyboard.type('Written by hand')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('on two lines')
  await page.keyboard.press('Enter')
  await expect(widget.log.getByText('on two lines')).toBeVisible()
  await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()
  await expect(widget.field).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(widget.panel).toBeHidden()
  await expect(widget.launcher).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(widget.field).toBeFocused()
})

test('the inbox without a pointer', async ({ company, desk }) => {
  const { rapport, inbox } = company
  await writes(rapport, inbox, 'The older question')
  await writes(rapport, inbox, 'The newer question')
  await desk.all()
  const { keyboard } = desk.page
  await expect(desk.row('The newer question')).toBeVisible()

  await keyboard.press('j')
  await expect(desk.message('The newer question')).toBeVisible()
  await keyboard.press('j')
  await expect(desk.message('The older question')).toBeVisible()
  await keyboard.press('k')
  await expect(desk.message('The newer question')).toBeVisible()

  await keyboard.press('r')
  await expect(desk.reply).toBeFocused()
  await keyboard.type('j k e are letters here')
  await keyboard.press('Control+Enter')
  await expect(desk.message('j k e are letters here')).toHaveCount(1)

  await keyboard.press('Escape')
  await keyboard.press('n')
  await expect(desk.note).toBeFocused()
  await keyboard.type('Only for us')
  await keyboard.press('Control+Enter')
  await expect(desk.message('Only for us').getByText(word('conversations.note_mark'))).toBeVisible()

  await keyboard.press('Escape')
  await keyboard.press('e')
  await expect(desk.page.getByText(like('conversations.closed'))).toBeVisible()
  await keyboard.press('z')
  await expect(desk.message('The newer question')).toBeVisible()
  const all = await rapport.api('GET', '/conversations?view=all')
  expect(all.items.map((c: { subject: string }) => c.subject)).toContain('The newer question')
})

test('snoozing in words', async ({ company, desk }) => {
  const { rapport, inbox } = company
  const { conversation } = await writes(rapport, inbox, 'Call me back on a Friday')
  await desk.all()
  await expect(desk.row('Call me back on a Friday')).toBeVisible()
  const { keyboard } = desk.page
  await keyboard.press('j')
  await expect(desk.message('Call me back on a Friday')).toBeVisible()

  await keyboard.press('s')
  await expect(desk.page.getByRole('button', { name: word('conversations.snooze_to.tomorrow') })).toBeVisible()
  await keyboard.type('friday 9')
  await expect(desk.page.getByRole('textbox', { name: word('conversations.snooze_in_words') })).toHaveValue('friday 9')
  await expect(desk.page.getByRole('button', { name: /^Fri \d+ \w+, 09:00$/ })).toBeVisible()
  await keyboard.press('Enter')

  await expect(desk.page.getByText(like('conversations.snoozed_until'))).toBeVisible()
  const { status, snoozed_until } = await rapport.api('GET', `/conversations/${conversation}`)
  expect(status).toBe('snoozed')
  expect(new Date(snoozed_until).getUTCDay()).toBe(5)
})

test('many at once', async ({ company, desk }) => {
  const { rapport, inbox } = company
  const made = [await writes(rapport, inbox, 'Parcel late, one'), await writes(rapport, inbox, 'Parcel late, two'), await writes(rapport, inbox, 'Parcel late, three')]
  const states = () => Promise.all(made.map(async ({ conversation }) => (await rapport.api('GET', `/conversations/${conversation}`)).status as string))
  await desk.all()
  await expect(desk.row('Parcel late, three')).toBeVisible()
  const { keyboard } = desk.page
  await keyboard.press('j')
  await expect(desk.message('Parcel late, three')).toBeVisible()

  await keyboard.press('x')
  await desk.list.press('Shift+ArrowDown')
  await desk.list.press('Shift+ArrowDown')
  await expect(desk.list.getByRole('option', { selected: true })).toHaveCount(3)
  await expect(desk.page.getByRole('status').filter({ hasText: /^3 selected$/ })).toHaveCount(1)

  await keyboard.press('e')
  await expect(desk.page.getByText('3 conversations closed')).toBeVisible()
  expect(await states()).toEqual(['resolved', 'resolved', 'resolved'])
  await keyboard.press('z')
  await expect(desk.page.getByText('3 conversations are as they were')).toBeVisible()
  expect(await states()).not.toContain('resolved')
})
