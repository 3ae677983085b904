import type { ResetChange } from '#lib/sandbox/settings.ts'
import { expect, type Page, test } from './support/fixtures.ts'
import { acknowledge, analysed, chooseAll, confirmChoice, expectEnd, reviewAll, scan, start } from './support/steps.ts'

const title = (page: Page, text: string) => expect(page.getByRole('heading', { name: text })).toBeVisible()

test('a removal that locks the operator out is announced, and does so when it is done anyway', async ({
  openConsole,
  sandbox,
}) => {
  const page = await openConsole()
  await reviewAll(page, 'DataClass')
  await expect(page.getByText(analysed)).toBeVisible()
  await expect(
    page.getByText('You will not be able to put these tags back on 4 resources; AWS will let you lock yourself out'),
  ).toBeVisible()
  await expect(page.getByText('AWS will refuse this on 2 resources, because it would lock you out')).toBeVisible()

  const startButton = page.getByRole('button', { name: 'Start removal' })
  await acknowledge(page)
  await expect(startButton).toBeEnabled()
  await page.getByLabel('To confirm that you cannot put these tags back').fill('payments/prod')
  await expect(startButton).toBeDisabled()
  expect(await sandbox.calls({ operation: 'kms:UntagResource' })).toEqual([])

  await start(page)
  await expectEnd(page, '4 tags: 2 removed and proved, 2 refused by AWS')
  await expect(page.getByText('You cannot put these tags back. Typed:')).toBeVisible()
  await page.getByRole('button', { name: 'Put back all…' }).click()
  await expect(page.getByText('You are not permitted to do this on 2 resources')).toBeVisible()
})

test('access that is gained is found, and the safe rest goes through in a few clicks', async ({
  openConsole,
  sandbox,
}) => {
  const page = await openConsole()
  await scan(page)
  await chooseAll(page)
  await page.getByRole('button', { name: 'Remove tags…' }).click()
  for (const tagKey of ['quarantine', 'temp']) {
    await page.getByRole('searchbox', { name: 'Find a tag key or value' }).fill(tagKey)
    await page.getByRole('checkbox', { name: `Choose tag key ${tagKey}`, exact: true }).check()
  }
  await confirmChoice(page)
  await page.getByRole('button', { name: /or may gain access.*: show them$/ }).click()
  const table = page.getByRole('table', { name: 'Resources and tags of this plan' })
  await expect(table).toContainText('Access is gained')

  await page.getByRole('button', { name: /^Drop everything that is not safe/ }).click()
  await expect(page.getByText(/^\d+ resources dropped$/)).toBeVisible()
  await expect(page.getByRole('textbox', { name: /^To confirm that / })).toHaveCount(0)
  await page.getByRole('checkbox', { name: 'I acknowledge that parts of the picture were not read' }).check()
  await page.getByRole('button', { name: 'Start removal' }).click()
  await expect(page).toHaveURL(/\/removals\//)
  await expect(page.getByText(/^\d+ tags?: \d+ removed and proved\.$/)).toBeVisible()
  const tagged = (await sandbox.resources()).filter(({ tags }) => 'quarantine' in tags)
  expect(tagged.length).toBeGreaterThan(0)
})

test('what only others lose is told down to the statement that decides it', async ({ openConsole }) => {
  const page = await openConsole()
  await reviewAll(page, 'owner')
  await expect(page.getByText(analysed)).toBeVisible()
  await expect(page.getByText(/^As far as is known, you keep your access, and can put these tags back/)).toBeVisible()
  await expect(page.getByText(/^\d+ other principals lose or may lose access, on \d+ resources/)).toBeVisible()

  await page.getByRole('button', { name: /^settlement-batch loses kms:Decrypt on \d+ resources/ }).click()
  const dialog = page.getByRole('dialog', { name: /^settlement-batch loses kms:Decrypt/ })
  await expect(dialog.getByText('PaymentsOnly in policy PaymentsOnly of the role no longer allows it')).toBeVisible()
  await expect(dialog.getByText('Before it matches, after it does not match.')).toBeVisible()
  await expect(dialog.getByText('aws:ResourceTag/owner to equal payments.')).toBeVisible()
})

test.describe('two secrets', () => {
  const reader = (Condition: object) => ({
    type: 'role' as const,
    name: 'reader',
    policies: {
      Read: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*', ...Condition }],
      },
    },
  })
  const account = (Condition: object): ResetChange => ({
    exactly: [
      { type: 'secret', name: 'pay/api', tags: { temp: 'true' } },
      { type: 'secret', name: 'pay/db', tags: { temp: 'true' } },
    ],
    principals: [reader(Condition)],
    organization: null,
  })
  test.use({ account: account({}) })

  test('what is dropped stays, and can be taken in again; a policy that changes between review and start stops the start, and is asked about', async ({
    openConsole,
    sandbox,
  }) => {
    const page = await openConsole()
    await reviewAll(page, 'temp')
    await expect(page.getByText(analysed)).toBeVisible()
    await page.getByRole('button', { name: 'Drop pay/api in eu-central-1' }).click()
    await title(page, 'Review: remove 1 tag from 1 resource')
    await page.getByRole('button', { name: 'Undo' }).click()
    await title(page, 'Review: remove 2 tags from 2 resources')
    await page.getByRole('button', { name: 'Drop pay/api in eu-central-1' }).click()
    await page.getByRole('tab', { name: /^Left out/ }).click()
    await page.getByRole('button', { name: 'Take pay/api in eu-central-1 in again' }).click()
    await title(page, 'Review: remove 2 tags from 2 resources')
    await page.getByRole('tab', { name: /^To remove/ }).click()
    await page.getByRole('button', { name: 'Drop pay/db in eu-central-1' }).click()
    await title(page, 'Review: remove 1 tag from 1 resource')

    await acknowledge(page)
    await sandbox.reset(account({ Condition: { StringEquals: { 'aws:ResourceTag/temp': 'true' } } }))
    await page.getByRole('button', { name: 'Start removal' }).click()

    const refusal = page.getByText('Something has become worse since you reviewed it')
    await expect(refusal).toBeVisible()
    await expect(page.getByText('1 other principal loses or may lose access, on 1 resource')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Start removal' })).toBeDisabled()
    expect(await sandbox.calls({ operation: 'secretsmanager:UntagResource' })).toEqual([])
    await start(page)
    await expectEnd(page, '1 tag: 1 removed and proved')
    const left = (await sandbox.resources()).filter(({ tags }) => 'temp' in tags).map(({ name }) => name)
    expect(left).toEqual(['pay/db'])
  })
})
