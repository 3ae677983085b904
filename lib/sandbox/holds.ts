import { z } from 'zod'
import { isOperation } from './operations.ts'

/** Where on its way a call is held: before it takes effect, or when it has and its answer has not left yet. */
const places = ['arrived', 'done'] as const
export type HoldPlace = (typeof places)[number]

/** Which call to hold. It is one that no fault keeps from running, and each hold takes one call. */
export const holdRule = z.strictObject({
  /** Any of these, for example `kms:UntagResource`. */
  operations: z.array(z.string().refine(isOperation, 'no operation of the sandbox')).min(1),
  /** The id as the request names it; any resource when left out. */
  resource: z.string().exactOptional(),
  /** Calls whose resource is one of these pass. */
  otherThan: z.array(z.string()).exactOptional(),
  place: z.enum(places),
})
export type HoldRule = z.infer<typeof holdRule>

export const holdEnd = z.strictObject({
  id: z.int(),
  /** `drop`: the connection breaks; what was held before it took effect never does. */
  how: z.enum(['go', 'drop']),
})
export type HoldEnd = z.infer<typeof holdEnd>

interface Passing {
  readonly operation: string
  readonly resource?: string | undefined
  readonly requestId: string
}

/** A hold as its owner sees it; `call` is there once a call is held. */
export interface HoldView {
  readonly id: number
  readonly call: Passing | null
}

interface Hold {
  readonly rule: HoldRule
  readonly ended: PromiseWithResolvers<HoldEnd['how']>
  call?: Passing
}

/** Calls that stand still until somebody lets them go, so that what happens meanwhile is exactly chosen. */
export class Holds {
  readonly #holds = new Map<number, Hold>()
  #lastId = 0

  arm(rule: HoldRule): HoldView {
    this.#lastId += 1
    this.#holds.set(this.#lastId, { rule, ended: Promise.withResolvers() })
    return { id: this.#lastId, call: null }
  }

  view(id: number): HoldView | undefined {
    const hold = this.#holds.get(id)
    return hold && { id, call: hold.call ?? null }
  }

  /** Lets the held call go on or breaks its connection; a hold that has taken none takes none any more. */
  end({ id, how }: HoldEnd): boolean {
    const hold = this.#holds.get(id)
    hold?.ended.resolve(how)
    return this.#holds.delete(id)
  }

  /** Answers at once, or when the hold that takes this call has ended. */
  async pass(place: HoldPlace, call: Passing): Promise<HoldEnd['how']> {
    for (const hold of this.#holds.values()) {
      const { rule } = hold
      const isMeant =
        hold.call === undefined &&
        rule.place === place &&
        rule.operations.includes(call.operation) &&
        (rule.resource === undefined || rule.resource === call.resource) &&
        !rule.otherThan?.includes(call.resource ?? '')
      if (!isMeant) continue
      hold.call = call
      return hold.ended.promise
    }
    return 'go'
  }
}
