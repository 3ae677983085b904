import { expect, type Page, test } from './support/fixtures.ts'
import { acknowledge, allTags, analysed, confirmChoice, expectEnd, review, scan, start } from './support/steps.ts'

/** What the review lists once it is analysed, by ARN: each tag as `key=value`. */
async function reviewed(page: Page): Promise<Record<string, string>> {
  await expect(page.getByText(analysed)).toBeVisible()
  const table = page.getByRole('table', { name: 'Resources and tags of this plan' })
  const rows = table.getByRole('row').filter({ has: page.getByRole('rowheader') })
  await expect(rows.first()).toBeVisible()
  const listed = (await rows.all()).map(async (row) => {
    const link = await row.getByRole('rowheader').getByRole('link').getAttribute('href')
    const [tags = ''] = await row.getByRole('cell').allInnerTexts()
    const [tag] = tags.replace(/\s*=\s*/, '=').split('\n')
    return [new URL(link ?? '', page.url()).searchParams.get('arn'), tag]
  })
  return Object.fromEntries(await Promise.all(listed))
}

test('a stray variant of Owner is removed from 20 resources, proved, and put back whole', async ({
  openConsole,
  sandbox,
}) => {
  const before = await allTags(sandbox)
  const withoutOwner = (arn: string) => {
    const { owner: _, ...others } = before[arn] ?? {}
    return others
  }

  let page = await openConsole()
  await expect(page.getByText('See every key and secret of account 111122223333 with its tags')).toBeVisible()
  await scan(page)

  await page.getByRole('link', { name: 'Tags', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Only keys with other spellings' }).check()
  const spellings = page.getByRole('table', { name: 'Tag keys' })
  await spellings.getByRole('rowheader', { name: 'owner', exact: true }).getByRole('link').click()
  await expect(page.getByText('30 matches').first()).toBeVisible()

  await page.getByRole('button', { name: 'Table preferences' }).click()
  await page.getByRole('radio', { name: '20 resources' }).check()
  await page.getByRole('button', { name: 'Confirm' }).click()
  // The table may render its rows anew just then, and the click goes to the old ones.
  await expect(() =>
    page.getByRole('checkbox', { name: 'Choose all resources of this page' }).check({ timeout: 5_000 }),
  ).toPass()
  await expect(page.getByText('20 resources chosen, on all pages')).toBeVisible()

  await review(page, 'owner')
  await expect(page.getByRole('heading', { name: 'Review: remove 20 tags from 20 resources' })).toBeVisible()
  const plan = await reviewed(page)
  const arns = Object.keys(plan)
  expect(arns).toHaveLength(20)
  expect(plan).toEqual(Object.fromEntries(arns.map((arn) => [arn, `owner=${before[arn]?.owner}`])))

  const startButton = page.getByRole('button', { name: 'Start removal' })
  await expect(startButton).toBeDisabled()
  await acknowledge(page)
  await expect(startButton).toBeEnabled()
  await page
    .getByRole('checkbox', { name: /^I acknowledge that / })
    .first()
    .uncheck()
  await expect(startButton).toBeDisabled()
  expect(await sandbox.calls({ operation: 'kms:UntagResource' })).toEqual([])

  // AWS refuses one of them, and keeps the secrets back until the operator has left.
  const refused = arns.find((arn) => arn.includes(':kms:')) ?? ''
  await sandbox.settings({ denied: [{ action: 'kms:UntagResource', resource: refused, layer: 'resourcePolicy' }] })
  await sandbox.faults({ operation: 'secretsmanager:UntagResource', kind: 'throttle' })
  await start(page)
  const address = new URL(page.url()).pathname
  await page.close()

  page = await openConsole()
  await expect(page.getByText('Removing 20 tags from 20 resources')).toBeVisible()
  await sandbox.faults()
  await page.getByRole('link', { name: 'Open', exact: true }).click()
  await expect(page).toHaveURL(new RegExp(address))
  await expectEnd(page, '20 tags: 19 removed and proved, 1 not permitted')

  await page.getByRole('button', { name: 'Show the items with outcome Not permitted: 1 tag' }).click()
  const items = page.getByRole('table', { name: 'Items of this removal' })
  await expect(items.getByRole('rowheader')).toHaveCount(1)
  await expect(items).toContainText(
    'the policy of the resource neither names the caller nor leaves the decision to IAM',
  )
  await expect(items).toContainText('the missing permission is kms:UntagResource')
  const removed = Object.fromEntries(arns.filter((arn) => arn !== refused).map((arn) => [arn, withoutOwner(arn)]))
  expect(await allTags(sandbox)).toEqual({ ...before, ...removed })

  await page.getByRole('button', { name: 'Put back all…' }).click()
  await expect(page.getByRole('heading', { name: 'Review: put back 19 tags on 19 resources' })).toBeVisible()
  await start(page)
  await expectEnd(page, '19 tags: 19 put back and proved')
  expect(await allTags(sandbox)).toEqual(before)
})

test.describe('one tag', () => {
  test.use({
    account: {
      exactly: [
        { type: 'secret', name: 'pay/db', tags: { Owner: 'pay', temp: 'true' } },
        { type: 'secret', name: 'pay/api', tags: { temp: 'true' } },
      ],
    },
  })

  test('is removed from its chip alone, and can be put back alone', async ({ openConsole, sandbox }) => {
    const [database = '', api = ''] = (await sandbox.resources()).map(({ arn }) => arn)
    const page = await openConsole()
    await scan(page)
    await page
      .getByRole('row', { name: 'pay/db' })
      .getByRole('button', { name: /^Tag temp/ })
      .click()
    await page.getByRole('button', { name: 'Remove this tag…' }).click()
    await confirmChoice(page)
    await expect(page.getByRole('heading', { name: 'Review: remove 1 tag from 1 resource' })).toBeVisible()
    await start(page)
    await expectEnd(page, '1 tag: 1 removed and proved')
    expect(await sandbox.tagsOf(database)).toEqual({ Owner: 'pay' })
    expect(await sandbox.tagsOf(api)).toEqual({ temp: 'true' })

    await page.getByRole('checkbox', { name: 'Choose pay/db in eu-central-1' }).check()
    await page.getByRole('button', { name: 'Put back 1 chosen…' }).click()
    await expect(page.getByRole('heading', { name: 'Review: put back 1 tag on 1 resource' })).toBeVisible()
    await start(page)
    await expectEnd(page, '1 tag: 1 put back and proved')
    expect(await sandbox.tagsOf(database)).toEqual({ Owner: 'pay', temp: 'true' })
  })
})
