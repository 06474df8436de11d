import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { shown } from '../support/authenticator.ts'
import { expect, PASSWORD, test } from '../support/fixtures.ts'
import { Rapport } from '../support/rapport.ts'
import { word } from '../support/words.ts'

const button = (page: Page, key: string) => page.getByRole('button', { name: word(key), exact: true })
/** The panel of the settings, or the page that demands it. */
const factor = (page: Page) => page.getByRole('region', { name: word('people.factor.title') }).or(page.locator('.entrance-card'))
const code = (page: Page) => page.getByLabel(word('people.factor.code'), { exact: true })

async function clean(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect.soft(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`), colorScheme).toEqual([])
  }
}

/** An agent of their own, who has a password. */
async function hire(rapport: Rapport, name: string): Promise<string> {
  const email = `${name.toLowerCase()}@example.com`
  const { link } = await rapport.api('POST', '/agents', { name, email, grants: [{ role: 'agent' }] })
  await choosePassword(rapport, link.split('#')[1])
  return email
}

async function choosePassword({ origin }: Rapport, token: string): Promise<void> {
  const used = await fetch(`${origin}/api/v1/links/use`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ token, password: PASSWORD, language: 'en' }),
  })
  expect(used.ok).toBe(true)
}

/** From the password to the kept codes. */
async function setUp(page: Page): Promise<void> {
  await factor(page).getByLabel(word('people.current_password')).fill(PASSWORD)
  await page.keyboard.press('Enter')
  const secret = (await page.getByLabel(word('people.factor.secret')).textContent())!.trim()
  await code(page).fill(shown(secret))
  await page.keyboard.press('Enter')
  await button(page, 'people.factor.kept').click()
}

async function enter(page: Page, origin: string, email: string): Promise<void> {
  await page.goto(`${origin}/console/sign-in`)
  await page.getByLabel(word('people.email')).fill(email)
  await page.getByLabel(word('people.password'), { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
}

test('an agent sets up a second factor with the keyboard alone, and comes in by it from then on', async ({ company, page }) => {
  const { origin } = company.rapport
  const email = await hire(company.rapport, 'Nadia')
  await enter(page, origin, email)
  await page.waitForURL(/\/console\/inbox/)
  await page.goto(`${origin}/console/settings/security`)
  await button(page, 'people.factor.set_up').press('Enter')
  await factor(page).getByLabel(word('people.current_password')).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('img', { name: word('people.factor.qr') })).toBeVisible()
  await expect(code(page)).toBeFocused()
  await clean(page)
  const secret = (await page.getByLabel(word('people.factor.secret')).textContent())!.trim()

  await page.keyboard.type(shown(secret))
  await page.keyboard.press('Enter')
  const codes = (await page.getByLabel(word('people.factor.codes'), { exact: true }).textContent())!.trim().split('\n')
  expect(codes).toHaveLength(10)
  await clean(page)
  await button(page, 'people.factor.kept').press('Enter')
  await expect(page.getByText(word('people.factor.on'), { exact: true })).toBeVisible()
  await clean(page)

  await page.context().clearCookies()
  await enter(page, origin, email)
  await expect(code(page)).toBeFocused()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await clean(page)
  await page.keyboard.type('000000')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText(word('problem.second_factor_wrong'))
  await code(page).fill(codes[0]!)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/console\/inbox/)
})

test('where one is demanded of everybody, nothing else opens before it is there', async ({ browser }) => {
  test.setTimeout(120_000)
  // A company of its own: what holds for everybody would hold for other tests as well.
  const rapport = new Rapport()
  const context = await browser.newContext()
  try {
    const invitation = await rapport.agent('Boss', 'boss@example.com')
    rapport.token = await rapport.cli('token', 'create', '--agent', 'boss@example.com', '--scope', '*')
    await rapport.start()
    await choosePassword(rapport, invitation)
    const boss = await context.newPage()
    await enter(boss, rapport.origin, 'boss@example.com')
    await boss.waitForURL(/\/console\/inbox/)
    await boss.goto(`${rapport.origin}/console/settings/security`)
    const everybody = boss.getByRole('switch', { name: word('people.factor.require') })
    await everybody.click()
    await expect(boss.getByRole('alert')).toContainText(word('people.factor.own_first'))
    await button(boss, 'people.factor.set_up').click()
    await setUp(boss)
    await everybody.click()
    await expect(everybody).toBeChecked()

    const page = await (await browser.newContext()).newPage()
    await enter(page, rapport.origin, await hire(rapport, 'Omar'))
    await expect(page.getByRole('heading', { name: word('people.factor.title') })).toBeVisible()
    await page.goto(`${rapport.origin}/console/customers`)
    await expect(page.getByRole('heading', { name: word('people.factor.title') })).toBeVisible()
    await clean(page)
    await setUp(page)
    await page.waitForURL(/\/console\/customers/)
    await page.context().close()
  } finally {
    await context.close()
    await rapport.remove()
  }
})
