import { evaluate } from '#lib/sandbox/evaluation/evaluate.ts'
import type { Facts, Judgement } from '#lib/sandbox/evaluation/facts.ts'
import { services } from './alphabet.ts'
import type { CaseFile } from './case-file.ts'

export interface Verdict {
  /** `unknown`: AWS's documents allow readings that decide differently. */
  before: 'allow' | 'deny' | 'unknown'
  after: 'allow' | 'deny' | 'unknown'
  effect: ('loss' | 'gain' | 'unknown')[]
  /** Why a side is unknown. */
  undocumented?: string
}

/** What the sandbox's evaluator, which goes by AWS's documents rule by rule, decides before and after the removal. */
export function judge(file: CaseFile): Verdict {
  const [before, after] = [evaluate(factsOf(file, 'before')), evaluate(factsOf(file, 'after'))]
  const [was, is] = [decisionOf(before), decisionOf(after)]
  const undocumented = before.undocumented ?? after.undocumented
  return {
    before: was,
    after: is,
    effect: was === is && was !== 'unknown' ? [] : [undocumented ? 'unknown' : was === 'allow' ? 'loss' : 'gain'],
    ...(undocumented !== undefined && { undocumented }),
  }
}

function decisionOf({ decision, undocumented }: Judgement): Verdict['before'] {
  if (undocumented !== undefined) return 'unknown'
  return decision === 'allowed' ? 'allow' : 'deny'
}

function factsOf(file: CaseFile, side: 'before' | 'after'): Facts {
  const { principal, scps, rcps, resource, action, context = {}, removeTags } = file
  const kept = Object.entries(resource.tags).filter(([key]) => side === 'before' || !removeTags.includes(key))
  const hasResource = !Object.values(services).some(({ resourceless }) => resourceless === action)
  return {
    principal: {
      ...sessionFacts(principal),
      arn: principal.arn,
      tags: principal.tags,
      identityPolicies: principal.identityPolicies,
      ...(principal.groups && { groups: principal.groups }),
      ...(principal.boundary && { boundary: principal.boundary }),
      ...(principal.sessionPolicy && { sessionPolicies: [principal.sessionPolicy] }),
    },
    ...(scps && { scps }),
    ...(rcps && { rcps }),
    resource: hasResource ? resourceFacts(resource, Object.fromEntries(kept)) : { arn: '*', type: 'other', tags: {} },
    action,
    context: { ...ofEveryRequest(context), ...(hasResource ? {} : placeOf(resource.arn)) },
  }
}

/** What the caller is follows from its credentials, and the names of the encryption context from its pairs. */
function ofEveryRequest(context: Facts['context']): Facts['context'] {
  const pair = /^kms:EncryptionContext:/i
  const names = Object.keys(context).flatMap((key) => (pair.test(key) ? key.replace(pair, '') : []))
  const derived = {
    'aws:PrincipalIsAWSService': 'false',
    ...(names.length > 0 && { 'kms:EncryptionContextKeys': names }),
  }
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()))
  return { ...Object.fromEntries(Object.entries(derived).filter(([key]) => !given.has(key.toLowerCase()))), ...context }
}

/** A request goes to a Region and an account, also when it is about no resource: those of the case's ARN. */
function placeOf(arn: string): Record<string, string> {
  const [, , , region = '', account = ''] = arn.split(':')
  return { 'aws:RequestedRegion': region, 'aws:ResourceAccount': account }
}

function resourceFacts(resource: CaseFile['resource'], tags: Facts['resource']['tags']): Facts['resource'] {
  const { arn, type, policy = null, aliases, grants, primaryRegion } = resource
  return {
    arn,
    type,
    tags,
    policy,
    ...(aliases && { aliases }),
    ...(grants && { grants }),
    ...(type === 'kms-key' && { kmsFacts: kmsFactsOf(resource) }),
    ...(primaryRegion !== undefined && { primaryRegion }),
  }
}

/** aws:userid of a session ends in its name, which a role alone does not tell. */
function sessionFacts({ arn, roleArn, userId }: CaseFile['principal']): Partial<Facts['principal']> {
  const uniqueId = userId !== undefined && { uniqueId: userId }
  const [, account, role, name] = /^arn:aws:sts::(\d+):assumed-role\/(.*)\/([^/]*)$/.exec(arn) ?? []
  if (name === undefined) return { ...uniqueId, ...(userId !== undefined && !arn.includes(':role/') && { userId }) }
  return {
    ...uniqueId,
    roleArn: roleArn ?? `arn:aws:iam::${account}:role/${role}`,
    ...(userId !== undefined && { userId: `${userId}:${name}` }),
  }
}

function kmsFactsOf(resource: CaseFile['resource']): NonNullable<Facts['resource']['kmsFacts']> {
  const { keySpec, keyUsage, keyOrigin, multiRegion, multiRegionKeyType } = resource
  return {
    ...(keySpec !== undefined && { KeySpec: keySpec }),
    ...(keyUsage !== undefined && { KeyUsage: keyUsage }),
    ...(keyOrigin !== undefined && { Origin: keyOrigin }),
    ...(multiRegion !== undefined && { MultiRegion: multiRegion }),
    ...(multiRegionKeyType !== undefined && { MultiRegionKeyType: multiRegionKeyType }),
  }
}
