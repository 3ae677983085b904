import type * as iam from '@aws-sdk/client-iam'
import { documentOf, isPolicyDocument } from '../authorization/documents.ts'
import { factsOf } from '../authorization/facts.ts'
import { AwsError } from '../errors.ts'
import { evaluate } from '../evaluation/evaluate.ts'
import type { Document, Facts, Judgement } from '../evaluation/facts.ts'
import { type Call, operation, type RequestContext } from '../operation.ts'
import { contextKeysIn } from './context-keys.ts'
import { findByArn } from './find.ts'
import { documentsOf } from './find-policy.ts'
import type { Group, Role, User } from './identities.ts'
import { arn, listMembers, listOf } from './listing.ts'

const policyText = { type: 'string', min: 1, max: 131_072 } as const

/**
 * As limited as AWS's own: a resource's policy is never fetched, and one that is passed counts for users only; no
 * RCPs, no grants. Statements are not told.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
 */
export const simulatePrincipalPolicy = operation<iam.SimulatePrincipalPolicyRequest, Role | User | Group>({
  quota: 'iam:all',
  members: {
    PolicySourceArn: arn,
    ActionNames: { type: 'list', required: true, member: { type: 'string', min: 3, max: 128 } },
    ResourceArns: { type: 'list', member: { type: 'string', min: 1, max: 2048 } },
    PolicyInputList: { type: 'list', member: policyText },
    PermissionsBoundaryPolicyInputList: { type: 'list', max: 1, member: policyText },
    ResourcePolicy: policyText,
    ContextEntries: {
      type: 'list',
      member: {
        type: 'structure',
        members: {
          ContextKeyName: { type: 'string', min: 5, max: 256 },
          ContextKeyValues: { type: 'list', member: { type: 'string' } },
          ContextKeyType: { type: 'string' },
        },
      },
    },
    ...listMembers,
  },
  find: (call, { PolicySourceArn = '' }) => findByArn(call, PolicySourceArn),
  run(call, input, identity) {
    const { ActionNames = [], ResourceArns = ['*'] } = input
    const source = sourceOf(call, input, identity)
    const results = ActionNames.map((action) => result(source, action, ResourceArns))
    return listOf(call, 'EvaluationResults', results, input, JSON.stringify([identity.arn, ActionNames, ResourceArns]))
  },
})

/** What is the same for all actions and resources of one simulation. */
interface Source {
  readonly facts: Omit<Facts, 'action' | 'resource'>
  readonly resourcePolicy?: Document
  readonly contextKeys: readonly string[]
}

function sourceOf(call: Call, input: iam.SimulatePrincipalPolicyRequest, identity: Role | User | Group): Source {
  const { PolicyInputList = [], PermissionsBoundaryPolicyInputList: [boundaryText] = [], ResourcePolicy } = input
  const documents = [...documentsOf(call.account, identity), ...PolicyInputList].map(wellFormed)
  const isUser = 'groupNames' in identity
  const asked = { ...call, principal: principalOf(call, identity) }
  const context = contextOf(input.ContextEntries)
  const { principal, scps } = factsOf(asked, { arn: '*', type: 'other', tags: {} }, context)
  const boundary = boundaryText === undefined ? principal.boundary : wellFormed(boundaryText)
  const resourcePolicy = isUser && ResourcePolicy !== undefined ? wellFormed(ResourcePolicy) : undefined
  return {
    facts: {
      principal: { ...principal, arn: identity.arn, identityPolicies: documents, ...(boundary && { boundary }) },
      ...(scps && { scps }),
      context,
    },
    ...(resourcePolicy && { resourcePolicy }),
    contextKeys: contextKeysIn([...documents, ...(boundary ? [boundary] : [])]),
  }
}

/** One result of an action, however many resources there are; each has its own inside. */
function result(source: Source, action: string, resourceArns: readonly string[]): iam.EvaluationResult {
  const { facts, contextKeys } = source
  const judged = resourceArns.map((arn) => [arn, judge(source, action, arn)] as const)
  const decisions = new Set(judged.map(([, { decision }]) => decision))
  const given = new Set(Object.keys(facts.context).map((name) => name.toLowerCase()))
  const missing = { MissingContextValues: contextKeys.filter((name) => !given.has(name.toLowerCase())) }
  const isBy = (layer: Judgement['layer']) => judged.some(([, judgement]) => judgement.layer === layer)
  const boundary = (isAllowing: boolean) =>
    facts.principal.boundary && {
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: isAllowing },
    }
  return {
    EvalActionName: action,
    EvalResourceName: resourceArns[0],
    EvalDecision: mostRestrictive.find((decision) => decisions.has(decision)),
    MatchedStatements: [],
    ...missing,
    ...(facts.scps && { OrganizationsDecisionDetail: { AllowedByOrganizations: !isBy('scp') } }),
    ...boundary(!isBy('permissionsBoundary')),
    ResourceSpecificResults: judged.map(([arn, { decision, layer }]) => ({
      EvalResourceName: arn,
      EvalResourceDecision: decision,
      MatchedStatements: [],
      ...missing,
      ...boundary(layer !== 'permissionsBoundary'),
    })),
  }
}

const mostRestrictive = ['explicitDeny', 'implicitDeny', 'allowed'] as const

function judge({ facts, resourcePolicy }: Source, action: string, arn: string): Judgement {
  const resource: Facts['resource'] = resourcePolicy
    ? { arn, type: arn.startsWith('arn:aws:kms:') ? 'kms-key' : 'secret', tags: {}, policy: resourcePolicy }
    : { arn, type: 'other', tags: {} }
  return evaluate({ ...facts, action, resource })
}

/** Groups are simulated as if somebody had nothing but their policies. */
function principalOf({ account }: Call, identity: Role | User | Group): Call['principal'] {
  const principal = { accountId: account.id, arn: identity.arn, userId: identity.id }
  if ('groupNames' in identity) return { ...principal, user: identity }
  return 'trustPolicy' in identity ? { ...principal, role: identity } : principal
}

function contextOf(entries: readonly iam.ContextEntry[] = []): RequestContext {
  return Object.fromEntries(
    entries.map(({ ContextKeyName = '', ContextKeyValues = [], ContextKeyType }) => [
      ContextKeyName,
      ContextKeyType?.endsWith('List') ? ContextKeyValues : (ContextKeyValues[0] ?? []),
    ]),
  )
}

/** @throws AwsError InvalidInput */
function wellFormed(text: string): Document {
  if (!isPolicyDocument(text)) throw new AwsError('InvalidInput', 'Invalid Policy: the document is malformed.')
  return documentOf(text)
}
