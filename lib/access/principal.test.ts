import { expect, test } from 'vitest'
import { type Identity, identityOf, namedBy, readIdentity } from './principal.ts'

const IAM = 'arn:aws:iam::111122223333'
const STS = 'arn:aws:sts::111122223333'

test.for([
  ['a user with a path', `${IAM}:user/dev/ada`, { kind: 'user', name: 'ada', isServiceLinkedRole: false }],
  ['a role', `${IAM}:role/app`, { kind: 'role', name: 'app', isServiceLinkedRole: false }],
  ['a root user', `${IAM}:root`, { kind: 'root', account: '111122223333', partition: 'aws' }],
  ['a root user of China', 'arn:aws-cn:iam::111122223333:root', { kind: 'root', partition: 'aws-cn' }],
  ['a service-linked role', `${IAM}:role/aws-service-role/x.amazonaws.com/A`, { isServiceLinkedRole: true }],
  ['a session', `${STS}:assumed-role/app/ada`, { kind: 'role', arn: `${IAM}:role/app`, sessionName: 'ada' }],
] as const)('reads %s', ([, arn, expected]) => {
  expect(readIdentity(arn)).toMatchObject(expected)
})

test.for([
  ['no ARN', 'app'],
  ['an ARN without account', 'arn:aws:iam:::role/app'],
  ['a user without name', `${IAM}:user/`],
  ['a group', `${IAM}:group/devs`],
  ['a role of another service', 'arn:aws:kms::111122223333:role/app'],
  ['a user of another service', `${STS}:user/ada`],
  ['a session of another service', `${IAM}:assumed-role/app/ada`],
  ['a federated user', `${STS}:federated-user/app/ada`],
  ['a session without name', `${STS}:assumed-role/app`],
] as const)('%s is nobody', ([, arn]) => {
  expect(readIdentity(arn)).toBeUndefined()
})

test('a session is of the role that is told beside it, whose path becomes its own', () => {
  const told = { arn: `${STS}:assumed-role/app/ada`, roleArn: `${IAM}:role/dev/app` }
  expect(identityOf(told)).toMatchObject({ arn: told.roleArn, sessionName: 'ada' })
  expect(identityOf(told)?.isPathUnknown).toBeUndefined()
})

test.for([
  ['of another name', `${STS}:assumed-role/app/ada`, `${IAM}:role/other`],
  ['of another account', `${STS}:assumed-role/app/ada`, 'arn:aws:iam::444455556666:role/app'],
  ['of another partition', `${STS}:assumed-role/app/ada`, 'arn:aws-cn:iam::111122223333:role/app'],
  ['that is a session', `${STS}:assumed-role/app/ada`, `${STS}:assumed-role/app/bob`],
  ['that is a user', `${STS}:assumed-role/app/ada`, `${IAM}:user/app`],
  ['that is nobody', `${STS}:assumed-role/app/ada`, 'app'],
  ['beside a role', `${IAM}:role/app`, `${IAM}:role/app`],
  ['beside a user', `${IAM}:user/app`, `${IAM}:role/app`],
  ['beside nobody', 'app', `${IAM}:role/app`],
] as const)('no principal has a role %s', ([, arn, roleArn]) => {
  expect(identityOf({ arn, roleArn })).toBeUndefined()
})

const read = (arn: string, more: Partial<Identity> = {}) => ({ ...(readIdentity(arn) as Identity), ...more })

test.for([
  ['*', read(`${IAM}:user/ada`), { as: 'everyone' }],
  ['111122223333', read(`${IAM}:user/ada`), { as: 'account' }],
  [`${IAM}:root`, read(`${IAM}:user/ada`), { as: 'account' }],
  ['AIDAADA', read(`${IAM}:user/ada`, { userId: 'AIDAADA' }), { as: 'user' }],
  [`${IAM}:user/ada`, read(`${IAM}:user/ada`), { as: 'user' }],
  [`${IAM}:user/dev/ada`, read(`${IAM}:user/ada`), undefined],
  [`${IAM}:role/ada`, read(`${IAM}:user/ada`), undefined],
  [`${STS}:assumed-role/ada/ada`, read(`${IAM}:user/ada`), undefined],
  [`${IAM}:user/app`, read(`${STS}:assumed-role/app/ada`), undefined],
  ['arn:aws:iam::444455556666:user/ada', read(`${IAM}:user/ada`), undefined],
  ['arn:aws-cn:iam::111122223333:user/ada', read(`${IAM}:user/ada`), undefined],
  [`${IAM}:role/dev/app`, read(`${STS}:assumed-role/app/ada`), { as: 'role' }],
  [`${IAM}:role/dev/app`, read(`${IAM}:role/app`), undefined],
  [`${STS}:assumed-role/app/ada`, read(`${STS}:assumed-role/app/ada`), { as: 'session' }],
  [`${STS}:assumed-role/app/bob`, read(`${STS}:assumed-role/app/ada`), undefined],
  [`${STS}:assumed-role/other/ada`, read(`${STS}:assumed-role/app/ada`), undefined],
  [`${STS}:assumed-role/app/ada`, read(`${IAM}:role/app`), { as: 'session', ifSession: 'ada' }],
] as const)('%s names a principal as it is', ([entry, who, expected]) => {
  expect(namedBy(entry, who)).toEqual(expected)
})
