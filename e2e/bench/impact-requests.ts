import type { Account } from '#lib/access/account.ts'
import { parseCases } from '#lib/access/parse-case.ts'

const POLICIES = 10
const STATEMENTS = 20
const RESOURCES = 1_000
const account = '111122223333'
const role = `arn:aws:iam::${account}:role/app`
// biome-ignore format: one line is enough for a list of names
export const actions = ['CancelKeyDeletion', 'CreateGrant', 'Decrypt', 'DeleteImportedKeyMaterial', 'DeriveSharedSecret', 'DescribeKey', 'DisableKey', 'DisableKeyRotation', 'EnableKey', 'EnableKeyRotation', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext', 'GenerateDataKeyWithoutPlaintext', 'GenerateMac', 'GetKeyPolicy', 'GetKeyRotationStatus', 'GetParametersForImport', 'GetPublicKey', 'ImportKeyMaterial', 'ListGrants', 'ListKeyPolicies', 'ListKeyRotations', 'ListResourceTags', 'PutKeyPolicy', 'ReEncryptFrom', 'ReEncryptTo', 'ReplicateKey', 'RevokeGrant', 'RotateKeyOnDemand', 'ScheduleKeyDeletion', 'Sign', 'SynchronizeMultiRegionKey', 'TagResource', 'UntagResource', 'UpdateKeyDescription', 'UpdatePrimaryRegion', 'Verify', 'VerifyMac'].map((verb) => `kms:${verb}`)

const keyPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }],
}

/** Each statement asks for one of the ten digits of the tag's value, so that no two resources ask for the same answer. */
const identityPolicies = Array.from({ length: POLICIES }, (_, policy) => ({
  Version: '2012-10-17',
  Statement: Array.from({ length: STATEMENTS }, (_, statement) => {
    const number = policy * STATEMENTS + statement
    const pattern = `v-${'?'.repeat(number % 10)}${number % 20 < 10 ? 1 : 0}*`
    return {
      Effect: number % 5 === 0 ? 'Deny' : 'Allow',
      Action: [0, 1, 2].map((step) => actions[(number * 7 + step * 11) % actions.length]),
      Resource: '*',
      Condition: { StringLike: { 'aws:ResourceTag/code': pattern } },
    }
  }),
}))

const resources = Array.from({ length: RESOURCES }, (_, n) => ({
  arn: `arn:aws:kms:us-east-1:${account}:key/00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  type: 'kms-key',
  tags: { code: `v-${n.toString(2).padStart(10, '0')}` },
  policy: keyPolicy,
}))

/** One principal with 10 policies of 20 statements, and 1,000 keys of which the tag goes that every statement reads. */
export function requestsAccount(): Account {
  const principal = { arn: role, tags: {}, identityPolicies }
  const file = resources.map((resource) => ({
    id: 'bench',
    principal,
    resource,
    action: 'kms:Decrypt',
    removeTags: ['code'],
  }))
  const { cases, problems } = parseCases(JSON.stringify({ cases: file }))
  const [first] = cases
  if (!first) throw new Error(JSON.stringify(problems))
  return {
    principals: [first.principal],
    resources: cases.map(({ resource }) => ({ ...resource, removeTags: ['code'] })),
  }
}

/** The same for the peer, every hundredth resource: before and after, action by action. */
export function requestsForPeer(): { resource: string; action: string; simulation: object }[] {
  const sample = resources.filter((_, n) => n % 100 === 37)
  const named = identityPolicies.map((policy, n) => ({ name: `policy-${n}`, policy }))
  return sample.flatMap(({ arn, tags }) =>
    actions.flatMap((action) =>
      [tags.code, undefined].map((code) => ({
        resource: arn,
        action,
        simulation: {
          request: {
            principal: `arn:aws:sts::${account}:assumed-role/app/bench`,
            action,
            resource: { resource: arn, accountId: account },
            contextVariables: { 'aws:PrincipalArn': role, ...(code !== undefined && { 'aws:ResourceTag/code': code }) },
          },
          identityPolicies: named,
          serviceControlPolicies: [],
          resourceControlPolicies: [],
          resourcePolicy: keyPolicy,
        },
      })),
    ),
  )
}
