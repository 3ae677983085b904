import { z } from 'zod'
import { isOperation } from './operations.ts'
import type { Random } from './random.ts'

/** Where a fault may strike, and how often. */
export const faultRule = z.strictObject({
  /** `kms:UntagResource`, or `*` for all. */
  operation: z.string().refine((name) => name === '*' || isOperation(name), 'no operation of the sandbox'),
  region: z.string().exactOptional(),
  /** The id as the request names it: for keys and secrets the ARN. */
  resource: z.string().exactOptional(),
  kind: z.enum([
    'throttle',
    'serverError',
    'denied',
    'lockout',
    'expired',
    'html',
    'timeout',
    'reset',
    'regionDown',
    'lostReply',
    'lostReplyTimeout',
    'staleRead',
  ]),
  /** Strikes this often and no more; a staleRead so often for each resource. */
  count: z.int().min(1).exactOptional(),
  probability: z.number().min(0).max(1).exactOptional(),
  /** A staleRead strikes only so long after the last change of the tags. */
  withinMs: z.int().min(1).exactOptional(),
  /** Lets this many matching calls pass first. */
  afterCalls: z.int().min(1).exactOptional(),
  /** Status of an html answer, 403 when left out. */
  status: z.union([z.literal(200), z.literal(403)]).exactOptional(),
})

export type FaultRule = z.infer<typeof faultRule>
/** The kinds that strike a call before or after it runs. A staleRead strikes inside, where tags are read. */
export type CallFault = Exclude<FaultRule['kind'], 'staleRead'>
export type CallFaultRule = FaultRule & { kind: CallFault }

interface ArmedRule extends FaultRule {
  matched: number
  readonly struck: Map<string, number>
}

interface Struck {
  readonly operation: string
  readonly region: string
  readonly resource?: string | undefined
}

/** The faults that are on. The first rule that strikes wins. */
export class Faults {
  #rules: ArmedRule[] = []
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  replace(rules: readonly FaultRule[]): void {
    this.#rules = rules.map((rule) => ({ ...rule, matched: 0, struck: new Map() }))
  }

  /** The rules and how often each has struck. */
  list(): (FaultRule & { struck: number })[] {
    return this.#rules.map(({ matched: _, struck, ...rule }) => ({
      ...rule,
      struck: [...struck.values()].reduce((sum, times) => sum + times, 0),
    }))
  }

  /** The rule that strikes this call before or after it runs; counts it. */
  strike(call: Struck): CallFaultRule | undefined {
    return this.#rules.find(
      (rule): rule is ArmedRule & CallFaultRule => rule.kind !== 'staleRead' && this.#strikes(rule, call, ''),
    )
  }

  /** Whether this read shows the resource as it was before its last change, so long ago; counts it for the resource. */
  strikesRead(call: Struck & { resource: string }, changedMsAgo: number): boolean {
    return this.#rules.some(
      (rule) =>
        rule.kind === 'staleRead' &&
        changedMsAgo <= (rule.withinMs ?? Number.POSITIVE_INFINITY) &&
        this.#strikes(rule, call, call.resource),
    )
  }

  #strikes(rule: ArmedRule, call: Struck, counter: string): boolean {
    const matches =
      (rule.operation === '*' || rule.operation === call.operation) &&
      (rule.region === undefined || rule.region === call.region) &&
      (rule.resource === undefined || rule.resource === call.resource)
    if (!matches) return false
    rule.matched += 1
    if (rule.matched <= (rule.afterCalls ?? 0)) return false

    const times = rule.struck.get(counter) ?? 0
    if (times >= (rule.count ?? Number.POSITIVE_INFINITY)) return false
    if (rule.probability !== undefined && this.#random() >= rule.probability) return false
    rule.struck.set(counter, times + 1)
    return true
  }
}
