import { expect, type Locator, type Page } from '@playwright/test'
import { word } from './words.ts'

/** What an agent sees and does. */
export class Desk {
  readonly page: Page
  readonly list: Locator
  readonly log: Locator
  readonly reply: Locator
  readonly note: Locator
  constructor(page: Page) {
    this.page = page
    this.list = page.getByRole('listbox', { name: word('conversations.list') })
    this.log = page.getByRole('log')
    this.reply = page.getByRole('textbox', { name: word('conversations.reply'), exact: true })
    this.note = page.getByRole('textbox', { name: word('conversations.note'), exact: true })
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.page.goto('/console/sign-in')
    await this.page.getByLabel(word('people.email')).fill(email)
    await this.page.getByLabel(word('people.password'), { exact: true }).fill(password)
    await this.page.getByRole('button', { name: word('people.sign_in') }).click()
    await this.page.waitForURL(/\/console\/inbox/)
  }

  /** Opens the inbox, if the browser has a session that holds. */
  async isSignedIn(): Promise<boolean> {
    const me = await this.page.request.get('/api/v1/me')
    if (me.ok()) await this.page.goto('/console/inbox/mine')
    return me.ok()
  }

  async all(): Promise<void> {
    await this.page.goto('/console/inbox/all')
    await expect(this.page.getByRole('heading', { name: word('conversations.view.all'), exact: true })).toBeVisible()
  }

  row(text: string): Locator {
    return this.list.getByRole('option').filter({ hasText: text })
  }

  async open(text: string): Promise<void> {
    await this.row(text).click()
    await expect(this.message(text)).toBeVisible()
  }

  message(text: string): Locator {
    return this.log.locator('article, [role="article"]').filter({ hasText: text })
  }

  async answer(text: string): Promise<void> {
    await this.reply.fill(text)
    await this.reply.press('Control+Enter')
  }
}
