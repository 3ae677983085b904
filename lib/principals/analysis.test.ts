import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { type AccountResource, analyseAccount } from '../access/account.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing.ts'
import { principalsOf } from './principals-of.ts'
import { refreshPrincipals } from './refresh.ts'
import { allowing, operatorOn, readPolicies, TEST_ACCOUNT } from './testing.ts'

let sandbox: Sandbox
let store: Store

beforeAll(async () => {
  sandbox = await startSandbox()
  store = await openTestStore()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await store.close()
  await sandbox.stop()
})

test('the engine tells from what was read who loses by a tag', async () => {
  const byTag = (team: string) => ({
    Read: allowing('kms:Decrypt', { Condition: { StringEquals: { 'aws:ResourceTag/team': team } } }),
  })
  const { arns } = await sandbox.reset({
    organization: null,
    exactly: [{ type: 'key', tags: { team: 'blue' } }],
    principals: [
      { type: 'role', name: 'blue', path: '/team/', policies: byTag('blue') },
      { type: 'role', name: 'red', policies: byTag('red') },
      { type: 'group', name: 'blues', policies: byTag('blue') },
      { type: 'user', name: 'grace', groups: ['blues'] },
    ],
  })
  const [arn = ''] = arns
  const operator = await operatorOn(sandbox)
  await refreshPrincipals({ store, ...operator })
  const picture = await principalsOf(store, operator.identity.scope)
  const policy = (await readPolicies({ aws: operator.aws, account: TEST_ACCOUNT }, [arn])).get(arn)?.policy
  const resource: AccountResource = {
    arn,
    type: 'kms-key',
    tags: new Map([['team', 'blue']]),
    ...(policy && { policy }),
    removeTags: ['team'],
  }
  const principals = picture?.principals.map(({ access }) => access) ?? []
  const changes = [...analyseAccount({ principals, resources: [resource] })]
  expect(changes.map(({ principal, actions, effect }) => [principal.arn, actions, effect])).toEqual([
    [`arn:aws:iam::${TEST_ACCOUNT}:user/grace`, ['kms:Decrypt'], ['loss']],
    [`arn:aws:iam::${TEST_ACCOUNT}:role/team/blue`, ['kms:Decrypt'], ['loss']],
  ])
})
