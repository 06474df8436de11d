import { writes } from '../support/company.ts'
import { expect, test, TOMEK } from '../support/fixtures.ts'
import { word } from '../support/words.ts'

test('an agent for whom changing several at once is off changes one at a time', async ({ company, desk }) => {
  const { rapport, inbox } = company
  await writes(rapport, inbox, 'One of several')
  await desk.all()
  const bar = desk.page.getByRole('region', { name: word('conversations.bulk.bar') })
  const box = desk.row('One of several').locator('.conversation-box')

  await desk.row('One of several').locator('.conversation-mark').click()
  await expect(bar).toBeVisible()
  try {
    await rapport.cli('feature', 'set', 'bulk_changes', 'off', '--agent', TOMEK.email, '--until', '1h', '--note', 'a test')
    await desk.all()

    await desk.open('One of several')
    await desk.page.keyboard.press('x')
    await desk.row('One of several').locator('.conversation-mark').hover()
    await expect(box).toBeHidden()
    await desk.row('One of several').locator('.conversation-mark').click()
    await expect(desk.message('One of several')).toBeVisible()
    await expect(bar).toHaveCount(0)
  } finally {
    await rapport.cli('feature', 'clear', 'bulk_changes', '--agent', TOMEK.email)
  }
  await desk.all()
  await desk.row('One of several').locator('.conversation-mark').click()
  await expect(bar).toBeVisible()
})
