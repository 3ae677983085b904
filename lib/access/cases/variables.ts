import {
  allow,
  type Conditions,
  deny,
  from,
  key,
  policyOf2008,
  policyWithoutVersion,
  role,
  TEAM,
  tagged,
  user,
} from './build.ts'
import { source } from './sources.ts'

const PRINCIPAL_TEAM = `\${aws:PrincipalTag/team}`
const asked = (condition: Conditions, team: string, principalTags: Record<string, string> = {}) => ({
  principal: tagged(principalTags, role(allow('kms:Decrypt', condition))),
  resource: key({ team }),
})
const equals = (pattern: string): Conditions => ({ StringEquals: { [TEAM]: pattern } })
const alike = (pattern: string): Conditions => ({ StringLike: { [TEAM]: pattern } })
const notEquals = (pattern: string): Conditions => ({ StringNotEquals: { [TEAM]: pattern } })

/** Variables on the value side of a condition. */
export const variables = from(source.variables, {
  'a principal tag as value': {
    ...asked(equals(PRINCIPAL_TEAM), 'blue', { team: 'blue' }),
    closed: 'loss',
    open: 'same',
  },
  'a principal tag of another value': { ...asked(equals(PRINCIPAL_TEAM), 'blue', { team: 'red' }), closed: 'denied' },
  'a variable without value matches nothing': {
    ...asked(equals(PRINCIPAL_TEAM), 'blue'),
    closed: 'denied',
    open: 'same',
  },
  'a variable without value does not match the missing tag either': {
    ...asked(equals(PRINCIPAL_TEAM), ''),
    closed: 'denied',
  },
  'a negated operator holds against a variable without value': {
    ...asked(notEquals(PRINCIPAL_TEAM), 'blue'),
    closed: 'allowed',
  },
  'IfExists fails against a variable without value while the tag exists': {
    ...asked({ StringEqualsIfExists: { [TEAM]: PRINCIPAL_TEAM } }, 'blue'),
    closed: 'gain',
  },
  'a Deny unless principal and resource agree strikes once the tag is gone': {
    principal: tagged({ team: 'blue' }, role(allow('kms:*'), deny('kms:*', notEquals(PRINCIPAL_TEAM)))),
    resource: key({ team: 'blue' }),
    closed: 'loss',
  },
  'a Deny for a shared value is lifted': {
    principal: tagged({ team: 'blue' }, role(allow('kms:*'), deny('kms:*', equals(PRINCIPAL_TEAM)))),
    resource: key({ team: 'blue' }),
    closed: 'gain',
  },
  'one of several values is a variable': {
    ...asked({ StringEquals: { [TEAM]: ['red', PRINCIPAL_TEAM] } }, 'blue', { team: 'blue' }),
    closed: 'loss',
  },
  'names of variables ignore case': {
    ...asked(equals(`\${AWS:principaltag/TEAM}`), 'blue', { team: 'blue' }),
    closed: 'loss',
  },
  'a variable within a text': {
    ...asked(equals(`b\${aws:PrincipalTag/team}e`), 'blue', { team: 'lu' }),
    closed: 'loss',
  },
  'a variable beside a wildcard': { ...asked(alike(`${PRINCIPAL_TEAM}*`), 'blue', { team: 'bl' }), closed: 'loss' },
  'a variable in IgnoreCase': {
    ...asked({ StringEqualsIgnoreCase: { [TEAM]: PRINCIPAL_TEAM } }, 'blue', { team: 'BLUE' }),
    closed: 'loss',
  },
  'a variable in ArnLike': {
    ...asked({ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/\${aws:ResourceTag/team}` } }, 'app'),
    closed: 'loss',
    open: 'same',
  },
  'a default where the variable has no value': {
    ...asked(equals(`\${aws:PrincipalTag/team, 'blue'}`), 'blue'),
    closed: 'loss',
  },
  'no default where the variable has a value': {
    ...asked(equals(`\${aws:PrincipalTag/team, 'blue'}`), 'blue', { team: 'red' }),
    closed: 'denied',
  },
  'the user name as value': {
    principal: user(allow('kms:Decrypt', equals(`\${aws:username}`))),
    resource: key({ team: 'alice' }),
    closed: 'loss',
  },
  'a role has no user name': { ...asked(equals(`\${aws:username}`), 'app'), closed: 'denied' },
  'the principal ARN as value': {
    ...asked(equals(`\${aws:PrincipalArn}`), 'arn:aws:iam::111122223333:role/app'),
    closed: 'loss',
  },
  'a * in the value of a variable is a literal to StringEquals': {
    ...asked(equals(PRINCIPAL_TEAM), 'blue', { team: 'b*' }),
    closed: 'denied',
  },
  'whether a * in the value of a variable is a wildcard to StringLike is not documented': {
    ...asked(alike(PRINCIPAL_TEAM), 'blue', { team: 'b*' }),
    closed: 'unknown',
    open: 'same',
  },
  'a * in the value of a variable does not matter where both readings agree': {
    ...asked(alike(PRINCIPAL_TEAM), 'b*', { team: 'b*' }),
    closed: 'loss',
  },
})

/** The tag on the value side: the principal's tag is asked for the resource's. */
const SIDE = 'aws:PrincipalTag/team'
const RESOURCE_TEAM = `\${aws:ResourceTag/team}`
const sided = (condition: Conditions, principalTags: Record<string, string> = { team: 'blue' }) => ({
  principal: tagged(principalTags, role(allow('kms:Decrypt', condition))),
  resource: key({ team: 'blue' }),
})

export const tagAsValue = from(source.variables, {
  'the removed tag as value': { ...sided({ StringEquals: { [SIDE]: RESOURCE_TEAM } }), closed: 'loss', open: 'same' },
  'the removed tag as value, of a principal without the tag': {
    ...sided({ StringEquals: { [SIDE]: RESOURCE_TEAM } }, {}),
    closed: 'denied',
  },
  'the removed tag as value of a negated operator': {
    ...sided({ StringNotEquals: { [SIDE]: RESOURCE_TEAM } }),
    closed: 'gain',
    open: 'same',
  },
  'the removed tag as value of IfExists: the principal tag still exists': {
    ...sided({ StringEqualsIfExists: { [SIDE]: RESOURCE_TEAM } }),
    closed: 'loss',
  },
  'the removed tag as value, with a default': {
    ...sided({ StringEquals: { [SIDE]: `\${aws:ResourceTag/team, 'blue'}` } }),
    closed: 'allowed',
  },
  'a default opens what another value of the tag closed': {
    ...sided({ StringEquals: { [SIDE]: `\${aws:ResourceTag/team, 'red'}` } }, { team: 'red' }),
    closed: 'gain',
  },
  'a Deny by unequal tags strikes once the tag is gone': {
    principal: tagged(
      { team: 'blue' },
      role(allow('kms:*'), deny('kms:*', { StringNotEquals: { [SIDE]: RESOURCE_TEAM } })),
    ),
    resource: key({ team: 'blue' }),
    closed: 'loss',
  },
  'another removed tag as value does not matter': {
    ...sided({ StringEquals: { [SIDE]: RESOURCE_TEAM } }),
    removeTags: ['stage'],
    closed: 'allowed',
  },
})

/** `${*}`, `${?}` and `${$}` are the characters themselves. */
export const specialCharacters = from(source.variables, {
  'a literal * in StringLike': { ...asked(alike(`b\${*}`), 'b*'), closed: 'loss' },
  'a literal * in StringLike is no wildcard': { ...asked(alike(`b\${*}`), 'blue'), closed: 'denied' },
  'a * in the value of a variable is text to StringEquals': {
    ...asked(equals(PRINCIPAL_TEAM), 'b*', { team: 'b*' }),
    closed: 'loss',
    open: 'same',
  },
  'a literal ? in StringLike': { ...asked(alike(`blu\${?}`), 'blue'), closed: 'denied' },
  'a literal $ before a brace': { ...asked(equals(`\${$}{team}`), `\${team}`), closed: 'loss' },
})

const withPolicy = (policy: typeof policyOf2008, condition: Conditions, team: string) => ({
  principal: { ...tagged({ team: 'blue' }, role()), identityPolicies: [policy(allow('kms:Decrypt', condition))] },
  resource: key({ team }),
})

/** Variables belong to Version 2012-10-17. */
export const versions = from(source.version, {
  'in Version 2008-10-17 a variable is text': {
    ...withPolicy(policyOf2008, equals(PRINCIPAL_TEAM), 'blue'),
    closed: 'denied',
    open: 'same',
  },
  'without Version a variable is text': {
    ...withPolicy(policyWithoutVersion, equals(PRINCIPAL_TEAM), 'blue'),
    closed: 'denied',
  },
  'in Version 2008-10-17 the text of a variable matches itself': {
    ...withPolicy(policyOf2008, equals(PRINCIPAL_TEAM), PRINCIPAL_TEAM),
    closed: 'loss',
  },
  'in Version 2008-10-17 a negated operator differs from the text': {
    ...withPolicy(policyOf2008, notEquals(PRINCIPAL_TEAM), 'blue'),
    closed: 'allowed',
  },
  'without Version wildcards and conditions work': {
    ...withPolicy(policyWithoutVersion, alike('b*'), 'blue'),
    closed: 'loss',
  },
  'in Version 2008-10-17 the * of a special variable is a wildcard within its text': {
    ...withPolicy(policyOf2008, alike(`b\${*}`), `b\${lue}`),
    closed: 'loss',
  },
})
