import { readFileSync } from 'node:fs'
import { expect, test } from './support/fixtures.ts'

/** Every address that Next serves, and what it asks of the caller. A new one needs a row here. */
const routes: Record<string, 'open' | 'session'> = {
  '/(console)/account/page': 'session',
  '/(console)/plans/[planId]/page': 'session',
  '/(console)/removals/[removalId]/page': 'session',
  '/(console)/removals/page': 'session',
  '/(console)/resources/detail/page': 'session',
  '/(console)/resources/page': 'session',
  '/(console)/tags/page': 'session',
  '/_global-error/page': 'session',
  '/_not-found/page': 'session',
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
  'app/(console)/plans/actions.ts analyseAgainAction': 'removal:plan',
  'app/(console)/plans/actions.ts dropItemsAction': 'removal:plan',
  'app/(console)/plans/actions.ts listPlanItemsAction': 'removal:read',
  'app/(console)/plans/actions.ts noteOwnersAction': 'removal:plan',
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
  'app/(console)/removals/actions.ts putBackAction': 'removal:plan',
  'app/(console)/removals/actions.ts readRemovalAction': 'removal:read',
  'app/(console)/removals/actions.ts runningRemovalsAction': 'removal:read',
  'app/(console)/resources/actions.ts listRegionsAction': 'inventory:read',
  'app/(console)/resources/actions.ts listResourcesAction': 'inventory:read',
  'app/(console)/resources/actions.ts readDetailAction': 'inventory:read',
  'app/(console)/resources/actions.ts readFacetsAction': 'inventory:read',
  'app/(console)/resources/actions.ts readInventoryAction': 'inventory:read',
  'app/(console)/resources/actions.ts readSelectionTagsAction': 'inventory:read',
  'app/(console)/resources/actions.ts requestPlanAction': 'removal:plan',
  'app/(console)/resources/actions.ts startScanAction': 'inventory:scan',
  'app/(console)/tags/actions.ts listTagKeysAction': 'inventory:read',
}

const read = (file: string) => JSON.parse(readFileSync(`.next/server/${file}`, 'utf8'))
const builtRoutes: Record<string, string> = read('app-paths-manifest.json')
const builtActions: Record<string, { filename: string; exportedName: string }> = read(
  'server-reference-manifest.json',
).node
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

const hostileBodies = [
  '',
  '[]',
  'null',
  '[null]',
  '{',
  '["$F1"]',
  '[{"__proto__":{"a":1}}]',
  `["${'x'.repeat(1000)}"]`,
  '[{"removalId":"../x"}]',
]

test('a hostile body gets an answer without a stack, and nothing is changed on AWS', async ({
  console,
  openConsole,
  sandbox,
}) => {
  const page = await openConsole()
  await page.close()
  const { request } = page.context()
  for (const id of Object.keys(builtActions)) {
    for (const data of hostileBodies) {
      const headers = { origin: console.url, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' }
      const answer = await request.post(`${console.url}/resources`, { headers, data })
      expect(
        await answer.text(),
        `${nameOf(builtActions[id] ?? { filename: id, exportedName: '' })} ${data}`,
      ).not.toMatch(/\n\s+at |node_modules|\/lib\//)
    }
  }
  const changes = (await sandbox.calls()).filter(({ operation }) => /:(Tag|Untag)Resource$/.test(operation))
  expect(changes).toEqual([])
})
