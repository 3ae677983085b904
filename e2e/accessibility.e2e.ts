import type { Locator, Page } from '@playwright/test'
import { DARK_CLASS } from '#components/shell/theme.ts'
import { expect, expectNoAxeViolations, test } from './support/fixtures.ts'
import { analysed, confirmChoice, reviewAll, scan, start } from './support/steps.ts'

test.use({
  account: {
    exactly: [
      { type: 'key', alias: 'alias/pay', tags: { temp: 'true', 'OWNER ': 'pay' }, replicaRegions: ['us-east-1'] },
      { type: 'secret', name: 'pay/db', tags: { temp: '', owner: 'pay', password: 'see wiki', 'aws:created': 'x' } },
      { type: 'secret', name: 'pay/old', tags: { temp: 'true' }, isDeleted: true },
    ],
  },
  expectedErrors: [/status of 404/],
})

async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const isDark = () => page.evaluate((name) => document.body.classList.contains(name), DARK_CLASS)
    await expect.poll(isDark).toBe(colorScheme === 'dark')
    await expectNoAxeViolations(page)
  }
}

test('axe finds nothing on the pages that lead to a review, light and dark; expired credentials have one that goes on by itself', async ({
  openConsole,
  sandbox,
}) => {
  await sandbox.expireCredentials()
  const page = await openConsole()
  await expect(page.getByRole('heading', { name: 'The AWS credentials have expired' })).toBeVisible()
  await expectAccessibleInBothThemes(page)
  await sandbox.renewCredentials()

  await expect(page.getByText('See every key and secret of account 111122223333 with its tags')).toBeVisible()
  await expectAccessibleInBothThemes(page)
  await scan(page)
  await expectAccessibleInBothThemes(page)

  await page.getByRole('link', { name: 'pay/db' }).click()
  await expect(page.getByRole('heading', { name: 'Resource policy' })).toBeVisible()
  await expectAccessibleInBothThemes(page)

  await page.getByRole('link', { name: 'Tags', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Tag keys' })).toBeVisible()
  await expectAccessibleInBothThemes(page)

  await page.getByRole('button', { name: 'Remove the tag key temp' }).click()
  await expect(page.getByRole('checkbox', { name: 'Choose tag key temp' })).toBeChecked()
  await expectAccessibleInBothThemes(page)
  await confirmChoice(page)
})

test('axe finds nothing on the pages from the review on, light and dark', async ({ console, openConsole, sandbox }) => {
  const page = await openConsole()
  await reviewAll(page, 'temp', 'password')
  await expectAccessibleInBothThemes(page)
  await page.getByRole('tab', { name: /^Left out/ }).click()
  await expect(page.getByRole('table', { name: 'Resources left out' })).toContainText('pay/old')
  await expectAccessibleInBothThemes(page)

  await sandbox.settings({ denied: [{ action: 'secretsmanager:UntagResource' }] })
  await start(page)
  await expectAccessibleInBothThemes(page)
  const removal = page.url()
  await page.getByRole('link', { name: 'Removals', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Removals' })).toBeVisible()
  await expectAccessibleInBothThemes(page)
  await page.goto(removal)
  await expect(page.getByText('Ended, and some tags need your attention')).toBeVisible()
  await expectAccessibleInBothThemes(page)

  await page.goto(`${console.url}/removals/none`)
  await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible()
  await expectAccessibleInBothThemes(page)
})

/** Presses Tab, or Shift+Tab, until the target has the focus. */
async function tabTo(page: Page, target: Locator, stroke: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible()
  for (let strokes = 0; strokes < 60; strokes++) {
    await page.keyboard.press(stroke)
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  await expect(target).toBeFocused()
}

test('the whole way to a removal can be gone with the keyboard alone', async ({ openConsole }) => {
  const page = await openConsole()
  await tabTo(page, page.getByRole('button', { name: 'Scan', exact: true }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('checkbox', { name: 'Choose all resources of this page' }))
  const row = page.getByRole('checkbox', { name: 'Choose pay/db in eu-central-1' })
  while (!(await row.evaluate((element) => element === document.activeElement))) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(row).toBeChecked()
  await tabTo(page, page.getByRole('button', { name: 'Remove tags…' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('checkbox', { name: 'Choose tag key temp' }))
  await page.keyboard.press('Space')
  await tabTo(page, page.getByRole('button', { name: 'Review 1 tag' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText(analysed)).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'Continue to confirmation' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('checkbox', { name: /^I acknowledge that / })).toBeFocused()
  await page.keyboard.press('Space')
  await tabTo(page, page.getByRole('button', { name: 'Start removal' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Removal of 1 tag from 1 resource' })).toBeVisible()
})
