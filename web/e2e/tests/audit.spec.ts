import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../support/fixtures.ts'
import { word } from '../support/words.ts'

test('an administrator sees who changed what, and what was asked', async ({ company, desk }) => {
  const { page } = desk
  await company.rapport.api('POST', '/teams', { name: 'Night shift' })
  await page.goto('/console/settings/audit')
  const entry = page.locator('.audit li').filter({ hasText: 'Night shift' })
  await expect(entry).toContainText(word('audit.added').replace('{what}', word('audit.noun.teams')))
  await entry.locator('summary').click()
  await expect(entry.getByText('POST /api/v1/teams').first()).toBeVisible()
  await expect(entry.locator('pre')).toContainText('Night shift')
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map((each) => each.id)).toEqual([])
  await page.getByLabel(word('audit.what')).selectOption('roles')
  await expect(entry).toBeHidden()
  for (const [width, scheme] of [[1440, 'light'], [1440, 'dark'], [390, 'light'], [390, 'dark']] as const) {
    if (!process.env.SHOTS) break
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: scheme })
    await page.goto('/console/settings/audit')
    await page.locator('.audit summary').first().click()
    await page.screenshot({ path: `${process.env.SHOTS}/audit-${width}-${scheme}.png` })
  }
})
