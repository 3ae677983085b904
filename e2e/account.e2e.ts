import type { Page } from '@playwright/test'
import { DARK_CLASS } from '#components/shell/theme.ts'
import { expect, expectNoAxeViolations, test } from './support/fixtures.ts'

const closed = { managementAccountId: '999900001111' }

test.use({
  account: {
    exactly: [
      { type: 'key', alias: 'alias/pay', tags: { team: 'pay' } },
      { type: 'secret', name: 'pay/db', tags: { team: 'pay' } },
    ],
    organization: closed,
    denied: [{ action: 'kms:ListGrants' }],
  },
})

const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
const everything = policy({ Effect: 'Allow', Action: '*', Resource: '*' })
const file = (name: string, document: object | string) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)),
})

const rowOf = (page: Page, action: string) => page.getByRole('row', { name: new RegExp(action) })

async function openAccount(open: (path?: string) => Promise<Page>): Promise<Page> {
  const page = await open()
  await page.getByRole('link', { name: 'Account access' }).click()
  await expect(page.getByRole('heading', { name: 'Account access' })).toBeVisible()
  return page
}

test('the first visit shows what the credentials may do, changes nothing, and has the policy that is missing', async ({
  openConsole,
  sandbox,
}) => {
  const page = await openAccount(openConsole)
  await expect(page.getByText('All 8 work')).toBeVisible()
  await expect(page.getByText(/Tried .* in eu-central-1, on the key/)).toBeVisible()
  await expect(rowOf(page, 'kms:ListKeys')).toContainText('Works')
  await expect(rowOf(page, 'kms:UntagResource')).toContainText('Not tried')
  await expect(rowOf(page, 'kms:ListGrants')).toContainText('Denied')
  await expect(rowOf(page, 'kms:ListGrants')).toContainText('the missing permission is kms:ListGrants')
  await expect(rowOf(page, 'organizations:ListParents')).toContainText('Denied')
  const changes = (await sandbox.calls()).filter(({ operation }) => /:(Tag|Untag|Put|Create|Delete)/.test(operation))
  expect(changes).toEqual([])

  await sandbox.settings({ denied: [] })
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(rowOf(page, 'kms:ListGrants')).toContainText('Works')
  await page.getByRole('button', { name: /Region to try the calls in/ }).click()
  await page.getByRole('option', { name: 'us-east-1' }).click()
  await expect(rowOf(page, 'kms:ListGrants')).toContainText('No key of your own is known in us-east-1')

  await page.getByRole('button', { name: 'Policy to paste' }).nth(1).click()
  const shown = page.getByRole('region', { name: 'Policy to remove' })
  await expect(shown).toContainText('arn:aws:kms:*:111122223333:key/*')
  await expect(shown).not.toContainText('aws:TagKeys')
  await page.getByLabel('Only these tag keys').fill('temp-*, CostCenter')
  const { Statement } = JSON.parse((await shown.textContent()) ?? '')
  expect(Statement[0].Condition['ForAllValues:StringLike']).toEqual({ 'aws:TagKeys': ['temp-*', 'CostCenter'] })
})

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const isDark = () => page.evaluate((name) => document.body.classList.contains(name), DARK_CLASS)
    await expect.poll(isDark).toBe(colorScheme === 'dark')
    await expectNoAxeViolations(page)
  }
}

test('who is in the account is read at a press; SCPs that are missing are imported as files, problems stand at their files and levels, and an import can be forgotten; axe finds nothing, light and dark', async ({
  openConsole,
  sandbox,
}) => {
  const page = await openAccount(openConsole)
  await expect(page.getByText('It has not been read yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Read now' }).click()
  await expect(page.getByText('Everybody in the account', { exact: true })).toBeVisible()
  await expect(page.getByText(/^\d+ users, \d+ roles, \d+ groups?$/)).toBeVisible()
  await expect(page.getByText('Not known: AWS keeps them closed')).toHaveCount(2)
  for (const button of await page.getByRole('button', { name: 'Policy to paste' }).all()) await button.click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Import RCPs…' }).click()
  await expect(page.getByRole('dialog', { name: 'Import RCPs' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('button', { name: 'Import SCPs…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import SCPs' })
  const inputs = dialog.locator('input[type=file]')
  await inputs.nth(0).setInputFiles([file('FullAWSAccess.json', everything)])
  await inputs.nth(1).setInputFiles([file('FullAWSAccess.json', everything), file('deny.json', '{')])
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog.getByText(/^deny\.json is not JSON/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Remove deny.json' }).click()
  await inputs.nth(1).setInputFiles([file('deny.json', policy({ Effect: 'Deny', Action: 'kms:*' }))])
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog.getByText(/^Statement\[0\] /)).toBeVisible()
  await dialog.getByRole('button', { name: 'Remove deny.json' }).click()
  await inputs.nth(1).setInputFiles([file('deny.json', policy({ Effect: 'Deny', Action: 'kms:*', Resource: '*' }))])
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()

  await expect(page.getByText('Imported from files')).toBeVisible()
  await page.getByRole('button', { name: 'SCPs on 2 levels, root first' }).click()
  await page.getByRole('button', { name: 'deny.json' }).click()
  await expect(page.getByRole('region', { name: 'deny.json of level 2' })).toContainText('kms:*')
  await page.getByRole('button', { name: 'Forget imported SCPs' }).click()
  await expect(page.getByText('Not known: AWS keeps them closed')).toHaveCount(2)

  await page.getByRole('button', { name: 'Import SCPs…' }).click()
  await inputs.nth(0).setInputFiles([file('FullAWSAccess.json', everything)])
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog.getByText(/^Level 2 has no SCP/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Remove the last level' }).click()
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByText('Imported from files')).toBeVisible()

  await sandbox.settings({ denied: [{ action: 'iam:GetAccountAuthorizationDetails' }] })
  await page.getByRole('button', { name: 'Read again' }).click()
  await expect(page.getByText('You alone', { exact: true })).toBeVisible()
  await expect(page.getByText('Others could not be read, so a review can only speak of you')).toBeVisible()
  await page.reload()
  await expect(page.getByText('You alone', { exact: true })).toBeVisible()
})
