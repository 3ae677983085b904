import { analyseAccount } from '/work/main/lib/access/account.ts'
import { parsePolicy } from '/work/main/lib/access/parse-policy.ts'

const [R, P] = [Number(process.argv[2] ?? 10000), Number(process.argv[3] ?? 1000)]
let s = 42
const rnd = (n: number) => {
  s = (s * 1103515245 + 12345) & 0x7fffffff
  return s % n
}
const tagKeys = ['team', 'env', 'owner', 'app', 'cost', 'stage', 'data', 'tier']
const removed = ['team', 'env', 'owner', 'app', 'cost']
const pol = (st: unknown[], kind = 'identity') => {
  const r = parsePolicy({ Version: '2012-10-17', Statement: st }, '', kind as never)
  if (!r.policy) throw new Error(JSON.stringify(r.problems))
  return r.policy
}
const acct = '111122223333'
const keyPolicies = Array.from({ length: 20 }, (_, i) =>
  pol(
    [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${acct}:root` }, Action: 'kms:*', Resource: '*' },
      ...(i % 3 === 0
        ? [
            {
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${acct}:role/r${i}` },
              Action: ['kms:Decrypt', 'kms:Encrypt'],
              Resource: '*',
            },
          ]
        : []),
    ],
    'key',
  ),
)
const resources = Array.from({ length: R }, (_, i) => {
  const tags = new Map(
    tagKeys.filter(() => rnd(3) > 0).map((k) => [k, k + '-' + rnd(k === 'owner' ? 500 : 20)] as [string, string]),
  )
  const kms = i % 2 === 0
  const hex = i.toString(16).padStart(12, '0')
  return {
    arn: kms
      ? `arn:aws:kms:eu-west-1:${acct}:key/1234abcd-12ab-34cd-56ef-${hex}`
      : `arn:aws:secretsmanager:eu-west-1:${acct}:secret:app${rnd(100)}/s${i}-AbCdEf`,
    type: (kms ? 'kms-key' : 'secret') as 'kms-key' | 'secret',
    tags,
    ...(kms ? { policy: keyPolicies[rnd(20)]!, aliases: [`alias/k${i}`] } : {}),
    removeTags: removed.filter(() => rnd(2) === 0),
  }
})
const scps = [
  [pol([{ Effect: 'Allow', Action: '*', Resource: '*' }], 'scp')],
  [
    pol(
      [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        {
          Effect: 'Deny',
          Action: ['kms:ScheduleKeyDeletion'],
          Resource: '*',
          Condition: { Null: { 'aws:ResourceTag/data': 'true' } },
        },
      ],
      'scp',
    ),
  ],
]
const managed = Array.from({ length: 30 }, (_, i) =>
  pol([
    {
      Effect: 'Allow',
      Action:
        i % 2
          ? ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*']
          : ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      Resource: '*',
      Condition: {
        StringEquals: { [`aws:ResourceTag/${tagKeys[i % 8]}`]: '${aws:PrincipalTag/' + tagKeys[i % 8] + '}' },
      },
    },
    { Effect: 'Allow', Action: ['kms:List*', 'kms:Describe*'], Resource: '*' },
    ...(i % 5 === 0
      ? [
          {
            Effect: 'Deny',
            Action: 'kms:*',
            Resource: '*',
            Condition: {
              StringNotEquals: { [`aws:ResourceTag/env`]: ['env-1', 'env-2', 'env-3'] },
              Bool: { 'aws:MultiFactorAuthPresent': 'false' },
            },
          },
        ]
      : []),
    ...(i % 7 === 0
      ? [{ Effect: 'Allow', Action: 'secretsmanager:*', Resource: `arn:aws:secretsmanager:*:${acct}:secret:app${i}/*` }]
      : []),
  ]),
)
const heavy = [[pol([{Effect:'Allow',Action:'*',Resource:'*'},{Effect:'Deny',Action:['kms:*','secretsmanager:*'],Resource:'*',Condition:{Null:{'aws:ResourceTag/team':'true'}}}],'scp')]]
const principals = Array.from({ length: P }, (_, i) => ({
  arn: `arn:aws:iam::${acct}:role/r${i}`,
  tags: new Map(tagKeys.map((k) => [k, k + '-' + rnd(k === 'owner' ? 500 : 20)] as [string, string])),
  identityPolicies:
    rnd(10) < Number(process.argv[4] ?? 3)
      ? [managed[rnd(30)]!, managed[rnd(30)]!]
      : [pol([{ Effect: 'Allow', Action: ['s3:*', 'kms:Decrypt'], Resource: '*' }])],
  scps,
}))
const t0 = performance.now()
let changes = 0,
  pairs = 0,
  n = 0
const g = analyseAccount({ principals, resources }, { context: 'open' })
let r = g.next()
while (!r.done) {
  n++
  changes += r.value.actions.length * r.value.resources.length
  pairs += r.value.resources.length
  r = g.next()
}
const ms = performance.now() - t0
console.log({
  R,
  P,
  ms: Math.round(ms),
  groups: n,
  changedDecisions: changes,
  ...r.value,
  rssMb: Math.round(process.memoryUsage.rss() / 1e6),
  evalPerSec: Math.round((r.value.evaluated / ms) * 1000),
})
