import { expect, test } from '../support/fixtures.ts'

test('killed again and again in the middle of sending: every message once, in order', async ({ company, customer }) => {
  test.setTimeout(240_000)
  const { rapport } = company
  const { widget } = customer
  await widget.open()
  const wanted: string[] = []
  for (let round = 1; round <= 4; round++) {
    for (let n = 1; n <= 5; n++) {
      const text = `round ${round}, message ${n}`
      wanted.push(text)
      await widget.say(text)
      // The third is on its way or just stored when the power goes.
      if (n === 3) await rapport.kill()
    }
    await rapport.start()
    await expect(widget.frame.getByText(/Not sent|Sending/)).toHaveCount(0, { timeout: 60_000 })
  }
  await expect.poll(() => widget.texts()).toEqual(wanted)
  await customer.page.reload()
  await widget.comeBack()
  await expect.poll(() => widget.texts()).toEqual(wanted)
  const mine = (await rapport.api('GET', '/conversations?view=all')).items.find((c: { preview: { text: string } }) => c.preview.text === wanted.at(-1))
  const recorded = await rapport.api('GET', `/conversations/${mine.id}/messages?limit=100`)
  expect(recorded.items.filter((m: { kind: string }) => m.kind === 'inbound').map((m: { text: string }) => m.text).reverse()).toEqual(wanted)
})
