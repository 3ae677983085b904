import {
  ALICE,
  APP,
  APP_SESSION,
  allow,
  from,
  grant,
  key,
  OTHER_ACCOUNT,
  OTHER_APP,
  OTHER_ROOT,
  otherRole,
  policy,
  ROOT,
  role,
  rootUser,
  serviceLinkedRole,
  session,
  teamIs,
  user,
} from './build.ts'
import { mayLose, unaffected } from './outcome.ts'
import { source } from './sources.ts'
import { is, not, when } from './witness.ts'

const retire = (retiringPrincipal: string) => ({
  resource: key({ team: 'blue' }, { grants: [{ ...grant(ALICE, ['Decrypt']), retiringPrincipal }] }),
  action: 'kms:RetireGrant',
})

/** “Principals specified in the grant can retire a grant without the kms:RetireGrant permission.” */
export const retiringPrincipals = from(source.retireGrant, {
  'the retiring principal needs no other permission': {
    principal: role(),
    ...retire(APP),
    closed: 'allowed',
    open: 'same',
  },
  'the retiring principal of a role is each of its sessions': {
    principal: session(),
    ...retire(APP),
    closed: 'allowed',
  },
  'the retiring principal may be one session': { principal: session(), ...retire(APP_SESSION), closed: 'allowed' },
  'another principal is not the retiring principal': { principal: user(), ...retire(APP), closed: 'denied' },
  'the retiring principal may be of another account': {
    principal: otherRole(),
    ...retire(otherRole().arn),
    closed: 'allowed',
  },
  'an account that is the retiring principal hands it on by identity policies': {
    principal: otherRole(allow('kms:*', teamIs('blue'))),
    ...retire(OTHER_ROOT),
    closed: 'loss',
  },
  'without such a policy it does not': { principal: otherRole(), ...retire(OTHER_ROOT), closed: 'denied' },
  'the root user of an account that is the retiring principal': {
    principal: rootUser(),
    ...retire(ROOT),
    closed: 'allowed',
  },
  'the retiring principal gets nothing else': {
    principal: role(),
    resource: retire(APP).resource,
    closed: 'denied',
  },
})

const BUCKET = 'arn:aws:s3:::logs'
const onBehalf = (operations: readonly string[]) => ({
  principal: role(allow('kms:*', teamIs('blue'))),
  resource: key({ team: 'blue' }, { grants: [grant(APP, operations, { sourceArn: BUCKET })] }),
})

/** “Effectively the same as having the aws:SourceArn global condition key in the grant.” */
export const sourceArns = from(source.grants, {
  'SourceArn holds for a request on behalf of this resource': {
    ...onBehalf(['Decrypt']),
    context: { 'aws:SourceArn': BUCKET },
    closed: 'allowed',
  },
  'SourceArn fails for another resource': {
    ...onBehalf(['Decrypt']),
    context: { 'aws:SourceArn': `${BUCKET}-2` },
    closed: 'loss',
  },
  'SourceArn fails for a request on behalf of none': { ...onBehalf(['Decrypt']), closed: 'loss' },
  'SourceArn is for asymmetric keys too': { ...onBehalf(['Sign']), action: 'kms:Sign', closed: 'loss' },
  'SourceArn does not apply to RetireGrant': {
    ...onBehalf(['RetireGrant']),
    principal: role(),
    action: 'kms:RetireGrant',
    closed: 'allowed',
    open: unaffected('allow'),
  },
  'SourceArn with DescribeKey on behalf of this resource': {
    ...onBehalf(['DescribeKey']),
    action: 'kms:DescribeKey',
    context: { 'aws:SourceArn': BUCKET },
    closed: 'allowed',
  },
  'SourceArn with DescribeKey on behalf of none: nobody says whether the constraint applies': {
    ...onBehalf(['DescribeKey']),
    action: 'kms:DescribeKey',
    closed: 'unknown',
  },
  'SourceArn with DescribeKey for another session than the grantee': {
    ...onBehalf([]),
    principal: role(),
    resource: key({ team: 'blue' }, { grants: [grant(APP_SESSION, ['DescribeKey'], { sourceArn: BUCKET })] }),
    action: 'kms:DescribeKey',
    closed: 'denied',
  },
  'SourceArn with DescribeKey on behalf of another resource': {
    ...onBehalf(['DescribeKey']),
    action: 'kms:DescribeKey',
    open: mayLose('allow', when({ 'aws:SourceArn': not(is(BUCKET)) })),
  },
})

const elsewhere = {
  ...serviceLinkedRole(),
  arn: `arn:aws:iam::${OTHER_ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
}
const shared = (granteePrincipal: string, operations: readonly string[] = ['Decrypt']) =>
  key({ team: 'blue' }, { grants: [grant(granteePrincipal, operations)] })

/** Whether a grant to another account needs an identity policy there is documented for service-linked roles only. */
export const grantsAcrossAccounts = from(source.grantsAcrossAccounts, {
  'a service-linked role of another account needs nothing but the grant': {
    principal: elsewhere,
    resource: shared(elsewhere.arn),
    closed: 'allowed',
    open: 'same',
  },
  'a role of another account has grant and identity policy': {
    principal: otherRole(allow('kms:Decrypt')),
    resource: shared(OTHER_APP),
    closed: 'allowed',
    open: 'same',
  },
  'a role of another account has the grant alone': {
    principal: otherRole(),
    resource: shared(OTHER_APP),
    open: { before: 'unknown', after: 'unknown', effect: [] },
  },
  'the identity policy beside a grant of another account hangs on the tag': {
    principal: otherRole(allow('kms:Decrypt', teamIs('blue'))),
    resource: shared(OTHER_APP),
    closed: 'unknown',
    open: { before: 'allow', after: 'unknown', effect: ['unknown'] },
  },
  'a boundary limits the identity policy beside a grant of another account': {
    principal: { ...otherRole(allow('kms:Decrypt')), boundary: policy(allow('kms:*', teamIs('blue'))) },
    resource: shared(OTHER_APP),
    closed: 'unknown',
  },
  'the root user of another account has all that the grant gives': {
    principal: { ...rootUser(), arn: OTHER_ROOT },
    resource: shared(OTHER_ROOT),
    closed: 'allowed',
  },
  'the grantee of another account retires the grant without an identity policy': {
    principal: otherRole(),
    resource: shared(OTHER_APP, ['RetireGrant']),
    action: 'kms:RetireGrant',
    closed: 'allowed',
  },
})
