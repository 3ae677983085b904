import type { AccessCase, CasePolicy } from './case.ts'
import type { Policy, Statement } from './policy.ts'

/** What the pointer of an answer points to, and the layer in which it stands, in words. */
interface StatementPlace {
  readonly layer: string
  readonly policy: Policy
  readonly index: number
  readonly statement: Statement
}

interface Holder {
  readonly pointer: RegExp
  readonly layer: (accessCase: AccessCase, first: number) => string
  readonly policy: (accessCase: AccessCase, first: number, second: number) => CasePolicy | undefined
}

const resourcePolicies = { 'kms-key': 'the key policy', secret: "the secret's resource policy" }

const holders: readonly Holder[] = [
  {
    pointer: /^identityPolicies\[(\d+)\]$/,
    layer: (_, first) => `identityPolicies[${first}]`,
    policy: ({ principal }, first) => principal.identityPolicies[first],
  },
  {
    pointer: /^groups\[(\d+)\]\.policies\[(\d+)\]$/,
    layer: ({ principal }, first) => `a policy of group \`${principal.groups?.[first]?.name}\``,
    policy: ({ principal }, first, second) => principal.groups?.[first]?.policies[second],
  },
  {
    pointer: /^boundary$/,
    layer: () => 'the permissions boundary',
    policy: ({ principal }) => principal.boundary,
  },
  {
    pointer: /^sessionPolicy$/,
    layer: () => 'the session policy',
    policy: ({ principal }) => principal.sessionPolicy,
  },
  {
    pointer: /^scps\[(\d+)\]\[(\d+)\]$/,
    layer: (_, first) => `an SCP of level ${first}`,
    policy: ({ scps }, first, second) => scps?.[first]?.[second],
  },
  {
    pointer: /^rcps\[(\d+)\]\[(\d+)\]$/,
    layer: (_, first) => `an RCP of level ${first}`,
    policy: ({ rcps }, first, second) => rcps?.[first]?.[second],
  },
  {
    pointer: /^resource\.policy$/,
    layer: ({ resource }) => resourcePolicies[resource.type],
    policy: ({ resource }) => resource.policy,
  },
]

/**
 * The place of a statement that a pointer such as `scps[1][0].Statement[2]` names; undefined for a grant, and for what
 * was not read.
 */
export function statementAt(accessCase: AccessCase, pointer: string): StatementPlace | undefined {
  const [, place = '', index] = /^(.*)\.Statement\[(\d+)\]$/.exec(pointer) ?? []
  for (const holder of holders) {
    const found = holder.pointer.exec(place)
    if (!found) continue
    const [first, second] = [Number(found[1]), Number(found[2])]
    const policy = holder.policy(accessCase, first, second)
    if (policy === undefined || policy === 'unread') return undefined
    const statement = policy.statements[Number(index)]
    return statement && { layer: holder.layer(accessCase, first), policy, index: Number(index), statement }
  }
  return undefined
}
