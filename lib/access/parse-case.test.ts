import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseCases } from './parse-case.ts'

const keyCase = {
  id: 'c',
  principal: { arn: 'arn:aws:iam::111122223333:role/app' },
  resource: { arn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab', type: 'kms-key' },
  action: 'kms:Decrypt',
  removeTags: ['team'],
}
const parse = (...cases: unknown[]) => parseCases(JSON.stringify({ cases }))
const problemsOf = (change: object) =>
  parse(keyCase, { ...keyCase, ...change }).problems.map(({ path, message }) => `${path}: ${message}`)

test('the samples have no problem', () => {
  const { cases, problems } = parseCases(readFileSync(new URL('cases/samples.json', import.meta.url), 'utf8'))
  expect(problems).toEqual([])
  expect(cases).toHaveLength(16)
})

test('what may be left out', () => {
  expect(parse(keyCase).cases).toEqual([
    {
      ...keyCase,
      principal: { ...keyCase.principal, tags: new Map(), identityPolicies: [] },
      resource: { ...keyCase.resource, tags: new Map() },
      context: new Map(),
    },
  ])
})

test('everything that a case may have', () => {
  const policy = { Statement: [] }
  const parsed = { version: '2008-10-17', statements: [] }
  const full = {
    ...keyCase,
    principal: {
      arn: 'arn:aws:sts::111122223333:assumed-role/app/session',
      roleArn: 'arn:aws:iam::111122223333:role/apps/app',
      userId: 'AROAEXAMPLE',
      tags: { __proto__x: 'a' },
      sessionTags: 'unknown',
      identityPolicies: [policy],
      groups: [{ name: 'devs', policies: [policy] }],
      boundary: policy,
      sessionPolicy: policy,
    },
    scps: [[policy], []],
    rcps: [[policy]],
    resource: {
      ...keyCase.resource,
      tags: { team: '' },
      policy,
      aliases: ['alias/app'],
      keySpec: 'SYMMETRIC_DEFAULT',
      keyUsage: 'ENCRYPT_DECRYPT',
      keyOrigin: 'AWS_KMS',
      multiRegion: false,
      multiRegionKeyType: 'PRIMARY',
      grants: [
        {
          grantId: 'g',
          granteePrincipal: 'p',
          retiringPrincipal: 'r',
          operations: ['Decrypt'],
          constraints: { encryptionContextEquals: { app: 'x' }, sourceArn: 'arn:aws:s3:::logs' },
        },
      ],
    },
    action: 'KMS:decrypt',
    context: { 'AWS:TagKeys': ['team'], 'aws:MultiFactorAuthPresent': true },
  }
  expect(parse(full)).toEqual({
    problems: [],
    cases: [
      {
        ...full,
        action: 'kms:Decrypt',
        principal: {
          ...full.principal,
          tags: new Map([['__proto__x', 'a']]),
          identityPolicies: [parsed],
          groups: [{ name: 'devs', policies: [parsed] }],
          boundary: parsed,
          sessionPolicy: parsed,
        },
        scps: [[parsed], []],
        rcps: [[parsed]],
        resource: {
          ...full.resource,
          tags: new Map([['team', '']]),
          policy: parsed,
          grants: [
            {
              ...full.resource.grants[0],
              constraints: { encryptionContextEquals: new Map([['app', 'x']]), sourceArn: 'arn:aws:s3:::logs' },
            },
          ],
        },
        context: new Map([
          ['aws:tagkeys', ['team']],
          ['aws:multifactorauthpresent', ['true']],
        ]),
      },
    ],
  })
})

test('what was not read, alone or in place of a whole list', () => {
  const partly = {
    ...keyCase,
    principal: {
      ...keyCase.principal,
      identityPolicies: ['unread', { Statement: [] }],
      groups: [{ name: 'devs', policies: 'unread' }],
      boundary: 'unread',
      sessionPolicy: 'unread',
    },
    scps: 'unread',
    rcps: ['unread', ['unread']],
    resource: { ...keyCase.resource, policy: 'unread', grants: 'unread' },
  }
  const { cases, problems } = parse(partly, {
    ...keyCase,
    principal: { ...keyCase.principal, identityPolicies: 'unread' },
  })
  expect(problems).toEqual([])
  expect(cases[0]).toMatchObject({
    principal: {
      identityPolicies: ['unread', { statements: [] }],
      groups: [{ name: 'devs', policies: ['unread'] }],
      boundary: 'unread',
      sessionPolicy: 'unread',
    },
    scps: [['unread']],
    rcps: [['unread'], ['unread']],
    resource: { policy: 'unread', grants: ['unread'] },
  })
  expect(cases[1]?.principal.identityPolicies).toEqual(['unread'])
})

test('the Region of the primary of a replica', () => {
  const { cases } = parse({
    ...keyCase,
    resource: { ...secret, primaryRegion: 'eu-west-1' },
    action: 'secretsmanager:GetSecretValue',
  })
  expect(cases[0]?.resource.primaryRegion).toBe('eu-west-1')
})

test('a tag may be called __proto__', () => {
  const text = JSON.stringify({ cases: [keyCase] }).replace('"type":', '"tags":{"__proto__":"x"},"type":')
  expect(parseCases(text).cases[0]?.resource.tags).toEqual(new Map([['__proto__', 'x']]))
})

const secret = {
  arn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf',
  type: 'secret',
  tags: {},
} as const
const faults: { fault: string; change: object; problems: string[] }[] = [
  {
    fault: 'everything is missing',
    change: { id: undefined, principal: undefined, resource: undefined, action: undefined, removeTags: undefined },
    problems: ['id', 'principal', 'resource', 'action', 'removeTags'].map(
      (name) => `cases[1]: \`${name}\` is missing; add it`,
    ),
  },
  {
    fault: 'a misspelled member, which would hide a layer',
    change: { scp: [] },
    problems: [expect.stringMatching(/^cases\[1\]\.scp: unknown element; known are `id`, /)],
  },
  {
    fault: 'a principal that is none',
    change: { principal: { arn: 'arn:aws:iam::111122223333:group/devs', tags: { team: 1 } } },
    problems: [
      'cases[1].principal.arn: `arn:aws:iam::111122223333:group/devs` is no role, session of a role, user or root user; correct the ARN',
      'cases[1].principal.tags.team: is the number `1`; write a text in quotes',
    ],
  },
  {
    fault: 'an ARN of the other type',
    change: { resource: { ...secret, type: 'kms-key' } },
    problems: [`cases[1].resource.arn: \`${secret.arn}\` is no ARN of a kms-key; correct the ARN or \`type\``],
  },
  {
    fault: 'a secret with what keys have, and an action on keys',
    change: { resource: { ...secret, aliases: [], grants: [] } },
    problems: [
      'cases[1].resource.aliases: only KMS keys have `aliases`; take it out',
      'cases[1].resource.grants: only KMS keys have `grants`; take it out',
      'cases[1].action: `kms:Decrypt` is no action on a secret; correct it or the resource',
    ],
  },
  {
    fault: 'an action that no reference knows',
    change: { action: 'kms:Decript' },
    problems: ['cases[1].action: `kms:Decript` is no action of KMS or Secrets Manager; check its spelling'],
  },
  {
    fault: 'context that follows from the case, and the same key twice',
    change: { context: { 'aws:ResourceTag/team': 'x', 'AWS:SourceIp': 'a', 'aws:sourceip': 'b' } },
    problems: [
      'cases[1].context["aws:ResourceTag/team"]: follows from the rest of the case; take it out',
      'cases[1].context["aws:sourceip"]: stands twice but for the case of its letters; keep one of them',
    ],
  },
  {
    fault: 'facts of the other type, and of no known form',
    change: {
      principal: { ...keyCase.principal, userId: 'AROAEXAMPLE:alice', roleArn: 'arn:aws:iam::111122223333:role/app' },
      scps: 'all',
      resource: { ...keyCase.resource, multiRegion: 'yes', multiRegionKeyType: 'BOTH', primaryRegion: 'eu-west-1' },
    },
    problems: [
      'cases[1].principal.roleArn: `arn:aws:iam::111122223333:role/app` is not the role of a session `arn:aws:iam::111122223333:role/app`; correct it or take it out',
      'cases[1].principal.userId: `AROAEXAMPLE:alice` is no unique id of a user or role; write the id alone, such as `AROA…`',
      'cases[1].scps: is `all`; write an array',
      'cases[1].resource.primaryRegion: only secrets have `primaryRegion`; take it out',
      'cases[1].resource.multiRegion: is `yes`; write true or false',
      'cases[1].resource.multiRegionKeyType: is `BOTH`; write `PRIMARY` or `REPLICA`',
    ],
  },
  {
    fault: 'the role of another session',
    change: {
      principal: {
        arn: 'arn:aws:sts::111122223333:assumed-role/app/alice',
        roleArn: 'arn:aws:iam::111122223333:role/apps/other',
      },
    },
    problems: [
      'cases[1].principal.roleArn: `arn:aws:iam::111122223333:role/apps/other` is not the role of a session `arn:aws:sts::111122223333:assumed-role/app/alice`; correct it or take it out',
    ],
  },
  {
    fault: 'faults deep inside',
    change: {
      principal: { ...keyCase.principal, groups: [{ name: 'g', policies: [{ Statement: [{ Effect: 1 }] }] }] },
      scps: [[{ Statement: {} }]],
      resource: { ...keyCase.resource, policy: { Version: 1, Statement: [] }, grants: [{}] },
    },
    problems: [
      'cases[1].principal.groups[0].policies[0].Statement[0].Effect: is the number `1`; write `Allow` or `Deny`',
      'cases[1].principal.groups[0].policies[0].Statement[0]: `Action` is missing; add `Action` or `NotAction`',
      'cases[1].principal.groups[0].policies[0].Statement[0]: `Resource` is missing; add `Resource` or `NotResource`',
      'cases[1].scps[0][0].Statement: `Effect` is missing; add it',
      'cases[1].scps[0][0].Statement: `Action` is missing; add `Action` or `NotAction`',
      'cases[1].scps[0][0].Statement: `Resource` is missing; add `Resource` or `NotResource`',
      'cases[1].resource.policy.Version: is the number `1`; write `2012-10-17` or `2008-10-17`',
      'cases[1].resource.grants[0]: `grantId` is missing; add it',
      'cases[1].resource.grants[0]: `granteePrincipal` is missing; add it',
      'cases[1].resource.grants[0]: `operations` is missing; add it',
    ],
  },
]
test.each(faults)('$fault', ({ change, problems }) => {
  expect(problemsOf(change)).toEqual(problems)
  expect(parse(keyCase, { ...keyCase, ...change }).cases).toEqual([])
})

test.each(['', '[]', '{}', '{"cases":{}}', '7', 'null', '{"cases":[]'])('a file that holds %j', (text) => {
  expect(parseCases(text).problems).toHaveLength(1)
})
