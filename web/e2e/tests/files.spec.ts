import { writes } from '../support/company.ts'
import { Desk } from '../support/desk.ts'
import { expect, PASSWORD, test, TOMEK } from '../support/fixtures.ts'
import { word } from '../support/words.ts'

// A red square of 2 x 2 pixels.
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8DAwPD/PwMACgQC/3Ykz/8AAAAASUVORK5CYII=', 'base64')

test('files go both ways', async ({ company, customer, desk }) => {
  const { page, widget } = customer
  await widget.open()
  const chooser = page.waitForEvent('filechooser')
  await widget.frame.getByRole('button', { name: 'Attach a file' }).click()
  await (await chooser).setFiles([
    { name: 'hole.png', mimeType: 'image/png', buffer: PNG },
    { name: 'invoice.txt', mimeType: 'text/plain', buffer: Buffer.from('one jacket') },
  ])
  await widget.field.fill('Here is the hole')
  await widget.frame.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(widget.log.getByRole('img', { name: 'hole.png' })).toBeVisible()
  const saved = page.waitForEvent('download')
  await widget.log.getByRole('button', { name: /invoice\.txt/ }).click()
  expect((await saved).suggestedFilename()).toBe('invoice.txt')

  await desk.all()
  await desk.open('Here is the hole')
  await expect(desk.message('Here is the hole').getByRole('img', { name: /hole\.png/ })).toBeVisible()
  await expect(desk.message('Here is the hole').getByText('invoice.txt')).toBeVisible()

  const picker = desk.page.waitForEvent('filechooser')
  await desk.page.locator('button').and(desk.page.getByRole('button', { name: word('action.attach') })).click()
  await (await picker).setFiles({ name: 'label.png', mimeType: 'image/png', buffer: PNG })
  await expect(desk.page.getByText('label.png')).toBeVisible()
  await desk.answer('Print this label')
  await expect(widget.message('Print this label')).toBeVisible()
  await expect(widget.log.getByRole('img', { name: 'label.png' })).toBeVisible()
  await company.rapport.api('GET', '/me')
})

test('the true limit is named before anything is sent', async ({ company, customer }) => {
  const { page, widget } = customer
  await company.rapport.api('PATCH', `/inboxes/${company.inboxId}`, { max_attachment_bytes: 1024 * 1024 })
  await page.reload()
  await widget.open()
  const chooser = page.waitForEvent('filechooser')
  await widget.frame.getByRole('button', { name: 'Attach a file' }).click()
  await (await chooser).setFiles({ name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(2 * 1024 * 1024) })
  await expect(widget.frame.getByText('film.mp4 is 2 MB. At most 1 MB can be sent.')).toBeVisible()
})

test('a dropped and a pasted picture are attached', async ({ customer }) => {
  const { widget } = customer
  await widget.open()
  for (const how of ['drop', 'paste'] as const) {
    await widget.field.evaluate(
      (field, { how, bytes }) => {
        const data = new DataTransfer()
        data.items.add(new File([new Uint8Array(bytes)], how + '.png', { type: 'image/png' }))
        const event = how === 'drop' ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }) : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
        field.dispatchEvent(event)
      },
      { how, bytes: [...PNG] },
    )
    await expect(widget.frame.getByText(how + '.png')).toBeVisible()
  }
  await widget.frame.getByRole('button', { name: 'Remove drop.png' }).click()
  await widget.frame.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(widget.log.getByRole('img', { name: 'paste.png' })).toBeVisible()
  await expect(widget.log.getByRole('img', { name: 'drop.png' })).toHaveCount(0)
})

test('a draft goes on at another device with its files and their names', async ({ browser, company, desk }) => {
  const { conversation } = await writes(company.rapport, company.inbox, 'Send me the form')
  await desk.all()
  await desk.open('Send me the form')
  const picker = desk.page.waitForEvent('filechooser')
  await desk.page.locator('button').and(desk.page.getByRole('button', { name: word('action.attach') })).click()
  await (await picker).setFiles({ name: 'the form.txt', mimeType: 'text/plain', buffer: Buffer.from('name and address') })
  await expect(desk.page.getByText('the form.txt')).toBeVisible()
  const drafts = () => company.rapport.api('GET', `/conversations/${conversation}/drafts`)
  await expect.poll(async () => (await drafts()).items.length).toBe(1)

  const elsewhere = await browser.newContext({ baseURL: company.rapport.origin })
  const second = new Desk(await elsewhere.newPage())
  await second.signIn(TOMEK.email, PASSWORD)
  await second.all()
  await second.open('Send me the form')
  await expect(second.page.getByText('the form.txt')).toBeVisible()
  await elsewhere.close()
})
