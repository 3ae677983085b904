import type { Page } from '@playwright/test'
import { expect, expectNoAxeViolations, test } from './support/fixtures.ts'
import { acknowledge, reviewAll } from './support/steps.ts'

test.use({
  account: {
    exactly: [
      {
        type: 'key',
        alias: 'alias/cluster',
        tags: { 'red-hat': 'true', temp: 'yes', 'aws:cloudformation:stack-name': 'rosa' },
      },
      { type: 'secret', name: 'pay/db', tags: { temp: 'yes', team: 'pay' } },
      { type: 'secret', name: 'pay/api', tags: { team: 'pay' } },
    ],
  },
})

const stateOf = (...instances: { arn: string; name: string; tags: object; tags_all: object }[]) => ({
  name: 'terraform.tfstate',
  mimeType: 'application/json',
  buffer: Buffer.from(
    JSON.stringify({
      version: 4,
      resources: instances.map(({ name, ...attributes }) => ({
        mode: 'managed',
        type: 'aws_secretsmanager_secret',
        name,
        instances: [{ attributes: { ...attributes, secret_string: 'never to be sent' } }],
      })),
    }),
  ),
})

const itemsOf = (page: Page) => page.getByRole('table', { name: 'Resources and tags of this plan' })

test('who would put tags back is told: the stack, and Terraform from a file that stays in the browser; a protected tag is said before it is removed, and its start asks for it', async ({
  openConsole,
  sandbox,
}) => {
  const arns = new Map((await sandbox.resources()).map(({ name, arn }) => [name, arn]))
  const page = await openConsole()
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.postData() ?? ''))
  await reviewAll(page, 'red-hat', 'temp')
  await expect(page.getByText('1 resource belongs to a CloudFormation stack.')).toBeVisible()
  const cluster = itemsOf(page).getByRole('row', { name: /^cluster / })
  await expect(cluster).toContainText('CloudFormation can put tags back')

  await page.getByRole('button', { name: 'Who would put these tags back' }).click()
  const files = page.locator('input[type=file]')
  const state = stateOf(
    { arn: arns.get('pay/db') ?? '', name: 'db', tags: { team: 'pay' }, tags_all: { team: 'pay', temp: 'yes' } },
    { arn: arns.get('pay/api') ?? '', name: 'api', tags: { team: 'pay' }, tags_all: { team: 'pay' } },
  )
  await files.setInputFiles(state)
  await expect(page.getByText('2 KMS keys and secrets found')).toBeVisible()
  await expect(
    page.getByText(/1 of 2 resources of this plan is in Terraform, which would put tags back on 1/),
  ).toBeVisible()
  const database = itemsOf(page).getByRole('row', { name: 'pay/db' })
  await expect(database).toContainText('Terraform can put tags back')
  expect(sent.join()).toContain('aws_secretsmanager_secret.db')
  expect(sent.join()).not.toContain('never to be sent')

  // Kept with the plan.
  await page.reload()
  await expect(database).toContainText('Terraform can put tags back')
  await page.getByRole('button', { name: 'Details of pay/db in eu-central-1' }).click()
  const details = page.getByRole('dialog', { name: 'Access impact' })
  await expect(details).toContainText('Remove temp from default_tags of the provider of aws_secretsmanager_secret.db')
  await details.getByRole('button', { name: 'Close' }).click()
  await expectNoAxeViolations(page)

  await expect(page.getByText('Protected tags would be removed from 1 resource')).toBeVisible()
  await expect(cluster).toContainText('red-hat: Red Hat OpenShift Service on AWS relies on this tag')
  await expect(page.getByRole('table', { name: 'Tag keys to remove' })).toContainText('ROSAInstallerPolicy')

  const start = page.getByRole('button', { name: 'Start removal' })
  await expect(start).toBeDisabled()
  await expect(
    page.getByRole('checkbox', { name: /^I acknowledge that protected tags are removed: 1 resource/ }),
  ).toBeVisible()
  await acknowledge(page)
  await expect(start).toBeEnabled()

  await page.getByRole('button', { name: 'Show them' }).click()
  await expect(itemsOf(page).getByRole('rowheader')).toHaveCount(1)
  await page.getByRole('button', { name: /^Drop these/ }).click()
  await expect(page.getByText('Protected tags would be removed')).toBeHidden()
  await expect(page.getByRole('checkbox', { name: /protected tags/ })).toBeHidden()
})

test('what the operator protects is warned of, with the reason, from the next review on', async ({ openConsole }) => {
  const page = await openConsole('/account')
  const own = page.getByRole('table', { name: 'Your own protected tags' })
  await expect(own).toContainText('Nothing is on your list')
  await page.getByLabel('Tag keys to protect').fill('TE?M')
  await page.getByLabel('Why').fill('billing goes by it')
  await page.getByRole('button', { name: 'Protect these tags' }).click()
  await expect(own.getByRole('rowheader')).toHaveText('TE?M')

  await page.getByRole('button', { name: /^Built in: tags on which AWS managed policies hang/ }).click()
  await page.getByLabel('Find by tag key, feature or policy').fill('guardduty')
  const builtIn = page.getByRole('table', { name: 'Tags that AWS managed policies ask for' })
  await expect(builtIn.getByRole('rowheader')).toHaveText(['GuardDutyExcluded'])
  await expect(builtIn).toContainText('AmazonGuardDutyMalwareProtectionServiceRolePolicy')
  await expectNoAxeViolations(page)

  await page.getByRole('link', { name: 'Resources', exact: true }).click()
  await reviewAll(page, 'team')
  await expect(page.getByText('Protected tags would be removed from 2 resources')).toBeVisible()
  await expect(itemsOf(page)).toContainText('on your list of protected tags: billing goes by it')

  await page.getByRole('link', { name: 'Account access' }).click()
  await page.getByRole('button', { name: 'Take off TE?M' }).click()
  await expect(own).toContainText('Nothing is on your list')
})
