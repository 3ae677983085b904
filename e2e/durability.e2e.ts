import type { ResetChange } from '#lib/sandbox/settings.ts'
import { postAction } from './support/actions.ts'
import { connectionLost, expect, test } from './support/fixtures.ts'
import type { Sandbox } from './support/sandbox.ts'
import { allTags, expectEnd, reviewAll, start, startInput } from './support/steps.ts'

const regions = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2', 'ap-southeast-1'] as const
const tags = { temp: 'true', Owner: 'pay' }
type Specs = NonNullable<ResetChange['exactly']>

const regionOf = (index: number) => regions[index % regions.length]
const secrets = (count: number): Specs =>
  Array.from({ length: count }, (_, index) => ({ type: 'secret', region: regionOf(index), name: `pay/${index}`, tags }))
const keys = (count: number): Specs =>
  Array.from({ length: count }, (_, index) => ({ type: 'key', region: regionOf(index), tags }))

/** How often tags of each resource were really taken off. */
async function removalsByResource(sandbox: Sandbox): Promise<Map<string | undefined, number>> {
  const calls = (await sandbox.calls()).filter(
    ({ operation, isApplied }) => isApplied && operation.endsWith(':UntagResource'),
  )
  return new Map([...Map.groupBy(calls, ({ resource }) => resource)].map(([arn, each]) => [arn, each.length]))
}

test.describe('300 resources', () => {
  test.use({
    account: { exactly: [...secrets(280), ...keys(20)] },
    // Slow enough that many are on their way when it is killed.
    consoleEnv: { UNTAG_SHARE: '0.2' },
    expectedErrors: [connectionLost],
  })

  test('lose their tag exactly once although the console is killed in the middle, and get it back whole', async ({
    console,
    context,
    openConsole,
    sandbox,
  }) => {
    const before = await allTags(sandbox)
    let page = await openConsole()
    await reviewAll(page, 'temp')
    // AWS lets no key through, so that the removal cannot end before the console is killed.
    await sandbox.faults({ operation: 'kms:UntagResource', kind: 'throttle' })
    await start(page)
    const address = new URL(page.url()).pathname
    await expect.poll(async () => (await removalsByResource(sandbox)).size).toBeGreaterThan(100)
    await console.kill()
    await sandbox.faults()
    await expect(page.getByText('The console does not answer')).toBeVisible()
    await expect(page.getByText(/may be out of date|could not be read/)).toHaveCount(0)

    await console.restart()
    await expect(page.getByRole('heading', { name: 'Your session has ended' })).toBeVisible()
    await expect(page.getByText('did not say who you are')).toHaveCount(0)
    await page.close()
    await context.clearCookies()
    page = await openConsole(address)
    await expectEnd(page, '300 tags: 300 removed and proved')
    const removals = await removalsByResource(sandbox)
    expect([...removals.values()].filter((times) => times !== 1)).toEqual([])
    expect(removals.size).toBe(300)
    expect(Object.values(await allTags(sandbox)).filter((left) => left.temp !== undefined)).toEqual([])

    await page.getByRole('button', { name: 'Put back all…' }).click()
    await start(page)
    await expectEnd(page, '300 tags: 300 put back and proved')
    expect(await allTags(sandbox)).toEqual(before)
  })
})

test.describe('a removal', () => {
  test.use({ account: { exactly: secrets(10) } })

  test('is one, however often and at once its start is pressed; paused, resumed, cancelled and retried, it changes each resource once', async ({
    openConsole,
    sandbox,
  }) => {
    const page = await openConsole()
    await reviewAll(page, 'temp')
    const body = JSON.stringify([await startInput(page)])
    // AWS lets nothing through, so that the removal cannot end before it is cancelled.
    await sandbox.faults({ operation: 'secretsmanager:UntagResource', kind: 'throttle' })
    const press = async () => (await postAction(page, 'startRemovalAction', body)).text()
    const pressFiftyTimes = () => Promise.all(Array.from({ length: 50 }, press))
    const checks = (await pressFiftyTimes()).map(
      (answer) => /"(?:checking|removalId)":"([0-9a-f-]{36})"/.exec(answer)?.[1],
    )
    expect(checks).not.toContain(undefined)
    await expect.poll(press).toContain('"removalId"')
    const answers = await pressFiftyTimes()
    const ids = answers.map((answer) => /"removalId":"([0-9a-f-]{36})"/.exec(answer)?.[1])
    expect(ids).toEqual(Array(50).fill(ids[0]))
    expect(ids[0]).toBeDefined()

    await page.getByRole('link', { name: 'Removals', exact: true }).click()
    const removals = page.getByRole('table', { name: 'Removals' })
    await expect(removals.getByRole('rowheader')).toHaveText(['Removal of 10 tags from 10 resources'])
    await removals.getByRole('link').click()
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(page.getByText('This removal is paused')).toBeVisible()
    await expect(page.getByText('nothing is sent while paused')).toBeVisible()
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect(page.getByText('This removal is paused')).toBeHidden()
    await page.getByRole('button', { name: 'Cancel…' }).click()
    await page.getByRole('button', { name: 'Cancel the rest' }).click()
    await expectEnd(page, '10 tags: 10 cancelled before anything was sent')
    expect((await removalsByResource(sandbox)).size).toBe(0)

    await sandbox.faults()
    await page.getByRole('button', { name: 'Retry failed' }).click()
    await expectEnd(page, '10 tags: 10 removed and proved')
    expect([...(await removalsByResource(sandbox)).values()]).toEqual(Array(10).fill(1))
  })
})
