import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test'

/** What a customer sees and does. */
export class Widget {
  readonly launcher: Locator
  readonly badge: Locator
  readonly frame: FrameLocator
  readonly panel: Locator
  readonly field: Locator
  readonly log: Locator
  readonly start: Locator
  readonly back: Locator
  readonly page: Page
  constructor(page: Page) {
    this.page = page
    this.launcher = page.locator('rapport-chat').getByRole('button')
    this.badge = page.locator('rapport-chat').getByRole('status')
    this.frame = page.frameLocator('rapport-chat iframe')
    this.panel = this.frame.getByRole('dialog')
    this.field = this.frame.getByRole('textbox', { name: 'Write a message' })
    this.start = this.frame.getByRole('button', { name: 'Send us a message' })
    this.back = this.frame.getByRole('button', { name: 'All conversations' })
    this.log = this.frame.getByRole('log')
  }

  async open(): Promise<void> {
    await this.launcher.click()
    await expect(this.field).toBeFocused()
  }

  /** Opens it as somebody who has written before: their conversations come first, and the field is one press away. */
  async comeBack(): Promise<void> {
    await this.launcher.click()
    await this.start.press('Enter')
    await expect(this.field).toBeFocused()
  }

  /** A row of the list of earlier conversations. */
  past(text: string): Locator {
    return this.frame.getByRole('listitem').getByRole('button').filter({ hasText: text })
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text)
    await this.field.press('Enter')
  }

  message(text: string): Locator {
    return this.log.getByText(text, { exact: true })
  }

  /** The texts in the order in which they stand there. */
  texts(): Promise<string[]> {
    return this.log.locator('.bubble').allTextContents()
  }
}
