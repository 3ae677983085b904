import { expect, test } from 'vitest'
import type { AccessAnswer } from './case.ts'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import { parseCases } from './parse-case.ts'

const account = '111122223333'
const delegating = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: 'kms:*',
  Resource: '*',
}
const allow = { Effect: 'Allow', Action: 'kms:*', Resource: '*' }
const policy = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements })

function parsed({
  principal = {},
  resource = {},
  ...rest
}: {
  principal?: object
  resource?: object
  scps?: object | 'unread'
}) {
  const { cases, problems } = parseCases(
    JSON.stringify({
      cases: [
        {
          id: 'c',
          principal: { arn: `arn:aws:iam::${account}:role/app`, identityPolicies: [policy(allow)], ...principal },
          resource: {
            arn: `arn:aws:kms:us-east-1:${account}:key/1234`,
            type: 'kms-key',
            tags: { Team: 'blue' },
            policy: policy(delegating),
            ...resource,
          },
          action: 'kms:Decrypt',
          removeTags: ['Team'],
          ...rest,
        },
      ],
    }),
  )
  expect(problems).toEqual([])
  if (!cases[0]) throw new Error('no case')
  return cases[0]
}

const PRINCIPAL_TEAM = `\${aws:PrincipalTag/Team}`
const KEY_OF_TEAM = `arn:aws:kms:*:*:key/*\${aws:ResourceTag/Team, 'x'}`
const asking = (condition: object, more: object = {}) => policy({ ...allow, ...more, Condition: condition })
const subject = 'kms:Decrypt on key/1234'

const rows: { says: string; input: Parameters<typeof parsed>[0]; sentence: string | undefined }[] = [
  { says: 'nothing where nothing changes', input: {}, sentence: undefined },
  {
    says: 'which layer was not read',
    input: { scps: 'unread' },
    sentence: `whether the removal changes ${subject} for role \`app\` is unknown: the SCPs were not read`,
  },
  {
    says: 'all layers that were not read',
    input: { principal: { boundary: 'unread' }, resource: { policy: 'unread' } },
    sentence:
      `whether the removal changes ${subject} for role \`app\` is unknown: ` +
      'the permissions boundary was not read; the policy of the resource was not read',
  },
  {
    says: 'which Allow goes, by its Sid, in the spelling of the policy and of the tag',
    input: {
      principal: {
        tags: { Team: 'blue' },
        identityPolicies: [
          policy(),
          asking({ StringEquals: { 'aws:resourcetag/team': PRINCIPAL_TEAM } }, { Sid: 'ByTeam' }),
        ],
      },
    },
    sentence:
      `role \`app\` loses ${subject}: \`ByTeam\` in identityPolicies[1] no longer allows it, for it asks ` +
      `aws:ResourceTag/Team to equal \`${PRINCIPAL_TEAM}\`, and tag \`Team\` goes`,
  },
  {
    says: 'which Deny of an SCP comes',
    input: {
      scps: [
        [policy(allow)],
        [policy(allow, { ...allow, Effect: 'Deny', Condition: { Null: { 'aws:ResourceTag/team': true } } })],
      ],
    },
    sentence:
      `role \`app\` loses ${subject}: statement 2 in an SCP of level 1 now denies it, for it asks ` +
      'aws:ResourceTag/Team to be absent, and tag `Team` goes',
  },
  {
    says: 'a gain as loud as a loss',
    input: {
      principal: {
        arn: `arn:aws:iam::${account}:user/x/alice`,
        groups: [
          {
            name: 'devs',
            policies: [asking({ StringLike: { 'aws:ResourceTag/Team': ['b*', 'c', 'd', 'e'] } }, { Effect: 'Deny' })],
          },
        ],
      },
    },
    sentence:
      `user \`alice\` gains ${subject}: statement 1 in a policy of group \`devs\` no longer denies it, for it asks ` +
      'aws:ResourceTag/Team to be like `b*` or `c` or `d` or 1 more, and tag `Team` goes',
  },
  {
    says: 'an Allow that comes, for a session',
    input: {
      principal: {
        arn: `arn:aws:sts::${account}:assumed-role/app/ci`,
        identityPolicies: [
          asking({ StringNotEquals: { 'aws:ResourceTag/Team': 'blue' }, Bool: { 'aws:SecureTransport': true } }),
        ],
      },
    },
    sentence:
      `session \`ci\` of role \`app\` gains ${subject}: statement 1 in identityPolicies[0] now allows it, for it asks ` +
      'aws:ResourceTag/Team not to equal `blue`, and tag `Team` goes',
  },
  {
    says: 'a Resource that reads the tag',
    input: {
      principal: {
        identityPolicies: [policy({ ...allow, Resource: KEY_OF_TEAM })],
      },
      resource: { arn: `arn:aws:kms:us-east-1:${account}:key/1234blue` },
    },
    sentence:
      `role \`app\` loses ${subject}blue: statement 1 in identityPolicies[0] no longer allows it, for it asks ` +
      `Resource to be like \`${KEY_OF_TEAM}\`, and tag \`Team\` goes`,
  },
]
test.each(rows)('it says $says', ({ input, sentence }) => {
  const accessCase = parsed(input)
  expect(explain(accessCase, decide(accessCase, { context: 'closed' }))).toBe(sentence)
})

const asked: AccessAnswer = { id: 'c', before: 'allow', after: 'depends', effect: ['may-lose'], because: [] }
const answers: { says: string; answer: AccessAnswer; sentence: string }[] = [
  {
    says: 'in which context it happens, and by which statement there',
    answer: {
      ...asked,
      because: ['boundary.Statement[0]'],
      witness: { 'aws:SourceIp': '203.0.113.7', 'aws:PrincipalTag/Team': 'blue', 'aws:SourceVpc': null },
      when: 'aws:SourceIp is outside 10.0.0.0/8 (such as 203.0.113.7)',
    },
    sentence:
      `role \`app\` may lose ${subject} when aws:SourceIp is outside 10.0.0.0/8 (such as 203.0.113.7): statement 1 in ` +
      `the permissions boundary no longer allows it, for it asks aws:ResourceTag/Team to equal \`${PRINCIPAL_TEAM}\`, ` +
      'and tag `Team` goes',
  },
  {
    says: 'that the search ended early',
    answer: { ...asked, effect: ['may-lose', 'may-gain'], undecided: true, reason: '20,000 nodes were looked at' },
    sentence: `role \`app\` may lose ${subject}; in other contexts it may gain it; not decided: 20,000 nodes were looked at`,
  },
  {
    says: 'why it is unknown',
    answer: { ...asked, before: 'unknown', after: 'unknown', effect: ['unknown'], reason: 'the SCPs were not read' },
    sentence: `whether the removal changes ${subject} for role \`app\` is unknown: the SCPs were not read`,
  },
]
test.each(answers)('it says $says', ({ answer, sentence }) => {
  const boundary = asking({
    StringEquals: { 'aws:ResourceTag/Team': PRINCIPAL_TEAM },
    NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
    Null: { 'aws:SourceVpc': 'true' },
  })
  expect(explain(parsed({ principal: { sessionTags: 'unknown', boundary } }), answer)).toBe(sentence)
})

test('it says both directions of an answer, and which one the witness shows', () => {
  const accessCase = parsed({
    principal: {
      identityPolicies: [
        asking({ StringEquals: { 'aws:ResourceTag/Team': 'blue' }, Bool: { 'aws:MultiFactorAuthPresent': true } }),
        asking({ Null: { 'aws:ResourceTag/Team': true, 'aws:MultiFactorAuthPresent': true } }),
      ],
    },
  })
  const sentence = explain(accessCase, decide(accessCase, { context: 'open' }))
  expect(sentence).toBe(
    `role \`app\` loses ${subject} wherever it had it, such as when aws:MultiFactorAuthPresent is \`true\`: statement 1 ` +
      'in identityPolicies[0] no longer allows it, for it asks aws:ResourceTag/Team to equal `blue`, and tag `Team` ' +
      'goes; in other contexts it may gain it',
  )
})

const byTeam = asking({ StringEquals: { 'aws:ResourceTag/Team': 'blue' } }, { Sid: 'ByTeam' })
const besidesTeam = asking({ StringNotEquals: { 'aws:ResourceTag/Team': 'blue' } }, { Sid: 'BesidesTeam' })

test.each([
  { says: 'what is gained', policy: byTeam, sentence: 'gains', statement: '`ByTeam`', asks: 'to equal' },
  { says: 'what is lost', policy: besidesTeam, sentence: 'loses', statement: '`BesidesTeam`', asks: 'not to equal' },
])('of putting back it says $says, with the policy by its name', ({ policy, sentence, statement, asks }) => {
  const accessCase = parsed({ principal: { identityPolicies: [policy] } })
  const policyName = (pointer: string) => (pointer === 'identityPolicies[0]' ? 'policy `Own` of the role' : undefined)
  const verb = sentence === 'gains' ? 'now allows' : 'no longer allows'
  expect(explain(accessCase, decide(accessCase, { context: 'open' }), { change: 'putBack', policyName })).toBe(
    `role \`app\` ${sentence} ${subject}: ${statement} in policy \`Own\` of the role ${verb} it, for it asks ` +
      `aws:ResourceTag/Team ${asks} \`blue\`, and tag \`Team\` comes`,
  )
})

test('of putting back it says which direction the witness shows, where both happen', () => {
  const mfa = 'aws:MultiFactorAuthPresent'
  const accessCase = parsed({
    principal: {
      identityPolicies: [
        asking({ StringEquals: { 'aws:ResourceTag/Team': 'blue' }, Bool: { [mfa]: true } }),
        asking({ Null: { 'aws:ResourceTag/Team': true, [mfa]: true } }),
      ],
    },
  })
  const sentence = explain(accessCase, decide(accessCase, { context: 'open' }), { change: 'putBack' })
  expect(sentence).toContain(`role \`app\` may gain ${subject} when ${mfa} is \`true\`: statement 1 in`)
  expect(sentence).toContain('and tag `Team` comes; in other contexts it loses it')
})

test('of putting back it says what is unknown', () => {
  const accessCase = parsed({ scps: 'unread' })
  expect(explain(accessCase, decide(accessCase, { context: 'open' }), { change: 'putBack' })).toBe(
    `whether putting back changes ${subject} for role \`app\` is unknown: the SCPs were not read`,
  )
})
