import { writes } from '../support/company.ts'
import { expect, test } from '../support/fixtures.ts'
import { like, word } from '../support/words.ts'

test('what was written is found, and opens where it stands', async ({ company, desk }) => {
  const { rapport, inbox } = company
  const long = Array.from({ length: 60 }, (_, n) => `Line ${n} of a long talk`)
  const { conversation } = await writes(rapport, inbox, 'Żółta paczka #A-7731 nie dotarła', ...long)
  await writes(rapport, inbox, 'Another talk about a parcel')
  await rapport.api('POST', `/conversations/${conversation}/notes`, { text: 'Customer is patient about A-7731' })
  await desk.all()
  const { page } = desk
  const ask = page.getByRole('textbox', { name: word('search.placeholder') })
  await expect
    .poll(async () => (await rapport.api('GET', '/search?q=7731&in=messages')).items.length)
    .toBe(2)

  await test.step('in the palette', async () => {
    await page.keyboard.press('Control+k')
    await ask.fill('zolta paczk')
    const hit = page.getByRole('option').filter({ hasText: 'nie dotarła' }).last()
    await expect(hit).toBeVisible()
    await expect(hit.locator('mark').first()).toHaveText('Żółta')
    await hit.click()
    await expect(page).toHaveURL(/\?m=/)
    await expect(desk.message('Żółta paczka')).toBeInViewport()
    await expect(page.locator('.message-pointed')).toContainText('Żółta paczka')
  })

  await test.step('on the page, by keyboard alone', async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await ask.fill('7731')
    await page.getByRole('option', { name: like('search.show_all') }).click()
    await expect(page).toHaveURL(/\/console\/search\?q=7731/)
    const hits = page.getByRole('list', { name: word('search.results') }).getByRole('link')
    await expect(hits).toHaveCount(3)
    await page.getByRole('searchbox').focus()
    await page.keyboard.press('ArrowDown')
    await expect(hits.first()).toBeFocused()
    await page.keyboard.press('j')
    await expect(hits.nth(1)).toBeFocused()
    await page.keyboard.press('k')
    await page.keyboard.press('ArrowUp')
    await expect(page.getByRole('searchbox')).toBeFocused()
  })

  await test.step('within filters, which stand in the address', async () => {
    await page.getByLabel(word('search.where')).selectOption('notes')
    const hits = page.getByRole('list', { name: word('search.results') }).getByRole('link')
    await expect(hits).toHaveCount(1)
    await expect(page).toHaveURL(/in=notes/)
    await page.reload()
    await expect(hits).toHaveText(/Customer is patient/)
    await hits.first().press('Enter')
    await expect(page.locator('.message-pointed')).toContainText('Customer is patient')
    await page.goBack()
    await page.getByLabel(word('search.status')).selectOption('resolved')
    await expect(page.getByText(word('search.nothing_filtered'))).toBeVisible()
    await page.getByRole('button', { name: word('search.clear') }).click()
    await expect(hits).toHaveCount(3)
  })
})

test('a search that cannot be done says so, and nothing found is no fault', async ({ desk }) => {
  const { page } = desk
  await page.goto('/console/search?q=wombat-that-nobody-wrote')
  await expect(page.getByText(like('search.nothing'))).toBeVisible()
  await page.route('**/api/v1/search*', (route) => route.abort())
  await page.getByRole('searchbox').fill('something')
  await expect(page.getByText(word('search.page_failed'))).toBeVisible()
  await page.unroute('**/api/v1/search*')
  await page.getByRole('button', { name: word('ui.try_again') }).click()
  await expect(page.getByText(like('search.nothing'))).toBeVisible()
})
