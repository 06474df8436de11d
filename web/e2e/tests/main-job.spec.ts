import { Desk } from '../support/desk.ts'
import { expect, INES, PASSWORD, test } from '../support/fixtures.ts'
import { like, word } from '../support/words.ts'

// The whole point of the product, with the server dying in the middle of it.
test('a customer writes, an agent answers, nothing is lost and nothing is doubled', async ({ browser, company, customer }) => {
  test.setTimeout(180_000)
  const { rapport } = company
  const { widget } = customer
  const context = await browser.newContext({ baseURL: rapport.origin })
  const desk = new Desk(await context.newPage())

  await test.step('the agent signs in by the link', async () => {
    await desk.page.goto('/console/link#' + company.invitation)
    await desk.page.getByLabel(word('people.new_password')).fill(PASSWORD)
    await desk.page.getByRole('button', { name: word('people.link.go.invitation') }).click()
    await desk.page.waitForURL(/\/console\/inbox/)
    await desk.all()
  })

  await test.step('the customer writes and the agent sees it at once', async () => {
    await widget.open()
    await widget.say('Hello, my jacket has a hole.')
    await expect(widget.frame.getByText(/Sent/)).toBeVisible()
    await desk.open('Hello, my jacket has a hole.')
    await expect(widget.frame.getByText(/Read/)).toBeVisible()
  })

  await test.step('the agent answers and the customer sees it at once', async () => {
    await desk.reply.pressSequentially('I am sorry')
    await expect(widget.frame.getByText(`${INES.name} is typing…`)).toBeVisible()
    await desk.answer('Send it back, we repair it for free.')
    await expect(widget.message('Send it back, we repair it for free.')).toBeVisible()
    await expect(widget.log.getByText(INES.name)).toBeVisible()
    await expect(desk.message('Send it back').getByText(word('conversations.delivery.read'))).toBeVisible()
  })

  await test.step('both reload', async () => {
    await customer.page.reload()
    await desk.page.reload()
    await expect(desk.message('Send it back')).toHaveCount(1)
    await widget.comeBack()
    await expect(widget.message('Send it back, we repair it for free.')).toBeVisible()
    expect(await widget.texts()).toEqual(['Hello, my jacket has a hole.', 'Send it back, we repair it for free.'])
  })

  await test.step('the server is killed; both go on writing; it comes back', async () => {
    await rapport.kill()
    await expect(widget.frame.getByText(/Your messages are kept/)).toBeVisible({ timeout: 20_000 })
    await widget.say('Which address?')
    await widget.say('And do I need a box?')
    await desk.answer('One moment please.')
    await rapport.start()
    for (const text of ['Which address?', 'And do I need a box?', 'One moment please.']) {
      await expect(widget.message(text)).toHaveCount(1, { timeout: 60_000 })
      await expect(desk.message(text)).toHaveCount(1, { timeout: 60_000 })
    }
    await expect(widget.frame.getByText(/Not sent|Sending/)).toHaveCount(0)
    await expect(widget.frame.getByText(/Your messages are kept/)).toBeHidden()
    await expect(desk.page.getByText(like('conversations.not_sent'))).toHaveCount(0)
  })

  await test.step('it goes on as before', async () => {
    await desk.answer('Any box will do.')
    await expect(widget.message('Any box will do.')).toHaveCount(1)
    await widget.say('Thank you')
    await expect(desk.message('Thank you')).toHaveCount(1)
  })

  await test.step('after reloading, both screens and the record agree', async () => {
    await customer.page.reload()
    await widget.comeBack()
    await expect(widget.message('Thank you')).toBeVisible()
    const seen = await widget.texts()
    expect(seen).toHaveLength(7)
    expect(new Set(seen).size).toBe(7)
    expect(seen.slice(0, 2)).toEqual(['Hello, my jacket has a hole.', 'Send it back, we repair it for free.'])
    expect(seen.slice(5)).toEqual(['Any box will do.', 'Thank you'])
    const kept = seen.filter((text) => ['Which address?', 'And do I need a box?'].includes(text))
    expect(kept).toEqual(['Which address?', 'And do I need a box?'])

    await desk.page.reload()
    for (const text of seen) await expect(desk.message(text)).toHaveCount(1)
    const id = /\/inbox\/[^/]+\/([^/?]+)/.exec(desk.page.url())![1]
    const recorded = await rapport.api('GET', `/conversations/${id}/messages?limit=100`)
    const texts = recorded.items.filter((m: { kind: string }) => m.kind !== 'system').map((m: { text: string }) => m.text)
    expect(texts.reverse()).toEqual(seen)
  })
  await context.close()
})
