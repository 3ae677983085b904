import { grantOperations } from '../kms/grant-operations.ts'
import type { Case } from './case.ts'
import type { Grant } from './facts.ts'

// "Grant constraints are not applied to operations that do not support an encryption context": KMS API Reference,
// "GrantConstraints". These are the operations that have one.
const withEncryptionContext: readonly string[] = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
]

/**
 * Whether a grant lets the principal perform the operation. Grants only allow, in the key's account and across accounts.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export function someGrantAllows(kase: Case): boolean {
  const operation = grantOperations.find((name) => `kms:${name}`.toLowerCase() === kase.facts.action.toLowerCase())
  if (operation === undefined) return false
  return (kase.facts.resource.grants ?? []).some(
    (grant) =>
      grant.operations.includes(operation) &&
      isGrantee(grant.granteePrincipal, kase) &&
      constraintsHold(grant, operation, kase),
  )
}

/** Whether the ARN in a grant is the principal's: its role's, its session's, its user's, the account's for the root user. */
export function isPrincipal(arn: string, { identity }: Case): boolean {
  return arn === identity.arn || arn === identity.sessionArn
}

/** Whether the ARN in a grant is that of the principal's account. */
export function isAccountOf(arn: string, { identity }: Case): boolean {
  return arn.endsWith(`:iam::${identity.account}:root`)
}

function isGrantee(arn: string, kase: Case): boolean {
  if (isPrincipal(arn, kase)) return true
  return isAccountOf(arn, kase) && kase.ask('whom a grant to a whole account serves', arn, false)
}

function constraintsHold({ constraints = {} }: Grant, operation: string, kase: Case): boolean {
  const { encryptionContextEquals, encryptionContextSubset, sourceArn } = constraints
  if (sourceArn !== undefined && !sourceArnHolds(sourceArn, operation, kase)) return false
  if (!encryptionContextEquals && !encryptionContextSubset) return true
  if (operation === 'CreateGrant') {
    return kase.ask('whether the grant that CreateGrant makes is as strict as its parent', constraints, true)
  }
  if (!withEncryptionContext.includes(operation)) return true
  const { pairs, names } = encryptionContextOf(kase)
  return (
    holdsIn(encryptionContextSubset, pairs) &&
    holdsIn(encryptionContextEquals, pairs) &&
    isAll(encryptionContextEquals, names)
  )
}

// KMS API Reference, "GrantConstraints", SourceArn: "does not apply to RetireGrant operation"; "can also be applied to the
// DescribeKey operation when specified in the request".
function sourceArnHolds(sourceArn: string, operation: string, { context, ask }: Case): boolean {
  if (operation === 'RetireGrant') return true
  const [given] = context.get('aws:sourcearn')?.values ?? []
  if (given === undefined && operation === 'DescribeKey') {
    return ask('whether a SourceArn constraint holds for DescribeKey without a source', sourceArn, false)
  }
  return given === sourceArn
}

// "In a grant constraint, the key in each key-value pair is not case sensitive, but the value is case sensitive."
function holdsIn(
  constraint: Readonly<Record<string, string>> | undefined,
  pairs: ReadonlyMap<string, string>,
): boolean {
  return Object.entries(constraint ?? {}).every(([name, value]) => pairs.get(name.toLowerCase()) === value)
}

function isAll(constraint: Readonly<Record<string, string>> | undefined, names: ReadonlySet<string>): boolean {
  if (!constraint) return true
  const wanted = Object.keys(constraint).map((name) => name.toLowerCase())
  return [...names].every((name) => wanted.includes(name))
}

// kms:EncryptionContext:name and kms:EncryptionContextKeys are two views of one map.
function encryptionContextOf({ context }: Case) {
  const prefix = 'kms:encryptioncontext:'
  const entries = [...context].filter(([key]) => key.startsWith(prefix))
  const pairs = new Map(entries.map(([key, { values }]) => [key.slice(prefix.length), values[0] ?? '']))
  const further = context.get('kms:encryptioncontextkeys')?.values ?? []
  return { pairs, names: new Set([...pairs.keys(), ...further.map((name) => name.toLowerCase())]) }
}
