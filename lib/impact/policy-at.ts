import { readIdentity } from '../access/principal.ts'
import type { StoredLevels } from '../impact-facts.ts'
import type { StoredCase } from './stored-case.ts'

/** A policy for people. */
export interface NamedPolicy {
  /** “policy `OwnResources` of the role” */
  readonly layer: string
  /** Of a managed policy. */
  readonly arn: string | null
  readonly text: string
}

const whose = { root: 'the root user', user: 'the user', role: 'the role' }

/**
 * The policy to which a pointer of the engine leads: `identityPolicies[0]`, `groups[1].policies[0]`, `boundary`,
 * `scps[1][0]`, `resource.policy`. Undefined for one that was not read.
 */
export function policyAt(
  { principal, resource, picture }: Omit<StoredCase, 'action'>,
  pointer: string,
): NamedPolicy | undefined {
  if (pointer === 'resource.policy') {
    const layer = resource.type === 'key' ? 'the key policy' : "the secret's resource policy"
    return resource.policy.text === null ? undefined : { layer, arn: null, text: resource.policy.text }
  }
  const [, list, level, place] = /^(scps|rcps)\[(\d+)\]\[(\d+)\]$/.exec(pointer) ?? []
  if (list === 'scps' || list === 'rcps') return controlPolicy(picture[list], list, Number(level), Number(place))
  const document = principal.documents.find((each) => each.pointer === pointer)
  if (!document || document.text === null) return undefined
  return { layer: layerOf(principal, document), arn: document.arn, text: document.text }
}

function controlPolicy(
  levels: StoredLevels,
  list: 'scps' | 'rcps',
  level: number,
  place: number,
): NamedPolicy | undefined {
  const at = levels?.[level]
  const policy = at?.policies[place]
  const kind = list === 'scps' ? 'SCP' : 'RCP'
  return at && policy && { layer: `${kind} \`${policy.name}\` at ${at.target}`, arn: null, text: policy.text }
}

function layerOf(
  { arn, groupNames }: StoredCase['principal'],
  { pointer, name }: { pointer: string; name: string },
): string {
  if (pointer === 'boundary') return `permissions boundary \`${name}\``
  if (pointer === 'sessionPolicy') return 'the session policy'
  const [, group] = /^groups\[(\d+)\]/.exec(pointer) ?? []
  if (group !== undefined) return `policy \`${name}\` of group \`${groupNames[Number(group)]}\``
  return `policy \`${name}\` of ${whose[readIdentity(arn)?.kind ?? 'role']}`
}
