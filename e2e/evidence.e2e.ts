import { expect, expectNoAxeViolations, type Page, test } from './support/fixtures.ts'
import { analysed, chooseAll, review, scan } from './support/steps.ts'

/** The review of what the removal of `owner` does to what is called so, analysed. */
async function reviewOwner(page: Page, name: string): Promise<void> {
  await scan(page)
  const address = new URL(page.url())
  address.search = `${new URLSearchParams({ f: `text:${name}` })}`
  await page.goto(address.href)
  await chooseAll(page)
  await review(page, 'owner')
  await expect(page.getByText(analysed)).toBeVisible()
}

test('last uses are looked up on demand, also when the page is closed, and stand with principals and resources', async ({
  openConsole,
}) => {
  const page = await openConsole('/resources')
  await reviewOwner(page, 'payouts')
  const matrix = page.getByRole('grid', { name: /^Principals and the actions/ })
  await expect(matrix).toContainText('settlement-batch')
  await expect(matrix).not.toContainText(/kms:Decrypt .* ago on/)

  await page.getByRole('button', { name: 'Look up last use' }).click()
  await expect(page.getByRole('button', { name: 'Look up last use' })).toHaveCount(0)
  const address = new URL(page.url())
  await page.close()
  const again = await openConsole(address.pathname)
  await expect(again.getByText(/^Last uses of \d+ keys? .*were looked up/)).toBeVisible()
  await expect(matrixOf(again).getByRole('row', { name: /settlement-batch/ })).toContainText(
    /(kms:Decrypt|secretsmanager:GetSecretValue) .* ago on .*payouts/,
  )
  await again.getByRole('button', { name: /^Details of payments\/staging\/payouts in / }).click()
  const use = again.getByRole('region', { name: 'Last use' })
  await expect(use).toContainText(/kms:Decrypt .* ago by/)
  await expect(use).toContainText('by KMS’s own count: kms:Decrypt')
  await expectNoAxeViolations(again)
})

test('without CloudTrail the missing permission is told once; what is checked against AWS and answered otherwise is unknown', async ({
  openConsole,
  sandbox,
}) => {
  await sandbox.settings({ denied: [{ action: 'cloudtrail:LookupEvents' }] })
  const page = await openConsole('/resources')
  await reviewOwner(page, 'payouts')
  await page.getByRole('button', { name: 'Look up last use' }).click()
  await expect(page.getByText('the missing permission is cloudtrail:LookupEvents')).toHaveCount(1)
  await expectNoAxeViolations(page)

  const check = page.getByRole('button', { name: 'Check against AWS' })
  await check.click()
  await expect(page.getByText(/^\d+ answers of AWS agree with what Untag computed for you/)).toBeVisible()
  await expect(page.getByText('Others are affected').first()).toBeVisible()

  await sandbox.settings({ denied: [{ action: 'kms:DescribeKey', layer: 'serviceControlPolicy' }] })
  await check.click()
  await expect(page.getByText(/^AWS answered otherwise than Untag computed for you: 1 answer/)).toBeVisible()
  await expect(page.getByText(analysed)).toBeVisible()
  await expect(page.getByRole('button', { name: /verdict Unknown: \d/ })).toBeVisible()
  await expect(page.getByText('kms:DescribeKey', { exact: true }).first()).toBeVisible()
  await expectNoAxeViolations(page)
})

const matrixOf = (page: Page) => page.getByRole('grid', { name: /^Principals and the actions/ })
