import { allow, deny, from, key, on, role, secret, TEAM, tagged, teamIs } from './build.ts'
import { source } from './sources.ts'

const asked = (contextKey: string, tags: Record<string, string>, removeTags: readonly string[]) => ({
  principal: role(allow('kms:Decrypt', { StringEquals: { [contextKey]: 'blue' } })),
  resource: key(tags),
  removeTags,
})
const secretsOf = (team: string) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:${team}/*`
const ofTeam = secretsOf(`\${${TEAM}}`)
const twins = (team: string, Team: string) => key({ team, Team })
/** An Allow and a Deny that ask this of aws:SourceIdentity. */
const identified = (identity: string, allowed: Record<string, string>, denied: Record<string, string>) => {
  const asks = (operators: Record<string, string>) =>
    Object.fromEntries(Object.entries(operators).map(([operator, value]) => [operator, { [IDENTITY]: value }]))
  return {
    principal: role(allow('kms:Decrypt', asks(allowed)), deny('kms:Decrypt', asks(denied))),
    resource: twins('blue', 'red'),
    context: { [IDENTITY]: identity },
  }
}
const IDENTITY = 'aws:SourceIdentity'
const STAGE = 'aws:ResourceTag/stage'

/** Names of condition keys ignore case, the tag key inside included; the untag call does not. */
export const tagKeys = from(source.tagKeys, {
  'the tag key in a condition ignores case': {
    ...asked('aws:ResourceTag/TEAM', { team: 'blue' }, ['team']),
    closed: 'loss',
    open: 'same',
  },
  'the whole name of the condition key ignores case': {
    ...asked('AWS:resourcetag/Team', { tEAM: 'blue' }, ['tEAM']),
    closed: 'loss',
  },
  'the untag call is case-sensitive': {
    ...asked('aws:ResourceTag/team', { team: 'blue' }, ['Team']),
    closed: 'allowed',
    open: 'same',
  },
  'a tag that is not there cannot go': {
    ...asked('aws:ResourceTag/team', { stage: 'dev' }, ['team']),
    closed: 'denied',
  },
  'nothing is removed': { ...asked('aws:ResourceTag/team', { team: 'blue' }, []), closed: 'allowed' },
  'a tag key may hold slashes': {
    ...asked('aws:ResourceTag/app/team', { 'app/team': 'blue' }, ['app/team']),
    closed: 'loss',
  },
  'a tag key may hold colons': {
    ...asked('aws:ResourceTag/acme:team', { 'acme:team': 'blue' }, ['acme:team']),
    closed: 'loss',
  },
  'a tag key may begin with a slash': {
    ...asked('aws:ResourceTag//team', { '/team': 'blue' }, ['/team']),
    closed: 'loss',
  },
  'a tag key is not a prefix of another': {
    ...asked('aws:ResourceTag/team', { team: 'blue', 'team/x': 'blue' }, ['team/x']),
    closed: 'allowed',
  },
  'a tag key may be named like a member of every object': {
    ...asked('aws:ResourceTag/constructor', { constructor: 'blue' }, ['constructor']),
    closed: 'loss',
  },
  'a tag key with @, +, = and blanks': {
    ...asked('aws:ResourceTag/a b+c=d@e', { 'a b+c=d@e': 'blue' }, ['a b+c=d@e']),
    closed: 'loss',
  },
  'two tags that differ by case and value': {
    principal: role(allow('kms:Decrypt', teamIs('blue'))),
    resource: twins('blue', 'red'),
    closed: 'unknown',
    open: 'same',
  },
  'two tags that differ by case alone: matched is "either but not both"': {
    principal: role(allow('kms:Decrypt', teamIs('blue'))),
    resource: twins('blue', 'blue'),
    closed: 'unknown',
  },
  'two tags that differ by case, both removed': {
    principal: role(allow('kms:Decrypt', teamIs('blue'))),
    resource: twins('blue', 'blue'),
    removeTags: ['team', 'Team'],
    closed: 'unknown',
  },
  'of two tags that differ by case neither has the value, whichever is read': {
    principal: role(allow('kms:Decrypt', teamIs('green'))),
    resource: twins('blue', 'red'),
    removeTags: ['team'],
    closed: 'denied',
    open: 'same',
  },
  'of two tags that differ by case neither has the value of a variable': {
    principal: tagged({ team: 'green' }, role(allow('kms:Decrypt', teamIs(`\${aws:PrincipalTag/team}`)))),
    resource: twins('blue', 'red'),
    removeTags: ['team'],
    closed: 'denied',
  },
  'of two tags that differ by case neither has the value, for ForAnyValue': {
    principal: role(allow('kms:Decrypt', { 'ForAnyValue:StringEquals': { 'aws:ResourceTag/team': 'green' } })),
    resource: twins('blue', 'red'),
    removeTags: ['team'],
    closed: 'denied',
  },
  'two tags that differ by case, of which one may match a free value': {
    principal: role(allow('kms:Decrypt', teamIs(`\${aws:SourceIdentity}`))),
    resource: twins('blue', 'red'),
    removeTags: ['team'],
    closed: 'unknown',
    open: 'same',
    context: { 'aws:SourceIdentity': 'blue' },
  },
  'a negated condition on two tags that differ by case may be read without either': {
    principal: role(allow('kms:Decrypt', { StringNotEquals: { 'aws:ResourceTag/team': 'green' } })),
    resource: twins('blue', 'red'),
    removeTags: ['team'],
    closed: 'unknown',
  },
  'a negated condition that names both of two tags that differ by case may be read without either': {
    principal: role(allow('kms:Decrypt', { StringNotEquals: { [TEAM]: ['blue', 'red'] } })),
    resource: twins('blue', 'red'),
    closed: 'unknown',
  },
  'of two tags that differ by case the condition may read one and its variable the other': {
    principal: role(allow('kms:Decrypt', teamIs('green', `x\${${TEAM}}`))),
    resource: twins('blue', 'xblue'),
    closed: 'unknown',
  },
  'to equal one of two tags that differ by case is not to differ from it': {
    ...identified('blue', { StringEquals: `\${${TEAM}}` }, { StringNotEquals: `\${${TEAM}}` }),
    closed: 'unknown',
  },
  'texts around one of two tags that differ by case part what is asked of it': {
    ...identified('blue-a', { StringEquals: `\${${TEAM}}-a` }, { StringEquals: `\${${TEAM}}-b` }),
    closed: 'unknown',
  },
  'of several values one of two tags that differ by case may be one, and not all': {
    principal: role(
      allow('kms:Decrypt', { 'ForAllValues:StringEquals': { 'aws:CalledVia': [`\${${TEAM}}`, 'green'] } }),
      deny('kms:Decrypt', { 'ForAllValues:StringEquals': { 'aws:CalledVia': `\${${TEAM}}` } }),
    ),
    resource: twins('blue', 'red'),
    context: { 'aws:CalledVia': ['green', 'blue'] },
    closed: 'unknown',
  },
  'IfExists on two tags that differ by case may be read without either': {
    principal: role(allow('kms:Decrypt', { StringEqualsIfExists: { 'aws:ResourceTag/team': 'green' } })),
    resource: twins('blue', 'red'),
    removeTags: ['team'],
    closed: 'unknown',
  },
  'ForAllValues on two tags that differ by case may be read without either': {
    principal: role(allow('kms:Decrypt', { 'ForAllValues:StringEquals': { 'aws:ResourceTag/team': 'green' } })),
    resource: twins('blue', 'red'),
    removeTags: ['team'],
    closed: 'unknown',
  },
  'two tags that differ by case, under a Null that both readings answer alike': {
    principal: role(allow('kms:Decrypt', { Null: { 'aws:ResourceTag/team': 'false' } })),
    resource: twins('blue', 'red'),
    removeTags: ['team'],
    closed: 'allowed',
  },
  'two tags that differ by case do not matter under a sure deny': {
    principal: role(allow('kms:Decrypt', teamIs('blue')), deny('kms:*')),
    resource: twins('blue', 'red'),
    closed: 'denied',
  },
  'what Allow and Deny ask alike of two tags that differ by case is denied by every reading': {
    principal: role(on(ofTeam, allow('secretsmanager:*')), on([ofTeam, secretsOf('green')], deny('secretsmanager:*'))),
    resource: secret({ team: 'green', Team: 'blue' }),
    removeTags: [],
    closed: 'denied',
  },
  'a loss that every reading of two tags that differ by case shows is one, though no reading is sure': {
    principal: role(
      allow('kms:Decrypt', teamIs('blue')),
      allow('kms:Decrypt', { StringEquals: { [STAGE]: 'dev' } }),
      deny('kms:Decrypt', { StringEquals: { [STAGE]: 'dev' }, Null: { [TEAM]: 'true' } }),
    ),
    resource: key({ team: 'blue', stage: 'dev', Stage: 'prod' }),
    closed: 'loss',
    open: 'same',
  },
  'the tag key of a principal tag ignores case': {
    principal: tagged(
      { TEAM: 'blue' },
      role(allow('kms:Decrypt', { StringEquals: { 'aws:PrincipalTag/Team': 'blue', 'aws:ResourceTag/team': 'blue' } })),
    ),
    resource: key({ team: 'blue' }),
    closed: 'loss',
  },
  'aws:ResourceTag of a secret': {
    principal: role(allow('secretsmanager:GetSecretValue', { StringEquals: { 'aws:ResourceTag/Team': 'blue' } })),
    resource: secret({ team: 'blue' }),
    closed: 'loss',
  },
})
