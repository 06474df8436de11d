import { expect, test } from '../support/fixtures.ts'
import { proof } from '../support/identity.ts'
import { Widget } from '../support/widget.ts'

type Key = { id: string; secret: string }

test('a signed customer is known on every device; after logout nobody is', async ({ browser, company, customer }) => {
  const { rapport, inbox, inboxId, shop } = company
  const key: Key = await rapport.api('POST', `/inboxes/${inboxId}/signing-keys`)
  const jwt = proof(inbox, key, { sub: 'customer-17', name: 'Olga Petrova', email: 'olga@example.com' })
  const { page, widget } = customer
  await page.evaluate((jwt) => (window as any).Rapport.identify(jwt), jwt)
  await widget.open()
  await widget.say('Signed hello')
  await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()

  const found = await rapport.api('GET', '/contacts?q=Olga')
  expect(found.items).toHaveLength(1)
  expect(found.items[0]).toMatchObject({ name: 'Olga Petrova', verification: 'signed' })

  const second = await browser.newContext()
  const phone = new Widget(await second.newPage())
  await phone.page.goto(shop.origin)
  await phone.launcher.waitFor()
  await phone.page.evaluate((jwt) => (window as any).Rapport.identify(jwt), jwt)
  await phone.open()
  await expect(phone.message('Signed hello')).toBeVisible()
  await phone.say('From my phone')
  await expect(widget.message('From my phone')).toHaveCount(1)
  await second.close()

  await page.evaluate(() => (window as any).Rapport.logout())
  await expect(widget.message('Signed hello')).toBeHidden()
  await widget.say('Somebody else at this computer')
  await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()
  expect(await widget.texts()).toEqual(['Somebody else at this computer'])
  const messages = await rapport.api('GET', `/conversations?contact_id=${found.items[0].id}`)
  expect(JSON.stringify(messages)).not.toContain('Somebody else')
})

test('an anonymous conversation comes along when the customer signs in', async ({ company, customer }) => {
  const { rapport, inbox, inboxId } = company
  const key: Key = await rapport.api('POST', `/inboxes/${inboxId}/signing-keys`)
  const { page, widget } = customer
  await widget.open()
  await widget.say('Who am I?')
  await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()
  await page.evaluate((jwt) => (window as any).Rapport.identify(jwt), proof(inbox, key, { sub: 'customer-18', name: 'Piotr Zając' }))
  await expect.poll(async () => (await rapport.api('GET', '/contacts?q=Piotr')).items[0]?.verification).toBe('signed')
  await expect(widget.message('Who am I?')).toBeVisible()
  await widget.say('Now you know')
  await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()
  expect(await widget.texts()).toEqual(['Who am I?', 'Now you know'])
})

test('logout in one tab empties the other, and its session is dead', async ({ company, customer }) => {
  const { shop, rapport } = company
  const { context, page, widget } = customer
  await widget.open()
  await widget.say('private words')
  await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()
  const frame = page.frames().find((f) => f.url().includes('/widget/frame'))!
  const token = await frame.evaluate(() => Object.entries(localStorage).find(([name]) => name.endsWith(':token'))![1])
  const other = new Widget(await context.newPage())
  await other.page.goto(shop.origin)
  await other.comeBack()
  await expect(other.message('private words')).toBeVisible()
  await page.evaluate(() => (window as any).Rapport.logout())
  for (const tab of [widget, other]) await expect(tab.message('private words')).toHaveCount(0)
  const answer = await fetch(`${rapport.origin}/api/v1/chat/messages?latest=5`, { headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(401)
  await other.say('a new start')
  await expect(widget.message('a new start')).toBeVisible()
  expect(await widget.texts()).toEqual(['a new start'])
})

test('a forged proof changes nothing', async ({ company, customer }) => {
  const { rapport, inbox } = company
  const { page, widget } = customer
  const warned = page.waitForEvent('console', (m) => m.text().includes('identity refused'))
  await page.evaluate((jwt) => (window as any).Rapport.identify(jwt), proof(inbox, { id: crypto.randomUUID(), secret: 'guessed' }, { sub: 'customer-17', name: 'Mallory' }))
  await widget.open()
  await warned
  await widget.say('I am not who I say')
  await expect(widget.frame.getByText(/Sent|Read/)).toBeVisible()
  expect((await rapport.api('GET', '/contacts?q=Mallory')).items).toEqual([])
})
