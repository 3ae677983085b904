import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { AccountReading } from '../account-reading.ts'
import { openAws } from '../aws/clients.ts'
import { tagOperations } from '../aws/tag-operations.ts'
import { withoutPace } from '../aws/testing.ts'
import { allowing, operatorOn, policyOf } from '../principals/testing.ts'
import { type Bench, openBench, request } from '../removal/testing.ts'
import { tagOperator } from '../sandbox/seed/standard-principals.ts'
import type { ResetChange } from '../sandbox/settings.ts'
import { impactItems, impacts, planItems, plans, principalReadings } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { runImpact } from './run.ts'
import { requestImpact } from './testing.ts'
import { findingsOf, newestImpact } from './thread/testing.ts'

withoutPace()

const signal = new AbortController().signal
let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await bench.close()
})

async function analysed(arns: readonly string[], ...keys: string[]) {
  // Who is in the account is kept for ten minutes; a reset has changed it.
  await bench.store.db.delete(principalReadings)
  const planId = await bench.prepare(request(arns, ...keys))
  return { planId, ...(await findingsOf(bench, await newestImpact(bench.store, planId))) }
}

describe('in the demo’s company', () => {
  let arns: Map<string, string>
  beforeAll(async () => {
    await bench.sandbox.reset({})
    arns = new Map((await bench.sandbox.resources()).map(({ name, arn }) => [name, arn]))
  })
  const arnsOf = (...names: string[]) => names.map((name) => arns.get(name) ?? name)

  test('a workload whose access hangs on one tag loses it, and nothing happens to the operator', async () => {
    const { impact, impacts: found, changes } = await analysed(arnsOf('alias/payouts', 'mobile/push/fcm-key'), 'owner')
    expect(changes).toContain('settlement-batch loss kms:Decrypt on alias/payouts')
    expect(changes).toContain('mobile-service loss secretsmanager:GetSecretValue on mobile/push/fcm-key')
    expect(found.get('alias/payouts')).toMatchObject({
      verdict: 'others',
      change: 'allow',
      reverse: 'allow',
      own: { lose: 0, unknown: 0 },
      others: { lose: 1, gain: 0, unknown: 0 },
      unknownBecause: [],
    })
    expect(impact).toMatchObject({ state: 'ready', problem: null, digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const [plan] = await bench.store.db.select().from(plans).where(eq(plans.id, impact.planId))
    expect(plan?.impactId).toBe(impact.id)
  })

  test('taking out of quarantine opens access', async () => {
    const { impacts: found, changes } = await analysed(arnsOf('marketing/newsletter/api-token'), 'quarantine')
    expect(changes).toEqual(
      new Set(['marketing-service gain secretsmanager:GetSecretValue on marketing/newsletter/api-token']),
    )
    expect(found.get('marketing/newsletter/api-token')).toMatchObject({ verdict: 'gain', others: { gain: 1 } })
  })

  test('the operator is told of its own lock-out, and that Secrets Manager refuses where KMS does not', async () => {
    const [key, secret] = ['alias/payments/prod/ledger', 'payments/prod/ledger/database'] as const
    const { impacts: found, principals, changes } = await analysed(arnsOf(key, secret), 'DataClass')
    expect(found.get(key)).toMatchObject({
      verdict: 'you',
      change: 'allow',
      reverse: 'deny',
      awsRefuses: false,
      own: { lose: 2 },
    })
    expect(found.get(secret)).toMatchObject({
      verdict: 'awsRefuses',
      change: 'allow',
      awsRefuses: true,
      own: { lose: 2 },
    })
    expect(changes).toContain(`TagOperator/ada loss kms:TagResource on ${key}`)
    expect(changes).toContain(`TagOperator (other sessions) loss kms:TagResource on ${key}`)
    expect(principals[0]).toMatchObject({ ordinal: 0, isOperator: true, arn: bench.identity.arn })
  })

  test('tags on which nothing hangs change nothing, and the operator is there all the same', async () => {
    const { items, principals, changes } = await analysed(arnsOf('mobile/push/fcm-key'), 'app')
    expect(items.get('mobile/push/fcm-key')).toMatchObject({ verdict: 'none', signs: [] })
    expect([changes.size, principals.length]).toEqual([0, 1])
  })

  test('what is closed to a member account is told once, and makes nothing unknown', async () => {
    const { impact, impacts: found } = await analysed(arnsOf('alias/mobile/prod/push'), 'owner')
    expect(impact.picture?.notRead.map(({ part }) => part)).toEqual(expect.arrayContaining(['scps', 'rcps']))
    expect(impact.picture).toMatchObject({ scps: null, rcps: null })
    expect(found.get('alias/mobile/prod/push')?.unknownBecause).toEqual([])
  })

  test('putting back has its own impact: quarantine takes access away again', async () => {
    const [arn = ''] = arnsOf('marketing/newsletter/api-token')
    const planId = await bench.prepare(request([arn], 'quarantine'))
    await bench.store.db.update(plans).set({ direction: 'putBack' }).where(eq(plans.id, planId))
    await tagOperations.secret.untag(bench.aws, arn, ['quarantine'])
    const { impactId } = await requestImpact(bench.ports, planId)
    await bench.analyse()
    const { impacts: found, changes } = await findingsOf(bench, impactId)
    await tagOperations.secret.tag(bench.aws, arn, [{ key: 'quarantine', value: 'true' }])
    expect(changes).toEqual(
      new Set(['marketing-service loss secretsmanager:GetSecretValue on marketing/newsletter/api-token']),
    )
    expect(found.get('marketing/newsletter/api-token')).toMatchObject({
      verdict: 'others',
      change: 'allow',
      reverse: 'allow',
    })
  })

  test('who is in the account is read once for plans made one after the other, and anew when it is asked again', async () => {
    const reads = () => bench.sandbox.calls({ operation: 'iam:GetAccountAuthorizationDetails' })
    await bench.store.db.delete(principalReadings)
    await bench.sandbox.clearCalls()
    const plans = [arnsOf('alias/payouts'), arnsOf('mobile/push/fcm-key')].map((arns) => request(arns, 'owner'))
    const ids = [await bench.prepare(plans[0] ?? request([])), await bench.prepare(plans[1] ?? request([]))]
    const once = (await reads()).length
    await requestImpact(bench.ports, ids[0] ?? '')
    await bench.analyse()
    expect(once).toBeGreaterThan(0)
    expect(await reads()).toHaveLength(2 * once)
  })

  test('what the operator dropped is analysed all the same', async () => {
    const planId = await bench.prepare(request(arnsOf('alias/payouts', 'mobile/push/fcm-key'), 'owner'))
    const [arn = ''] = arnsOf('alias/payouts')
    await bench.store.db.update(planItems).set({ skipped: 'dropped' }).where(eq(planItems.arn, arn))
    const { impactId } = await requestImpact(bench.ports, planId)
    await bench.analyse()
    expect((await findingsOf(bench, impactId)).items.has('alias/payouts')).toBe(true)
  })

  test('equal findings have equal digests; the last three are kept, and the one that is shown', async () => {
    const { planId, impact } = await analysed(arnsOf('mobile/push/fcm-key'), 'owner')
    const ids = [impact.id]
    for (let again = 0; again < 4; again++) {
      ids.push((await requestImpact(bench.ports, planId)).impactId)
      await bench.analyse()
    }
    const kept = await bench.store.db.select().from(impacts).where(eq(impacts.planId, planId))
    expect(new Set(kept.map(({ id }) => id))).toEqual(new Set(ids.slice(-3)))
    expect(new Set([impact, ...kept].map(({ digest }) => digest)).size).toBe(1)
  })

  test('one that is ended in the middle starts over', async () => {
    const planId = await bench.prepare(request(arnsOf('alias/payouts', 'mobile/push/fcm-key'), 'owner'))
    const { impactId } = await requestImpact(bench.ports, planId)
    const ended = new AbortController()
    const store = endingAt(bench.store, impactItems, ended)
    await expect(runImpact({ ...bench.ports, store }, impactId, ended.signal)).rejects.toThrow('ended')
    const left = await findingsOf(bench, impactId)
    expect([left.impact.state, left.items.size]).toEqual(['analysing', 2])
    await runImpact(bench.ports, impactId, signal)
    const { impact, items } = await findingsOf(bench, impactId)
    expect([impact.state, items.size]).toEqual(['ready', 2])
  })

  test('a bug of ours fails it, and is told to the terminal only', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    const planId = await bench.prepare(request(arnsOf('mobile/push/fcm-key'), 'owner'))
    await bench.store.db.update(plans).set({ impactId: null })
    await bench.store.db.update(principalReadings).set({ reading: {} as AccountReading, readAt: new Date() })
    const { impactId } = await requestImpact(bench.ports, planId)
    await bench.analyse()
    const { impact } = await findingsOf(bench, impactId)
    expect(impact).toMatchObject({ state: 'failed', problem: { code: 'bug' } })
    expect(told).toHaveBeenCalledWith(expect.any(TypeError))
    expect(JSON.stringify(impact.problem)).not.toContain('undefined')
    told.mockRestore()
    await bench.store.db.delete(principalReadings)
  })

  test('another identity, or none, fails it with what a person can do', async () => {
    const planId = await bench.prepare(request(arnsOf('mobile/push/fcm-key'), 'owner'))
    const { impactId: foreign } = await requestImpact(bench.ports, planId)
    const { aws } = await operatorOn(bench.sandbox, { role: 'Auditor' })
    await runImpact({ ...bench.ports, aws }, foreign, signal)
    expect((await findingsOf(bench, foreign)).impact).toMatchObject({
      state: 'failed',
      problem: { code: 'otherIdentity' },
    })
    vi.unstubAllEnvs()
    const { impactId: expired } = await requestImpact(bench.ports, planId)
    await bench.sandbox.expireCredentials()
    await runImpact({ ...bench.ports, aws: openAws() }, expired, signal)
    await bench.sandbox.renewCredentials()
    expect((await findingsOf(bench, expired)).impact).toMatchObject({
      state: 'failed',
      problem: { code: 'credentialsExpired' },
    })
    bench.analyses.clear()
  })
})

/** The store, whose work is ended as soon as something was written into the table. */
function endingAt(store: Store, table: object, ended: AbortController): Store {
  const insert = (into: Parameters<Store['db']['insert']>[0]) => {
    if (into === table) setImmediate(() => ended.abort(new Error('ended')))
    return store.db.insert(into)
  }
  return { ...store, db: Object.assign(Object.create(store.db), { insert }) }
}

describe('grants', () => {
  const byTag = allowing(['kms:Decrypt', 'kms:TagResource'], {
    Condition: { StringEquals: { 'aws:ResourceTag/team': 'pay' } },
  })
  const role = 'arn:aws:iam::111122223333:role/reader'
  const account: ResetChange = {
    organization: null,
    principals: [{ type: 'role', name: 'reader', policies: { ByTag: byTag } }],
    exactly: [
      {
        type: 'key',
        alias: 'alias/granted',
        tags: { team: 'pay' },
        grants: [{ granteePrincipal: role, operations: ['Decrypt'] }],
      },
      { type: 'key', alias: 'alias/bare', tags: { team: 'pay' } },
      { type: 'key', alias: 'alias/other', tags: { team: 'web' } },
    ],
  }

  test('keep what a tag would take, and are asked for only where something hangs on them', async () => {
    const { arns } = await bench.sandbox.reset(account)
    await bench.sandbox.clearCalls()
    const { items, changes } = await analysed(arns, 'team')
    expect(changes).toEqual(
      new Set([
        'reader loss kms:TagResource on alias/granted',
        'reader loss kms:TagResource on alias/bare',
        'reader loss kms:Decrypt on alias/bare',
      ]),
    )
    expect(items.get('alias/granted')?.grants).toMatchObject([{ granteePrincipal: role, operations: ['Decrypt'] }])
    expect(items.get('alias/other')?.grants).toBeNull()
    expect(await bench.sandbox.calls({ operation: 'kms:ListGrants' })).toHaveLength(2)
  })

  test('that may not be read leave unknown what they may keep', async () => {
    const { arns } = await bench.sandbox.reset({ ...account, denied: [{ action: 'kms:ListGrants' }] })
    const { impacts: found, changes } = await analysed(arns, 'team')
    expect(changes).toContain('reader unknown kms:Decrypt on alias/bare')
    expect(changes).toContain('reader loss kms:TagResource on alias/bare')
    expect(found.get('alias/bare')).toMatchObject({ verdict: 'unknown', unknownBecause: ['the grants were not read'] })
  })
})

describe('where less can be read', () => {
  const secret = { type: 'secret' as const, name: 'a', tags: { team: 'pay' } }

  test('a policy that is refused makes its own resource unknown, and no other', async () => {
    const key = { type: 'key' as const, alias: 'alias/k', tags: { team: 'pay' } }
    const { arns } = await bench.sandbox.reset({
      organization: null,
      exactly: [secret, key],
      denied: [{ action: 'kms:GetKeyPolicy' }],
    })
    const { items, impacts: found } = await analysed(arns, 'team')
    expect(items.get('alias/k')).toMatchObject({ policy: null, policyProblem: { code: 'denied' }, verdict: 'unknown' })
    expect(found.get('alias/k')?.unknownBecause).toContain('the policy of the resource was not read')
    expect(found.get('a')?.verdict).toBe('none')
  })

  test('aliases that are refused are told once', async () => {
    const key = { type: 'key' as const, alias: 'alias/k', tags: { team: 'pay' } }
    const { arns } = await bench.sandbox.reset({ organization: null, exactly: [key] })
    expect((await analysed(arns, 'team')).items.get('alias/k')?.aliases).toEqual(['alias/k'])
    await bench.sandbox.settings({ denied: [{ action: 'kms:ListAliases' }] })
    const { impact, items } = await analysed(arns, 'team')
    const told = impact.picture?.notRead.filter(({ part }) => part === 'aliases')
    expect(told).toMatchObject([{ problem: { code: 'denied' } }])
    expect([...items.values()].map(({ aliases }) => aliases)).toEqual([null])
  })

  test('an old reading that IAM does not renew counts as not read', async () => {
    const { arns } = await bench.sandbox.reset({ organization: null, exactly: [secret] })
    const { impact: fresh } = await analysed(arns, 'team')
    await bench.store.db.update(principalReadings).set({ readAt: new Date(Date.now() - 86_400_000) })
    await bench.sandbox.faults({ operation: 'iam:GetAccountAuthorizationDetails', kind: 'html' })
    const planId = await bench.prepare(request(arns, 'team'))
    const { impact } = await findingsOf(bench, await newestImpact(bench.store, planId))
    const parts = [fresh, impact].map(({ picture }) => picture?.notRead.map(({ part }) => part))
    expect(parts).toEqual([['sessionPolicy'], ['principals', 'sessionPolicy']])
    expect(impact.picture?.principals).toBe(fresh.picture?.principals)
    await bench.store.db.delete(principalReadings)
  })

  test('a removal that is not permitted says so', async () => {
    const mine = policyOf({ Effect: 'Deny', Principal: '*', Action: 'secretsmanager:UntagResource', Resource: '*' })
    const { arns } = await bench.sandbox.reset({ organization: null, exactly: [{ ...secret, policy: mine }] })
    const { impacts: found } = await analysed(arns, 'team')
    expect(found.get('a')).toMatchObject({ verdict: 'notPermitted', change: 'deny', reverse: 'allow' })
  })

  test('tag keys that a policy keeps from being removed are those of the call', async () => {
    const keep = policyOf({
      Effect: 'Deny',
      Principal: '*',
      Action: 'secretsmanager:UntagResource',
      Resource: '*',
      Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } },
    })
    const tags = { team: 'pay', app: 'shop' }
    const { arns } = await bench.sandbox.reset({ organization: null, exactly: [{ ...secret, tags, policy: keep }] })
    expect((await analysed(arns, 'team')).impacts.get('a')?.change).toBe('deny')
    expect((await analysed(arns, 'app')).impacts.get('a')?.change).toBe('allow')
  })

  describe('whose IAM is closed to the operator', () => {
    const closed = ['GetAccountAuthorizationDetails', 'GetRole', 'ListRolePolicies', 'ListAttachedRolePolicies']
    const denied = closed.map((action) => ({ action: `iam:${action}` }))
    const key = { type: 'key' as const, alias: 'alias/k', tags: { team: 'pay', app: 'shop' } }
    const change = { organization: null, exactly: [key, { ...secret, tags: key.tags }] }
    const lockout = policyOf({
      Effect: 'Deny',
      Action: ['kms:TagResource', 'secretsmanager:TagResource', 'secretsmanager:UntagResource'],
      Resource: '*',
      Condition: { Null: { 'aws:ResourceTag/team': 'true' } },
    })
    const operator = tagOperator('111122223333', { Lockout: lockout })

    test('AWS’s simulator tells of the operator, and that the others were not read is told once', async () => {
      const { arns } = await bench.sandbox.reset({ ...change, principals: [operator], denied })
      const { impact, impacts: found, changes, principals } = await analysed(arns, 'team')
      expect(impact.picture?.notRead.map(({ part }) => part)).toContain('principals')
      expect(found.get('alias/k')).toMatchObject({ verdict: 'you', change: 'allow', reverse: 'deny', own: { lose: 1 } })
      expect(found.get('a')).toMatchObject({ verdict: 'awsRefuses', awsRefuses: true, own: { lose: 2 } })
      expect(changes).toContain('TagOperator/ada loss kms:TagResource on alias/k')
      expect(principals).toHaveLength(1)
      const { impacts: harmless } = await analysed(arns, 'app')
      expect([...harmless.values()].map(({ verdict }) => verdict)).toEqual(['none', 'none'])
    })

    test('what a grant may give it is not taken for nothing where the tag keeps it away', async () => {
      const quarantine = policyOf({
        Effect: 'Deny',
        Action: 'kms:Verify',
        Resource: '*',
        Condition: { Null: { 'aws:ResourceTag/team': 'false' } },
      })
      const grants = [
        { granteePrincipal: 'arn:aws:iam::111122223333:role/TagOperator', operations: ['Verify' as const] },
      ]
      const { arns } = await bench.sandbox.reset({
        ...change,
        exactly: [{ ...key, keySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY', grants }],
        principals: [tagOperator('111122223333', { Quarantine: quarantine })],
        denied,
      })
      const { impacts: found, changes } = await analysed(arns, 'team')
      expect([...changes]).toEqual(['TagOperator/ada unknown kms:Verify on alias/k'])
      expect(found.get('alias/k')).toMatchObject({ verdict: 'unknown', own: { unknown: 1 } })
    })

    test('nothing is known of the operator when the simulator is denied, too', async () => {
      const simulator = { action: 'iam:SimulatePrincipalPolicy' }
      const { arns } = await bench.sandbox.reset({ ...change, denied: [...denied, simulator] })
      const { impacts: found } = await analysed(arns, 'team')
      const [because] = found.get('a')?.unknownBecause ?? []
      expect(found.get('a')).toMatchObject({ verdict: 'unknown', change: 'unknown', reverse: 'unknown' })
      expect(because).toContain('iam:SimulatePrincipalPolicy')
    })
  })
})
