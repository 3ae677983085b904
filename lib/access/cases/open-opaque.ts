import { allow, type Conditions, deny, from, key, role, teamIs } from './build.ts'
import { type Expectation, loses } from './outcome.ts'
import { source } from './sources.ts'
import { inside, is, like, not, when } from './witness.ts'

const VPC = 'aws:SourceVpc'
const VPCE = 'aws:SourceVpce'
const blue = key({ team: 'blue' })
const besideTag = (condition: Conditions) => ({
  principal: role(allow('kms:*', teamIs('blue')), allow('kms:*', condition)),
  resource: blue,
})
/** Never none: the change is real, whether or not the search can name a context. */
const mayLose: Expectation = { before: 'allow', effect: ['may-lose'] }

/** What cannot be listed value by value is tried both ways; a flip is never overlooked for it. */
export const openOpaque = from(source.openContext, {
  'a free variable before a wildcard, of a free key': {
    ...besideTag({ StringLike: { [VPC]: `\${${VPCE}}*` } }),
    open: mayLose,
  },
  'a free variable that ignores case, of a free key': {
    ...besideTag({ StringEqualsIgnoreCase: { [VPC]: `\${${VPCE}}` } }),
    open: mayLose,
  },
  'two free variables in one value': {
    ...besideTag({ StringEquals: { 'aws:UserAgent': `\${${VPC}}-\${${VPCE}}` } }),
    open: mayLose,
  },
  'a set operator with a free variable': {
    ...besideTag({ 'ForAnyValue:StringEquals': { 'aws:CalledVia': `\${${VPCE}}` } }),
    open: mayLose,
  },
  'a string pattern on an address': { ...besideTag({ StringLike: { 'aws:SourceIp': '10.*' } }), open: mayLose },
  'a string pattern on a number': { ...besideTag({ StringLike: { 'aws:MultiFactorAuthAge': '1*' } }), open: mayLose },
  'a string pattern on an instant': { ...besideTag({ StringLike: { 'aws:CurrentTime': '2026-*' } }), open: mayLose },
  'an opaque condition under a sure Deny for the missing tag': {
    principal: role(
      allow('kms:*'),
      deny('kms:*', { Null: { 'aws:ResourceTag/team': 'true' } }),
      deny('kms:*', { StringNotLike: { [VPC]: `\${${VPCE}}*` } }),
    ),
    resource: blue,
    open: { after: 'deny', effect: ['loss'] },
  },
})

const byTag = (condition: Conditions) => ({
  principal: role(allow('kms:*', { ...teamIs('blue'), ...condition })),
  resource: blue,
})

/** Several operators, of different kinds, ask one free key. */
export const openMixed = from(source.openContext, {
  'an address in a block, but not that one text': {
    ...byTag({ IpAddress: { 'aws:SourceIp': '203.0.113.6/31' }, StringNotEquals: { 'aws:SourceIp': '203.0.113.6' } }),
    open: loses('depends', when({ 'aws:SourceIp': is('203.0.113.7') })),
  },
  'an address in two blocks that overlap': {
    ...byTag({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' }, NotIpAddress: { 'aws:SourceIp': '10.128.0.0/9' } }),
    open: loses('depends', when({ 'aws:SourceIp': inside('10.0.0.0/9') })),
  },
  'an ARN by string and by ARN pattern': {
    ...byTag({
      StringLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:orders' },
      ArnNotLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:orders' },
    }),
    open: loses('depends', when({ 'aws:SourceArn': like(/^arn:aws:sns:.*:111122223333:orders$/s) })),
  },
  'IfExists, Null and a value of one key': {
    ...byTag({
      StringNotEqualsIfExists: { [VPC]: 'vpc-1' },
      Null: { [VPC]: 'false' },
      StringLike: { [VPC]: 'vpc-?' },
    }),
    open: loses(
      'depends',
      when({ [VPC]: (values) => /^vpc-.$/su.test(values?.[0] ?? '') && not(is('vpc-1'))(values) }),
    ),
  },
})
