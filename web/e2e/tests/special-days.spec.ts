import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { word } from '../support/words.ts'

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect.soft(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`).join('\n'), page.url()).toBe('')
}

const CALENDAR = [
  'BEGIN:VCALENDAR', 'VERSION:2.0',
  'BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20000425', 'RRULE:FREQ=YEARLY', 'SUMMARY:Freedom Day', 'END:VEVENT',
  'BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20001201', 'RRULE:FREQ=YEARLY', 'SUMMARY:Restoration', 'END:VEVENT',
  'BEGIN:VEVENT', 'DTSTART:20301201T100000Z', 'SUMMARY:Meeting', 'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n')

test('holidays come out of a calendar, are chosen, and close the chat of the day', async ({ company, desk }) => {
  const { page } = desk
  const { rapport, inbox } = company
  const brand = (await rapport.api('GET', '/brands')).items[0]
  const kept = async () => (await rapport.api('GET', `/brands/${brand.id}`)).special_days
  try {
    await page.goto(`/console/settings/brands/${brand.id}`)
    await page.getByRole('button', { name: word('places.import_calendar') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(word('places.paste_calendar')).fill('no calendar')
    await dialog.getByRole('button', { name: word('places.read_calendar') }).click()
    await expect(dialog.getByRole('alert')).toContainText('BEGIN:VCALENDAR')
    await dialog.locator('input[type=file]').setInputFiles({ name: 'pt.ics', mimeType: 'text/calendar', buffer: Buffer.from(CALENDAR) })
    await dialog.getByLabel(/Restoration/).uncheck()
    await expect(dialog.getByText('1 event left out')).toBeVisible()
    await clean(page)
    await dialog.getByRole('button', { name: 'Add 1 day' }).click()
    await expect(dialog).toHaveCount(0)
    expect(await kept(), 'nothing is kept before it is saved').toEqual([])

    // A day of other hours, by keys alone.
    await page.getByRole('button', { name: word('places.add_special') }).focus()
    await page.keyboard.press('Enter')
    const rows = page.locator('.special-day')
    await expect(rows).toHaveCount(2)
    const today = new Date().toISOString().slice(0, 10)
    await rows.nth(1).locator('input[type=date]').fill(today)
    await clean(page)
    await page.getByRole('button', { name: word('ui.save') }).click()
    await expect.poll(kept).toEqual([
      { date: '2000-04-25', every_year: true, name: 'Freedom Day', openings: [] },
      { date: today, every_year: false, name: '', openings: [] },
    ])
    expect((await rapport.api('GET', `/chat/${inbox}`)).availability.open).toBe(false)
  } finally {
    await rapport.api('PATCH', `/brands/${brand.id}`, { special_days: [] })
  }
})
