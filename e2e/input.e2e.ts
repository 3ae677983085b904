import { postAction } from './support/actions.ts'
import { startConsoleProcess } from './support/console-process.ts'
import { expect, type Page, test } from './support/fixtures.ts'
import type { Sandbox } from './support/sandbox.ts'
import { chooseAll, review, scan, startInput } from './support/steps.ts'

test.use({
  account: { exactly: [{ type: 'secret', name: 'pay/db', tags: { temp: 'true' } }] },
  expectedErrors: [/status of 404/],
})

const nobody = '00000000-0000-4000-8000-000000000000'
const digest = '0'.repeat(64)
const arn = 'arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000000'
const view = { filter: { operation: 'and', tokens: [] }, sort: 'name', descending: false, page: 1, size: 50 }
const tooDeep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`

/** Bodies as no page of ours sends them: what is wrong, the action, its argument, and the code of the error. */
const hostile: [wrong: string, action: string, argument: unknown, code: string][] = [
  ['a number for an object', 'startScanAction', 5, 'invalidInput'],
  ['nothing', 'requestPlanAction', null, 'invalidInput'],
  ['an array for an object', 'requestPlanAction', [[]], 'invalidInput'],
  ['101 Regions', 'startScanAction', { regions: Array(101).fill('eu-central-1') }, 'invalidInput'],
  [
    'more resources than may be ticked',
    'requestPlanAction',
    { selection: { by: 'arns', arns: Array(6_000).fill(arn) }, tags: [{ key: 'temp' }], includeServiceOwned: false },
    'invalidInput',
  ],
  [
    'resources by no ARN',
    'requestPlanAction',
    { selection: { by: 'arns', arns: ['alias/pay'] }, tags: [{ key: 'temp' }], includeServiceOwned: false },
    'invalidInput',
  ],
  [
    'a tag key that is too long',
    'requestPlanAction',
    { selection: { by: 'arns', arns: [arn] }, tags: [{ key: 'x'.repeat(129) }], includeServiceOwned: false },
    'invalidInput',
  ],
  ['a member of every object for a column', 'listResourcesAction', { ...view, sort: 'constructor' }, 'invalidInput'],
  ['a page before the first', 'listResourcesAction', { ...view, page: 0 }, 'invalidInput'],
  ['no ARN', 'readDetailAction', { arn: '../../etc/passwd' }, 'invalidInput'],
  ['a move that does not exist', 'moveRemovalAction', { removalId: nobody, move: '__proto__' }, 'invalidInput'],
  ['an id that is none', 'readRemovalAction', { removalId: "' or 1=1 --" }, 'invalidInput'],
  ['items that cannot exist', 'putBackAction', { removalId: nobody, itemIds: [-1] }, 'invalidInput'],
  ['too many items', 'putBackAction', { removalId: nobody, itemIds: Array(5_001).fill(1) }, 'invalidInput'],
  ['a removal that nobody started', 'moveRemovalAction', { removalId: nobody, move: 'cancel' }, 'notFound'],
  ['the items of no removal', 'putBackAction', { removalId: nobody, itemIds: 'all' }, 'notFound'],
  [
    'a plan that nobody made',
    'startRemovalAction',
    { planId: nobody, reviewedPlanDigest: digest, reviewedImpactId: nobody, acknowledgements: [], canary: false },
    'notFound',
  ],
  [
    'an acknowledgement that nobody asks for',
    'startRemovalAction',
    {
      planId: nobody,
      reviewedPlanDigest: digest,
      reviewedImpactId: nobody,
      acknowledgements: [{ kind: 'constructor', typed: null }],
      canary: false,
    },
    'invalidInput',
  ],
  [
    'a verdict that does not exist',
    'dropItemsAction',
    { planId: nobody, reviewedPlanDigest: digest, drop: { by: 'verdicts', verdicts: ['__proto__'] } },
    'invalidInput',
  ],
  [
    'a drop from a plan that nobody made',
    'dropItemsAction',
    { planId: nobody, reviewedPlanDigest: digest, drop: { by: 'arns', arns: [arn] } },
    'notFound',
  ],
  [
    'more drops than can be undone',
    'undropItemsAction',
    { planId: nobody, arns: Array(6_000).fill(arn) },
    'invalidInput',
  ],
  ['an analysis of no plan', 'analyseAgainAction', { planId: nobody }, 'notFound'],
]

/** What reached AWS, besides the question who we are. */
async function askedOf(sandbox: Sandbox): Promise<string[]> {
  return (await sandbox.calls()).map(({ operation }) => operation).filter((name) => name !== 'sts:GetCallerIdentity')
}

const noStack = /\n\s+at |node_modules|\/lib\/|ZodError|select /i

const expectNotFound = async (page: Page, path: string) => {
  const answer = await page.goto(new URL(path, page.url()).href)
  expect([path, answer?.status()]).toEqual([path, 404])
  await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible()
}

test('hostile bodies get a code, no stack and no call to AWS, unknown ids a page, odd addresses what can be shown; another AWS identity gets nothing of what the first one planned', async ({
  console,
  context,
  openConsole,
  sandbox,
}) => {
  const page = await openConsole('/removals')
  await expect(page.getByText('Nothing was removed yet')).toBeVisible()
  await sandbox.clearCalls()
  for (const [wrong, action, argument, code] of hostile) {
    const answer = await (await postAction(page, action, JSON.stringify([argument]))).text()
    expect(answer, wrong).toContain(`"code":"${code}"`)
    expect(answer, wrong).not.toMatch(noStack)
  }
  for (const body of ['[{"__proto__":{"removalId":"x"}}]', '[]', '{', '["$F1"]', '["$Q1"]', tooDeep, '']) {
    expect(await (await postAction(page, 'moveRemovalAction', body)).text(), body.slice(0, 20)).not.toMatch(noStack)
  }
  expect(await askedOf(sandbox)).toEqual([])

  for (const path of [`/plans/${nobody}`, `/removals/${nobody}`, '/removals/constructor', '/resources/detail?arn=x']) {
    await expectNotFound(page, path)
  }

  await page.goto(console.url)
  await scan(page)
  await page.goto(`${console.url}/resources?sort=constructor&page=-1&size=7&op=xor&f=nonsense&utm_source=x`)
  for (const part of ['sort=constructor', 'page=-1', 'size=7', 'op=xor', 'nonsense']) {
    await expect(page.getByText(part).first()).toBeVisible()
  }
  await expect(page.getByRole('row', { name: 'pay/db' })).toBeVisible()

  await chooseAll(page)
  await review(page, 'temp')
  await page.goto(`${page.url()}?show=everything&page=0`)
  await expect(page.getByText('show=everything')).toBeVisible()
  await expect(page.getByText('page=0')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Resources and tags of this plan' })).toContainText('pay/db')

  const path = new URL(page.url()).pathname
  const body = JSON.stringify([await startInput(page)])
  await page.close()
  await console.stop()

  const { accessKeyId, secretAccessKey } = await sandbox.issueCredentials({ user: 'grace' })
  const grace = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: '' }
  const second = await startConsoleProcess(console.dataFolder, { ...sandbox.env, ...grace })
  const other = await context.newPage()
  await other.goto(await second.link())
  await expect(other.getByText('See every key and secret of account 111122223333 with its tags')).toBeVisible()
  await expectNotFound(other, path)
  await other.goto(`${second.url}/removals`)
  expect(await (await postAction(other, 'startRemovalAction', body)).text()).toContain('"code":"notFound"')
  await other.close()
  await second.stop()
})
