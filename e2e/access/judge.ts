import { evaluate } from '#lib/sandbox/evaluation/evaluate.ts'
import type { Facts, Judgement } from '#lib/sandbox/evaluation/facts.ts'
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
  const session = /^arn:aws:sts::(\d+):assumed-role\/(.*)\/[^/]*$/.exec(principal.arn)
  return {
    principal: {
      arn: principal.arn,
      ...(session && { roleArn: `arn:aws:iam::${session[1]}:role/${session[2]}` }),
      tags: principal.tags,
      identityPolicies: principal.identityPolicies,
      ...(principal.groups && { groups: principal.groups }),
      ...(principal.boundary && { boundary: principal.boundary }),
      ...(principal.sessionPolicy && { sessionPolicies: [principal.sessionPolicy] }),
    },
    ...(scps && { scps }),
    ...(rcps && { rcps }),
    resource: {
      arn: resource.arn,
      type: resource.type,
      tags: Object.fromEntries(kept),
      policy: resource.policy ?? null,
      ...(resource.aliases && { aliases: resource.aliases }),
      ...(resource.grants && { grants: resource.grants }),
    },
    action,
    context,
  }
}
