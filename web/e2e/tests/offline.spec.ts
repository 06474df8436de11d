import { writes } from '../support/company.ts'
import { Desk } from '../support/desk.ts'
import { expect, PASSWORD, test, TOMEK } from '../support/fixtures.ts'
import { Widget } from '../support/widget.ts'
import { word } from '../support/words.ts'

test('what is written offline survives a reload and goes out once, in order', async ({ company, customer }) => {
  test.setTimeout(120_000)
  const { rapport } = company
  const { context, page, widget } = customer
  await widget.open()
  await widget.say('before')
  await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()

  await context.setOffline(true)
  await expect(widget.frame.getByText('You are offline.')).toBeVisible()
  await widget.say('first')
  await widget.say('second')
  await widget.field.fill('a draft')
  await expect(widget.frame.getByText('Not sent. Tap to try again.')).toHaveCount(2, { timeout: 20_000 })
  expect(await widget.texts()).toEqual(['before', 'first', 'second'])

  // The page is left and opened again while nothing gets through to the server, then the way is free.
  await context.route('**/api/v1/chat/messages', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
  await context.routeWebSocket('**/api/v1/live', (socket) => void socket.close())
  await context.setOffline(false)
  await page.reload()
  await widget.open()
  await expect(widget.message('second')).toBeVisible()
  expect(await widget.texts()).toEqual(['before', 'first', 'second'])
  await expect(widget.field).toHaveValue('a draft')
  await context.unroute('**/api/v1/chat/messages')
  await widget.frame.getByText('Not sent. Tap to try again.').first().click()
  await expect(widget.frame.getByText(/Not sent|Sending/)).toHaveCount(0, { timeout: 30_000 })
  expect(await widget.texts()).toEqual(['before', 'first', 'second'])

  const mine = (await rapport.api('GET', '/conversations?view=all')).items.find((c: { preview: { text: string } }) => c.preview.text === 'second')
  const recorded = await rapport.api('GET', `/conversations/${mine.id}/messages?limit=50`)
  expect(recorded.items.filter((m: { kind: string }) => m.kind === 'inbound').map((m: { text: string }) => m.text).reverse()).toEqual(['before', 'first', 'second'])
})

test('tabs share one session, and one of them sends', async ({ company, customer }) => {
  const { context, widget } = customer
  await widget.open()
  await widget.say('from the first tab')
  const other = new Widget(await context.newPage())
  await other.page.goto(company.shop.origin)
  await other.comeBack()
  await expect(other.message('from the first tab')).toBeVisible()
  await other.say('from the second tab')
  await expect(widget.message('from the second tab')).toBeVisible()
  await Promise.all([widget.say('at once, one'), other.say('at once, two')])
  for (const tab of [widget, other]) {
    await expect(tab.frame.getByText(/Not sent|Sending/)).toHaveCount(0)
    await expect(tab.log.locator('.bubble')).toHaveCount(4)
  }
  expect(await widget.texts()).toEqual(await other.texts())
})

test('works where sockets are blocked', async ({ company, customer }) => {
  const { rapport } = company
  const { context, page, widget } = customer
  await context.routeWebSocket('**/api/v1/live', (socket) => void socket.close())
  await page.reload()
  await widget.open()
  const streaming = page.waitForRequest('**/api/v1/live/events', { timeout: 45_000 })
  await widget.say('no sockets here')
  await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()
  await streaming
  const mine = (await rapport.api('GET', '/conversations?view=all')).items.find((c: { preview: { text: string } }) => c.preview.text === 'no sockets here')
  await rapport.api('POST', `/conversations/${mine.id}/replies`, { text: 'we hear you' })
  await expect(widget.message('we hear you')).toBeVisible()
})

test('the console says that sockets are blocked and what to do, and asks instead', async ({ browser, company }) => {
  const context = await browser.newContext({ baseURL: company.rapport.origin })
  await context.routeWebSocket('**/api/v1/live', (socket) => void socket.close())
  const desk = new Desk(await context.newPage())
  await desk.signIn(TOMEK.email, PASSWORD)
  await desk.all()
  await expect(desk.page.getByText(word('app.blocked'))).toBeVisible({ timeout: 30_000 })
  await expect(desk.page.getByText(word('app.blocked_mend'))).toBeVisible()
  await writes(company.rapport, company.inbox, 'seen by asking')
  await expect(desk.row('seen by asking')).toBeVisible({ timeout: 15_000 })
  await context.close()
})

test('works as a third party without any storage, until the page is left', async ({ company, page }) => {
  const { rapport, shop } = company
  await page.goto(shop.elsewhere)
  const widget = new Widget(page)
  await widget.open()
  await widget.say('no storage here')
  await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()
  const mine = (await rapport.api('GET', '/conversations?view=all')).items.find((c: { preview: { text: string } }) => c.preview.text === 'no storage here')
  await rapport.api('POST', `/conversations/${mine.id}/replies`, { text: 'none needed' })
  await expect(widget.message('none needed')).toBeVisible()
  await widget.say('good')
  await expect.poll(() => widget.texts()).toEqual(['no storage here', 'none needed', 'good'])
})

test('nothing is stored as a cookie, and nothing loads before the launcher is touched', async ({ context, company, page }) => {
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname))
  await page.goto(company.shop.origin)
  const widget = new Widget(page)
  await expect(widget.launcher).toBeVisible()
  expect(loaded.filter((path) => path !== '/favicon.ico')).toEqual(['/', '/widget.js', `/api/v1/chat/${company.inbox}`])
  await widget.open()
  await widget.say('no cookies please')
  await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()
  expect(await context.cookies()).toEqual([])
})
