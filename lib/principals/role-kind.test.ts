import { expect, test } from 'vitest'
import { type RoleKind, roleKindOf } from './role-kind.ts'

const sso = 'aws-reserved/sso.amazonaws.com'

test.each<[arn: string, kind: RoleKind]>([
  ['role/app', { of: 'account' }],
  ['role/team/app', { of: 'account' }],
  [
    'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
    { of: 'service', service: 'autoscaling.amazonaws.com' },
  ],
  [
    `role/${sso}/eu-central-1/AWSReservedSSO_Read_Only_4a1f0c9d2e7b6835`,
    { of: 'permissionSet', permissionSet: 'Read_Only' },
  ],
  // The identity source is in us-east-1.
  [`role/${sso}/AWSReservedSSO_Admin_4a1f0c9d2e7b6835`, { of: 'permissionSet', permissionSet: 'Admin' }],
  ['role/AWSReservedSSO_Fake_4a1f0c9d2e7b6835', { of: 'account' }],
])('%s', (resource, kind) => {
  expect(roleKindOf(`arn:aws:iam::111122223333:${resource}`)).toEqual(kind)
})
