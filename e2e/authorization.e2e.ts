import { readFileSync } from 'node:fs'
import { SEED } from '#lib/testing.ts'
import { addressOf, builtActions } from './support/actions.ts'
import { expect, test } from './support/fixtures.ts'
import { type HostileRequest, hostileRequests } from './support/hostile-bodies.ts'

/** Every address that Next serves, and what it asks of the caller. A new one needs a row here. */
const routes: Record<string, 'open' | 'session'> = {
  '/(console)/account/page': 'session',
  '/(console)/audit/page': 'session',
  '/(console)/plans/[planId]/page': 'session',
  '/(console)/removals/[removalId]/page': 'session',
  '/(console)/removals/page': 'session',
  '/(console)/resources/detail/page': 'session',
  '/(console)/resources/page': 'session',
  '/(console)/settings/page': 'session',
  '/(console)/tags/page': 'session',
  '/_global-error/page': 'session',
  '/_not-found/page': 'session',
  '/api/audit/events.csv/route': 'session',
  '/api/audit/log.jsonl/route': 'session',
  '/api/health/route': 'open',
  '/api/plans/[planId]/apply.sh/route': 'session',
  '/api/plans/[planId]/restore.sh/route': 'session',
  '/api/plans/[planId]/review.html/route': 'session',
  '/api/plans/[planId]/review.json/route': 'session',
  '/api/removals/[removalId]/report.html/route': 'session',
  '/api/removals/[removalId]/report.json/route': 'session',
  '/favicon.ico/route': 'session',
  '/icon.svg/route': 'session',
  '/page': 'session',
}

/** Every server action and the permission that it checks. A new one needs a row here. */
const actions: Record<string, string> = {
  'app/(console)/account/actions.ts checkAccessAction': 'account:read',
  'app/(console)/account/actions.ts forgetControlPoliciesAction': 'account:analyse',
  'app/(console)/account/actions.ts importControlPoliciesAction': 'account:analyse',
  'app/(console)/account/actions.ts readAccountAction': 'account:read',
  'app/(console)/account/actions.ts refreshAccountAction': 'account:analyse',
  'app/(console)/account/protected-tags-actions.ts addProtectedPatternAction': 'removal:plan',
  'app/(console)/account/protected-tags-actions.ts listProtectedPatternsAction': 'inventory:read',
  'app/(console)/account/protected-tags-actions.ts removeProtectedPatternAction': 'removal:plan',
  'app/(console)/actions.ts readIdentityAction': 'inventory:read',
  'app/(console)/audit/actions.ts listEventsAction': 'audit:read',
  'app/(console)/audit/actions.ts readAuditStatusAction': 'audit:read',
  'app/(console)/audit/actions.ts readEventAction': 'audit:read',
  'app/(console)/audit/actions.ts verifyLogAction': 'audit:read',
  'app/(console)/plans/actions.ts analyseAgainAction': 'removal:plan',
  'app/(console)/plans/actions.ts dropItemsAction': 'removal:plan',
  'app/(console)/plans/actions.ts listPlanItemsAction': 'removal:read',
  'app/(console)/plans/actions.ts noteOwnersAction': 'removal:plan',
  'app/(console)/plans/actions.ts offerCanaryAction': 'removal:read',
  'app/(console)/plans/actions.ts planSiblingsAction': 'removal:plan',
  'app/(console)/plans/actions.ts readImpactAction': 'removal:read',
  'app/(console)/plans/actions.ts readPlanAction': 'removal:read',
  'app/(console)/plans/actions.ts startRemovalAction': 'removal:execute',
  'app/(console)/plans/actions.ts undropItemsAction': 'removal:plan',
  'app/(console)/plans/evidence-actions.ts calibrateAction': 'removal:plan',
  'app/(console)/plans/evidence-actions.ts lookUpUseAction': 'removal:plan',
  'app/(console)/plans/impact-actions.ts changedResourcesAction': 'removal:read',
  'app/(console)/plans/impact-actions.ts changesOfAction': 'removal:read',
  'app/(console)/plans/impact-actions.ts explainChangeAction': 'removal:read',
  'app/(console)/plans/impact-actions.ts listAffectedAction': 'removal:read',
  'app/(console)/removals/actions.ts listRemovalItemsAction': 'removal:read',
  'app/(console)/removals/actions.ts listRemovalsAction': 'removal:read',
  'app/(console)/removals/actions.ts moveRemovalAction': 'removal:execute',
  'app/(console)/removals/actions.ts planRestAction': 'removal:plan',
  'app/(console)/removals/actions.ts putBackAction': 'removal:plan',
  'app/(console)/removals/actions.ts readRemovalAction': 'removal:read',
  'app/(console)/removals/actions.ts runningRemovalsAction': 'removal:read',
  'app/(console)/removals/afterwards-actions.ts purgeRemovalAction': 'retention:manage',
  'app/(console)/removals/afterwards-actions.ts watchRemovalAction': 'removal:plan',
  'app/(console)/removals/afterwards-actions.ts watchedRemovalsAction': 'removal:read',
  'app/(console)/removals/trail-actions.ts compareTrailAction': 'audit:read',
  'app/(console)/removals/trail-actions.ts readTrailAction': 'audit:read',
  'app/(console)/removals/canary-actions.ts affectedByCanaryAction': 'removal:read',
  'app/(console)/removals/canary-actions.ts answerCanaryAction': 'removal:execute',
  'app/(console)/resources/actions.ts listRegionsAction': 'inventory:read',
  'app/(console)/resources/actions.ts listResourcesAction': 'inventory:read',
  'app/(console)/resources/actions.ts readDetailAction': 'inventory:read',
  'app/(console)/resources/actions.ts readFacetsAction': 'inventory:read',
  'app/(console)/resources/actions.ts readInventoryAction': 'inventory:read',
  'app/(console)/resources/actions.ts readSelectionTagsAction': 'inventory:read',
  'app/(console)/resources/actions.ts requestPlanAction': 'removal:plan',
  'app/(console)/resources/actions.ts startScanAction': 'inventory:scan',
  'app/(console)/settings/actions.ts countOverdueAction': 'removal:read',
  'app/(console)/settings/actions.ts readRetentionAction': 'removal:read',
  'app/(console)/settings/actions.ts setRetentionAction': 'retention:manage',
  'app/(console)/tags/actions.ts listTagKeysAction': 'inventory:read',
}

const read = (file: string) => JSON.parse(readFileSync(`.next/server/${file}`, 'utf8'))
const builtRoutes: Record<string, string> = read('app-paths-manifest.json')
const nameOf = ({ filename, exportedName }: { filename: string; exportedName: string }) => `${filename} ${exportedName}`

test('every route and every action has a row in the tables, and every row is there', () => {
  expect(Object.keys(builtRoutes).sort()).toEqual(Object.keys(routes).sort())
  expect(Object.values(builtActions).map(nameOf).sort()).toEqual(Object.keys(actions).sort())
})

test('every action checks the permission of its row', () => {
  const checked = Object.values(builtActions).map(({ filename, exportedName }) => {
    const wrapper = new RegExp(`export const ${exportedName} = (?:action|query)\\(\\s*'([^']+)'`)
    return [`${filename} ${exportedName}`, wrapper.exec(readFileSync(filename, 'utf8'))?.[1]]
  })
  expect(Object.fromEntries(checked)).toEqual(actions)
})

test('without a session no route and no action answers, and AWS is not asked', async ({
  console,
  request,
  sandbox,
}) => {
  for (const [route, wants] of Object.entries(routes)) {
    const address =
      route
        .replace(/\/(page|route)$/, '')
        .replace(/\/\([^)]+\)/g, '')
        .replace(/\[\w+\]/g, 'x') || '/'
    const answer = await request.get(console.url + address)
    expect([route, answer.status()]).toEqual([route, wants === 'open' ? 200 : 401])
  }
  for (const id of Object.keys(builtActions)) {
    const headers = { origin: console.url, 'next-action': id, 'content-type': 'text/plain' }
    const answer = await request.post(`${console.url}/resources`, { headers, data: '[{}]' })
    expect([id, answer.status(), await answer.json()]).toEqual([
      id,
      401,
      { error: expect.objectContaining({ code: 'signedOut' }) },
    ])
  }
  expect(await sandbox.calls()).toEqual([])
})

const actionsBuilt = Object.entries(builtActions)
const AT_ONCE = 10

/** What no answer may hold: a stack, a path of ours, a question to the database. */
const inside = /\n\s+at |node_modules|\/lib\/|ZodError|\bselect .* from /i
/** Whose input names what somebody planned or removed. Nobody has, so that none of them may ask AWS anything. */
const namesPlans = /^app\/\(console\)\/(plans|removals)\//

test.describe('a thousand hostile bodies', () => {
  test.use({ account: { exactly: [{ type: 'secret', name: 'pay/db', tags: { temp: 'true' } }] } })

  test(`change nothing on AWS, tell nothing of the inside, and end nothing (seed ${SEED})`, async ({
    console,
    sandbox,
  }) => {
    const signedIn = await fetch(await console.link(), { redirect: 'manual' })
    const always = { origin: console.url, cookie: signedIn.headers.get('set-cookie')?.split(';')[0] ?? '' }
    async function send(action: (typeof actionsBuilt)[number] | undefined, request: HostileRequest) {
      const [id = '', built] = action ?? []
      const answer = await fetch(console.url + (built ? addressOf(built) : ''), {
        method: 'POST',
        headers: { ...always, 'next-action': id, ...request.headers },
        body: request.body,
      })
      const text = await answer.text()
      const told = `${built && nameOf(built)} ${JSON.stringify(request).slice(0, 500)}`
      expect(text, told).not.toMatch(inside)
      // What Next itself cannot read is its own short 500; no action of ours has a bug to apologise for.
      expect(text, told).not.toContain('"code":"bug"')
    }
    async function sendAll(actions: typeof actionsBuilt, requests: HostileRequest[]) {
      for (let at = 0; at < requests.length; at += AT_ONCE) {
        const slice = requests.slice(at, at + AT_ONCE)
        await Promise.all(slice.map((request) => send(actions[request.action % actions.length], request)))
      }
    }
    const [ofPlans = [], others = []] = [true, false].map((wanted) =>
      actionsBuilt.filter(([, built]) => namesPlans.test(built.filename) === wanted),
    )
    const requests = hostileRequests(SEED, 1_000)
    const before = await sandbox.resources()
    await sandbox.clearCalls()
    await sendAll(ofPlans, requests.slice(0, 600))
    const asked = new Set((await sandbox.calls()).map(({ operation }) => operation))
    expect([...asked].filter((operation) => operation !== 'sts:GetCallerIdentity')).toEqual([])
    await sendAll(others, requests.slice(600))
    expect(await sandbox.resources()).toEqual(before)
    expect((await fetch(`${console.url}/api/health`)).status).toBe(200)
  })
})
