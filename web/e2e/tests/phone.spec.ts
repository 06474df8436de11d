import { writes } from '../support/company.ts'
import { expect, PASSWORD, test, TOMEK } from '../support/fixtures.ts'
import { Desk } from '../support/desk.ts'
import { Widget } from '../support/widget.ts'
import { word } from '../support/words.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 3 }

test('the widget fills a phone and closes again', async ({ browser, company }) => {
  const context = await browser.newContext(PHONE)
  const widget = new Widget(await context.newPage())
  await widget.page.goto(company.shop.origin)
  await widget.launcher.tap()
  await expect(widget.panel).toBeVisible()
  expect(await widget.panel.evaluate((panel) => [panel.clientWidth, panel.clientHeight])).toEqual([390, 844])
  await expect(widget.frame.getByRole('button', { name: 'Take a photo' })).toBeVisible()
  await widget.field.fill('From the bus')
  await widget.frame.getByRole('button', { name: 'Send', exact: true }).tap()
  await expect(widget.message('From the bus')).toBeVisible()
  await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()
  for (const button of await widget.panel.getByRole('button').all()) {
    const box = (await button.boundingBox())!
    expect(Math.min(box.width, box.height), await button.getAttribute('aria-label') ?? '').toBeGreaterThanOrEqual(36)
  }
  expect(await widget.field.evaluate((field) => getComputedStyle(field).fontSize)).toBe('16px')
  await widget.frame.getByRole('button', { name: 'Close chat' }).tap()
  await expect(widget.panel).toBeHidden()
  await expect(widget.launcher).toBeVisible()
  await context.close()
})

test('an agent answers from a phone', async ({ browser, company }) => {
  const { rapport, inbox } = company
  await writes(rapport, inbox, 'Are you on the road?')
  const context = await browser.newContext({ ...PHONE, baseURL: rapport.origin })
  const desk = new Desk(await context.newPage())
  await desk.signIn(TOMEK.email, PASSWORD)
  await desk.all()
  await desk.row('Are you on the road?').tap()
  await expect(desk.message('Are you on the road?')).toBeVisible()
  await desk.answer('I am')
  await expect(desk.message('I am')).toBeVisible()
  expect(await desk.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await desk.page.getByRole('button', { name: word('conversations.back') }).tap()
  await expect(desk.row('Are you on the road?')).toBeVisible()
  await context.close()
})
