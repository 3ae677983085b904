import {
  ALICE,
  APP,
  APP_SESSION,
  allow,
  from,
  grant,
  key,
  OTHER_ROOT,
  otherRole,
  ROOT,
  role,
  rootUser,
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
    open: unaffected('allow'),
  },
  'SourceArn with DescribeKey on behalf of this resource': {
    ...onBehalf(['DescribeKey']),
    action: 'kms:DescribeKey',
    context: { 'aws:SourceArn': BUCKET },
    closed: 'allowed',
  },
  // Without aws:SourceArn it is not documented whether the constraint applies.
  'SourceArn with DescribeKey on behalf of another resource': {
    ...onBehalf(['DescribeKey']),
    action: 'kms:DescribeKey',
    open: mayLose('allow', when({ 'aws:SourceArn': not(is(BUCKET)) })),
  },
})
