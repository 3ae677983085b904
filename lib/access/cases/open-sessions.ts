import { APP_SESSION, allow, deny, from, key, role, secret, session, TEAM, tagged, teamIs, to } from './build.ts'
import { loses, mayLose, unaffected } from './outcome.ts'
import { source } from './sources.ts'
import { is, like, when } from './witness.ts'

const read = 'secretsmanager:GetSecretValue'
const blue = key({ team: 'blue' })

/** Tags of other people's sessions. */
const paired = allow('kms:*', { StringEquals: { [TEAM]: `\${aws:PrincipalTag/team}` } })
const guest = (statement: typeof paired, tags: Record<string, string> = {}) => ({
  ...tagged(tags, session(statement)),
  sessionTags: 'unknown' as const,
})

export const sessionTags = from(source.openContext, {
  'a session that may carry unknown tags: lost by those that carry the value': {
    principal: guest(paired),
    resource: blue,
    closed: 'denied',
    open: loses('depends', when({ 'aws:PrincipalTag/team': is('blue') })),
  },
  'a session without unknown tags carries none': {
    principal: session(paired),
    resource: blue,
    closed: 'denied',
    open: unaffected('deny'),
  },
  'a tag that the session is known to carry is not free': {
    principal: guest(paired, { team: 'blue' }),
    resource: blue,
    open: loses('allow'),
  },
  'a tag that the session is known to carry with another value': {
    principal: guest(paired, { team: 'red' }),
    resource: blue,
    open: unaffected('deny'),
  },
  'an unknown session tag as condition of its own': {
    principal: guest(allow('kms:*', { StringEquals: { [TEAM]: 'blue', 'aws:PrincipalTag/admin': 'yes' } })),
    resource: blue,
    open: loses('depends', when({ 'aws:PrincipalTag/admin': is('yes') })),
  },
  'a Deny unless tags agree: every session but the unequal ones loses': {
    principal: {
      ...session(allow('kms:*'), deny('kms:*', { StringNotEquals: { [TEAM]: `\${aws:PrincipalTag/team}` } })),
      sessionTags: 'unknown' as const,
    },
    resource: blue,
    closed: 'denied',
    open: loses('depends', when({ 'aws:PrincipalTag/team': is('blue') })),
  },
})

/** The session's name is free where only the role is known. */
export const sessionNames = from(source.openContext, {
  'a resource policy by tag for one session of the role': {
    principal: role(),
    resource: secret({ team: 'blue' }, to(APP_SESSION, allow(read, teamIs('blue')))),
    open: loses('depends'),
  },
  'another session of an exact session is not meant': {
    principal: { ...session(), arn: `${APP_SESSION}x` },
    resource: secret({ team: 'blue' }, to(APP_SESSION, allow(read, teamIs('blue')))),
    open: unaffected('deny'),
  },
  'one session keeps what the role loses': {
    principal: role(allow(read, teamIs('blue'))),
    resource: secret({ team: 'blue' }, to(APP_SESSION, allow(read))),
    open: mayLose('allow', when({ 'aws:userid': like(/^[^:]+:(?!alice$)[\w+=,.@-]{2,64}$/) })),
  },
  'the session name stands in aws:userid too: another name is denied': {
    principal: role(deny(read, { StringNotLike: { 'aws:userid': '*:bob' } })),
    resource: secret({ team: 'blue' }, to(APP_SESSION, allow(read, teamIs('blue')))),
    open: unaffected('deny'),
  },
  'aws:userid of a session is the role id, a colon and the session name': {
    principal: role(allow(read, teamIs('blue')), allow(read, { StringLike: { 'aws:userid': '?*:?*' } })),
    resource: secret({ team: 'blue' }),
    open: unaffected('allow'),
  },
  'one name in aws:userid makes up for the tag': {
    principal: role(allow(read, teamIs('blue')), allow(read, { StringLike: { 'aws:userid': '*:bob' } })),
    resource: secret({ team: 'blue' }),
    open: mayLose('allow', when({ 'aws:userid': like(/^[^:]+:(?!bob$)[\w+=,.@-]{2,64}$/) })),
  },
  'aws:userid of an exact session ends in its name': {
    principal: session(
      allow(read, { StringEquals: { 'aws:ResourceTag/team': 'blue' }, StringLike: { 'aws:userid': '*:alice' } }),
    ),
    resource: secret({ team: 'blue' }),
    open: loses('allow'),
  },
})
