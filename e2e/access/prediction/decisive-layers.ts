import type { AccessCase } from '#lib/access/case.ts'
import { decide } from '#lib/access/decide.ts'

/** The case without one of its layers. */
const without = {
  identity: (each) => ({ ...each, principal: { ...each.principal, identityPolicies: [] } }),
  group: (each) => ({ ...each, principal: { ...each.principal, groups: [] } }),
  boundary: ({ principal: { boundary: _, ...principal }, ...each }) => ({ ...each, principal }),
  session: ({ principal: { sessionPolicy: _, ...principal }, ...each }) => ({ ...each, principal }),
  scp: ({ scps: _, ...each }) => each,
  rcp: ({ rcps: _, ...each }) => each,
  resource: ({ resource: { policy: _, ...resource }, ...each }) => ({ ...each, resource }),
  grant: ({ resource: { grants: _, ...resource }, ...each }) => ({ ...each, resource }),
} as const satisfies Record<string, (each: AccessCase) => AccessCase>

export type Layer = keyof typeof without
export const layers = Object.keys(without) as Layer[]

/** The layers without which the engine would say something else of the case. */
export function decisiveLayers(accessCase: AccessCase): Layer[] {
  const told = (each: AccessCase) => {
    const { before, after } = decide(each, { context: 'closed' })
    return `${before} ${after}`
  }
  const asItIs = told(accessCase)
  return layers.filter((layer) => told(without[layer](accessCase)) !== asItIs)
}
