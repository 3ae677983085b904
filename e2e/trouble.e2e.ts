import { expect, test } from './support/fixtures.ts'
import { chooseAll, expectEnd, review, reviewAll, scan, start } from './support/steps.ts'

const temp = { temp: 'true' }

test.describe('trouble with single resources', () => {
  test.use({
    account: {
      exactly: [
        { type: 'secret', name: 'pay/db', tags: temp },
        { type: 'secret', name: 'pay/denied', tags: temp },
        { type: 'secret', name: 'pay/unreadable', tags: temp },
        { type: 'secret', name: 'pay/deleted', tags: temp, isDeleted: true },
        { type: 'key', alias: 'alias/pay/doomed', tags: temp },
        { type: 'key', alias: 'alias/pay/changed', tags: { ...temp, Owner: 'pay' } },
        { type: 'key', alias: 'alias/pay/gone', tags: temp, region: 'us-east-1' },
      ],
    },
  })

  test('is explained beside each of them, holds up nobody else, and throttling fails nothing', async ({
    openConsole,
    sandbox,
  }) => {
    const arns = Object.fromEntries((await sandbox.resources()).map(({ name, arn }) => [name, arn]))
    const arnOf = (name: string) => arns[name] ?? ''
    const denials = [
      { action: 'secretsmanager:UntagResource', resource: arnOf('pay/denied') },
      { action: 'secretsmanager:DescribeSecret', resource: arnOf('pay/unreadable') },
    ]
    const page = await openConsole()
    await scan(page)
    await sandbox.settings({ denied: denials })
    await chooseAll(page)
    await review(page, 'temp')
    await page.getByRole('tab', { name: 'Left out (2)' }).click()
    const leftOut = page.getByRole('table', { name: 'Resources left out' })
    await expect(leftOut.getByRole('row', { name: 'pay/deleted' })).toContainText('scheduled for deletion')
    await expect(leftOut.getByRole('row', { name: 'pay/unreadable' })).toContainText(
      'the missing permission is secretsmanager:DescribeSecret',
    )

    await sandbox.setState(arnOf('alias/pay/doomed'), 'PendingDeletion')
    await sandbox.putTag(arnOf('alias/pay/changed'), 'temp', 'false')
    await sandbox.deleteTag(arnOf('alias/pay/gone'), 'temp')
    await sandbox.faults({ operation: 'secretsmanager:UntagResource', kind: 'throttle', count: 4 })
    await start(page)

    const items = page.getByRole('table', { name: 'Items of this removal' })
    const itemOf = (name: string) => items.getByRole('row', { name })
    await expect(itemOf('pay/denied')).toContainText('the missing permission is secretsmanager:UntagResource')
    await expect(itemOf('pay/doomed')).toContainText('Refused by AWS')
    await expect(itemOf('pay/doomed')).toContainText('the state of the key does not permit it')
    await expect(itemOf('pay/changed')).toContainText('Changed since review')
    await expect(itemOf('pay/gone')).toContainText('Already absent')
    await expectEnd(
      page,
      '5 tags: 1 removed and proved, 1 already absent, nothing sent, 1 changed since review, left alone, 1 not permitted, 1 refused by AWS',
    )
    expect(await sandbox.calls({ outcome: 'ThrottlingException' })).toHaveLength(4)
    expect(await sandbox.tagsOf(arnOf('pay/db'))).toEqual({})
    expect(await sandbox.tagsOf(arnOf('alias/pay/changed'))).toEqual({ temp: 'false', Owner: 'pay' })
    expect(await sandbox.calls({ resource: arnOf('alias/pay/changed'), operation: 'kms:UntagResource' })).toEqual([])
  })
})

test.describe('a Region', () => {
  const regions = ['eu-central-1', 'eu-west-1', 'us-east-1'] as const
  test.use({
    account: { exactly: regions.map((region) => ({ type: 'secret', region, name: `pay/${region}`, tags: temp })) },
  })

  test('that is down, or answers in HTML, says so; the scan goes on without it, and later one can be of it alone', async ({
    openConsole,
    sandbox,
  }) => {
    await sandbox.faults(
      { operation: 'secretsmanager:ListSecrets', region: 'eu-west-1', kind: 'regionDown' },
      { operation: 'secretsmanager:ListSecrets', region: 'us-east-1', kind: 'html' },
    )
    const page = await openConsole()
    await scan(page)
    await expect(page.getByText('2 Regions could not be read completely')).toBeVisible()
    await page.getByRole('button', { name: 'Which, and why' }).click()
    const byRegion = page.getByRole('table', { name: 'Scan by Region' })
    await expect(byRegion.getByRole('row', { name: 'eu-west-1' })).toContainText('the connection was cut')
    await expect(byRegion.getByRole('row', { name: 'us-east-1' })).toContainText('a proxy or a sign-in page may stand')
    const resources = page.getByRole('grid', { name: 'Resources' })
    await expect(resources.getByRole('rowheader')).toHaveText(['pay/eu-central-1'])

    await sandbox.faults()
    await sandbox.clearCalls()
    await page.getByRole('button', { name: 'More ways to scan' }).click()
    await page.getByRole('menuitem', { name: 'Scan chosen Regions…' }).click()
    await page.getByRole('button', { name: 'Regions' }).click()
    await page.getByRole('option', { name: 'eu-west-1' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').getByRole('button', { name: 'Scan', exact: true }).click()
    await expect(resources.getByRole('rowheader')).toHaveText(['pay/eu-west-1'])
    const asked = await sandbox.calls()
    const listed = asked.filter(({ operation }) => operation.includes(':List') && !operation.startsWith('account:'))
    expect(new Set(listed.map(({ region }) => region))).toEqual(new Set(['eu-west-1']))
  })
})

test.describe('answers that are not from AWS', () => {
  test.use({ account: { exactly: [{ type: 'secret', name: 'pay/db', tags: temp }] } })

  test('are named on the page; in the middle of a removal the tags are read again and it ends', async ({
    openConsole,
    sandbox,
  }) => {
    await sandbox.faults({ operation: '*', kind: 'html', status: 200 })
    const page = await openConsole()
    await expect(page.getByRole('heading', { name: 'The endpoint does not answer as AWS does' })).toBeVisible()
    await sandbox.faults()
    await page.getByRole('button', { name: 'Try again' }).click()
    await reviewAll(page, 'temp')
    await sandbox.faults({ operation: 'secretsmanager:UntagResource', kind: 'html', count: 1 })
    await start(page)
    await expectEnd(page, '1 tag: 1 removed and proved')
    expect(await sandbox.calls({ operation: 'secretsmanager:UntagResource', outcome: 'html' })).toHaveLength(1)
  })
})

test.describe('an account without keys and secrets', () => {
  test.use({ account: { exactly: [] } })

  test('is said to be empty', async ({ openConsole }) => {
    const page = await openConsole()
    await scan(page)
    await expect(page.getByText('No keys and no secrets')).toBeVisible()
    await page.getByRole('link', { name: 'Tags', exact: true }).click()
    await expect(page.getByText('No resource of the last scan has a tag')).toBeVisible()
    await page.getByRole('link', { name: 'Removals', exact: true }).click()
    await expect(page.getByText('Nothing was removed yet')).toBeVisible()
  })
})
