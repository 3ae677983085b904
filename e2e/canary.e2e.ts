import { expect, expectNoAxeViolations, test } from './support/fixtures.ts'
import { acknowledge, allTags, canaryBox, expectEnd, reviewAll } from './support/steps.ts'

const owner = { owner: 'billing' }
const keyOf = (alias: string) => ({ type: 'key' as const, alias, tags: owner })
const decrypt = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow' as const,
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/owner': 'billing' } },
    },
  ],
}

test.use({
  account: {
    exactly: [keyOf('alias/a'), keyOf('alias/b'), keyOf('alias/c')],
    principals: [{ type: 'role', name: 'invoices', policies: { Decrypt: decrypt } }],
    authorizationLagMs: 5000,
  },
  consoleEnv: { UNTAG_CANARY_WAIT: '5' },
})

test('one key goes first; when something broke, it has its tag again and the others never lost theirs', async ({
  openConsole,
  sandbox,
}) => {
  const before = await allTags(sandbox)
  const page = await openConsole()
  await reviewAll(page, 'owner')
  await acknowledge(page)
  const choice = page.getByRole('checkbox', { name: canaryBox })
  await expect(choice).toBeChecked()
  await expect(page.getByText('First only 1 of 3 resources, then ask me')).toBeVisible()
  await page.getByRole('button', { name: 'Start removal' }).click()

  await expect(page.getByText(/KMS follows a changed tag after up to 5 s\. 0:0\d left/)).toBeVisible()
  const fine = page.getByRole('button', { name: 'Nothing broke: go on with the other 2' })
  await expect(fine).toBeDisabled()
  await expect(fine).toBeEnabled()
  const affected = page.getByRole('table', { name: 'Who is affected by what went first' })
  await expect(affected.getByRole('row', { name: /invoices/ })).toContainText('kms:Decrypt')
  await page.getByRole('button', { name: 'Look up last use' }).click()
  await expect(page.getByText('Last uses of 3 keys and secrets were looked up')).toBeVisible()
  const tried = page.getByRole('table', { name: 'What you may do with the resources that went first' })
  await expect(tried.getByRole('row', { name: /kms:DescribeKey/ })).toContainText('Still permitted')
  await expectNoAxeViolations(page)
  const removal = page.url()
  await page.goto(new URL('/resources', removal).href)
  await expect(page.getByText('Did anything break? Your answer is awaited')).toBeVisible()
  await page.goto(removal)

  await page.getByRole('button', { name: 'Something broke: put back and stop' }).click()
  await expect(page.getByText('The canary failed: somebody said that something broke')).toBeVisible()
  await expect(page.getByText('The other 2 resources were never touched.')).toBeVisible()
  await expectEnd(page, '3 tags: 1 removed and proved, 2 cancelled before anything was sent')
  await page.getByRole('link', { name: 'Open the put-back' }).click()
  await expectEnd(page, '1 tag: 1 put back and proved')
  expect(await allTags(sandbox)).toEqual(before)
  expect(await sandbox.calls({ operation: 'kms:UntagResource' })).toHaveLength(1)
})
