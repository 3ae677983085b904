import type * as iam from '@aws-sdk/client-iam'
import { type Call, type Operation, operation, type Subject } from '../operation.ts'
import { findGroup, findManagedPolicy, findRole, findUser, noSuchEntity } from './find.ts'
import type { ManagedPolicy, PolicyHolder } from './identities.ts'
import { arn, listMembers, listOf, nameOf } from './listing.ts'
import { attachedView, encoded, policyView, versionView } from './views.ts'

/** The operations on inline and attached policies are the same for the three kinds, but for the name of the name. */
const holders = {
  Role: { nameMax: 64, find: findRole },
  User: { nameMax: 128, find: findUser },
  Group: { nameMax: 128, find: findGroup },
} as const satisfies Record<string, { nameMax: number; find: (call: Call, name: string) => Subject<PolicyHolder> }>

type Kind = keyof typeof holders
type Named = Readonly<Record<string, string>> & { MaxItems?: number; Marker?: string }

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
const getPolicy = operation<iam.GetPolicyRequest, ManagedPolicy>({
  quota: 'iam:all',
  members: { PolicyArn: arn },
  find: (call, { PolicyArn = '' }) => findManagedPolicy(call, PolicyArn),
  run: ({ account }, _input, policy) => ({ Policy: policyView(account, policy) }),
})

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
const getPolicyVersion = operation<iam.GetPolicyVersionRequest, ManagedPolicy>({
  quota: 'iam:all',
  members: {
    PolicyArn: arn,
    VersionId: { type: 'string', required: true, pattern: 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?' },
  },
  find: (call, { PolicyArn = '' }) => findManagedPolicy(call, PolicyArn),
  run(_call, { PolicyArn, VersionId }, policy) {
    const version = policy.versions.find(({ id }) => id === VersionId)
    if (!version) throw noSuchEntity(`Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`)
    return { PolicyVersion: versionView(policy, version) }
  },
})

/** Policies: managed ones, and those of each role, user and group. */
export const policyOperations: Readonly<Record<string, Operation>> = {
  GetPolicy: getPolicy,
  GetPolicyVersion: getPolicyVersion,
  ...Object.fromEntries((['Role', 'User', 'Group'] as const).flatMap(operationsOf)),
}

function operationsOf(kind: Kind): [name: string, Operation][] {
  const { nameMax, find: findNamed } = holders[kind]
  const nameMember = `${kind}Name`
  const name = { [nameMember]: nameOf(nameMax) }
  const find = (call: Call, input: Named): Subject<PolicyHolder> => findNamed(call, input[nameMember] ?? '')

  const listInline = operation<Named, PolicyHolder>({
    quota: 'iam:all',
    members: { ...name, ...listMembers },
    find,
    run: (call, input, holder) =>
      listOf(call, 'PolicyNames', [...holder.inlinePolicies.keys()], input, `${kind} ${holder.name}`),
  })
  const getInline = operation<Named, PolicyHolder>({
    quota: 'iam:all',
    members: { ...name, PolicyName: nameOf(128) },
    find,
    run(_call, { PolicyName = '' }, holder) {
      const document = holder.inlinePolicies.get(PolicyName)
      if (document === undefined) {
        throw noSuchEntity(`The ${kind.toLowerCase()} policy with name ${PolicyName} cannot be found.`)
      }
      return { [nameMember]: holder.name, PolicyName, PolicyDocument: encoded(document) }
    },
  })
  const listAttached = operation<Named, PolicyHolder>({
    quota: 'iam:all',
    members: { ...name, ...listMembers },
    find,
    run: (call, input, holder) =>
      listOf(call, 'AttachedPolicies', attachedView(call.account, holder), input, `${kind} ${holder.name}`),
  })
  return [
    [`List${kind}Policies`, listInline],
    [`Get${kind}Policy`, getInline],
    [`ListAttached${kind}Policies`, listAttached],
  ]
}
