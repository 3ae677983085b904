import { expect, test } from 'vitest'
import type { AccountReading, RoleReading } from '../account-reading.ts'
import { mayHaveSessionPolicy } from './session-policy.ts'

const account = '111122223333'
const permissionSet = 'AWSReservedSSO_ReadOnly_0123456789abcdef'
const role = (name: string, arn: string): RoleReading => {
  return { name, arn, id: null, policies: [], boundary: null, tags: null, trustPolicy: null, lastUsedAt: null }
}
const iamRole = (name: string, path = '/') => role(name, `arn:aws:iam::${account}:role${path}${name}`)
const session = (name: string) => role(name, `arn:aws:sts::${account}:assumed-role/${name}/ada`)

test.each<[who: string, readBy: AccountReading['readBy'], roles: RoleReading[], may: boolean]>([
  ['an assumed role', { kind: 'role', name: 'op' }, [iamRole('op')], true],
  ['an assumed role that was not read', { kind: 'role', name: 'op' }, [session('op')], true],
  [
    'a session of IAM Identity Center',
    { kind: 'role', name: permissionSet },
    [iamRole(permissionSet, '/aws-reserved/sso.amazonaws.com/eu-central-1/')],
    false,
  ],
  ['one whose role was not read', { kind: 'role', name: permissionSet }, [session(permissionSet)], false],
  ['one that nobody was read of', { kind: 'role', name: permissionSet }, [], false],
  ['a role that only has the name of one', { kind: 'role', name: permissionSet }, [iamRole(permissionSet)], true],
  ['a federated user', { kind: 'federated', name: 'bob' }, [], true],
  ['an IAM user', { kind: 'user', name: 'grace' }, [iamRole('grace')], false],
  ['the root user', { kind: 'root', name: 'root' }, [], false],
])('%s', (_, readBy, roles, may) => {
  expect(mayHaveSessionPolicy({ readBy, roles })).toBe(may)
})
