import { allow, type Conditions, deny, from, key, role, TEAM, teamIs } from './build.ts'
import { loses, mayLose, unaffected } from './outcome.ts'
import { source } from './sources.ts'
import { instant, is, like, when } from './witness.ts'

const blue = key({ team: 'blue' })
const and = (condition: Conditions): Conditions => ({
  ...condition,
  StringEquals: { ...condition.StringEquals, [TEAM]: 'blue' },
})
const byTag = (condition: Conditions) => ({ principal: role(allow('kms:*', and(condition))), resource: blue })
const mfa = 'aws:MultiFactorAuthPresent'

/** Addresses, numbers, ARNs and instants: where one class of values ends and the next begins. */
export const openRanges = from(source.openContext, {
  'both sides of a CIDR edge: the last address within': {
    ...byTag({
      IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
      NotIpAddress: {
        'aws:SourceIp': [
          '203.0.113.0/25',
          '203.0.113.128/26',
          '203.0.113.192/27',
          '203.0.113.224/28',
          '203.0.113.240/29',
          '203.0.113.248/30',
          '203.0.113.252/31',
          '203.0.113.254/32',
        ],
      },
    }),
    open: loses('depends', when({ 'aws:SourceIp': is('203.0.113.255') })),
  },
  'both sides of a CIDR edge: the first address beyond': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      allow('kms:*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
      deny('kms:*', { NotIpAddress: { 'aws:SourceIp': ['203.0.113.255/32', '203.0.114.0/32'] } }),
    ),
    resource: blue,
    open: mayLose('depends', when({ 'aws:SourceIp': is('203.0.114.0') })),
  },
  'a block within a block that is taken out': {
    ...byTag({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' }, NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
    open: unaffected('deny'),
  },
  'an IPv6 block beside an IPv4 one': {
    ...byTag({
      IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '2001:db8::/32'] },
      NotIpAddress: { 'aws:SourceIp': '0.0.0.0/0' },
    }),
    open: loses('depends', when({ 'aws:SourceIp': like(/^2001:0?db8:/i) })),
  },
  'between two numbers': {
    principal: role(
      allow('kms:*', {
        ...teamIs('blue'),
        NumericGreaterThan: { 'aws:MultiFactorAuthAge': '10' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '12' },
      }),
    ),
    resource: blue,
    open: loses(
      'depends',
      when({
        'aws:MultiFactorAuthAge': (values) => Number(values?.[0]) > 10 && Number(values?.[0]) < 12,
        [mfa]: () => true,
      }),
    ),
  },
  'an ARN whose account is free, but no more': {
    ...byTag({
      ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:*:orders' },
      ArnNotLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:1*:orders' },
    }),
    open: loses('depends', when({ 'aws:SourceArn': like(/^arn:aws:sns:us-east-1:(?!1)[^:]*:orders$/) })),
  },
  'an empty window of time': {
    ...byTag({
      DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
      DateLessThan: { 'aws:CurrentTime': '2025-01-01T00:00:00Z' },
    }),
    open: unaffected('deny'),
  },
  'a window of time': {
    ...byTag({
      DateGreaterThan: { 'aws:CurrentTime': '2025-01-01T00:00:00Z' },
      DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
    }),
    open: loses(
      'depends',
      when({ 'aws:CurrentTime': instant((at) => at > Date.parse('2025-01-01') && at < Date.parse('2026-01-01')) }),
    ),
  },
  'an expired window: the clock is not asked': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      allow('kms:*', { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }),
    ),
    resource: blue,
    open: mayLose('allow', when({ 'aws:CurrentTime': instant((at) => at >= Date.parse('2020-01-01')) })),
  },
})
