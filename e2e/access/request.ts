import type { Service } from './alphabet.ts'
import { type ContextKey, derivedKeys } from './alphabet-context.ts'
import type { CaseFile } from './case-file.ts'
import type { Dice } from './dice.ts'

/** What the generator knows of the request while it writes policies. `context` fills as conditions ask, unless they find a key missing. */
export interface Request {
  service: Service
  principal: Pick<CaseFile['principal'], 'arn' | 'tags'>
  resource: Pick<CaseFile['resource'], 'tags' | 'aliases'>
  removeTags: string[]
  /** Keys that conditions may ask for besides tags and derived ones. */
  requestKeys: readonly ContextKey[]
  /** Known in every case of this action. */
  fixed: Record<string, string | string[]>
  /** Undefined in open cases, where a key that a condition asks for stays free. */
  context: Record<string, string | string[]> | undefined
}

/** What the request holds under a key. The first condition that asks for a key of the request decides whether it is there. */
export function heldBy(dice: Dice, request: Request, key: ContextKey): readonly string[] {
  const tag = /^(?:aws|secretsmanager):(resource|principal)tag\/(.*)$/i.exec(key.name)
  if (tag) {
    const tags = tag[1]?.toLowerCase() === 'principal' ? request.principal.tags : request.resource.tags
    return Object.entries(tags).flatMap(([name, value]) =>
      name.toLowerCase() === tag[2]?.toLowerCase() ? [value] : [],
    )
  }
  if (derivedKeys.includes(key)) return derived(request, key)
  const { context, fixed } = request
  if (fixed[key.name] !== undefined) return [fixed[key.name] ?? []].flat()
  if (!context) return [dice.one(key.values)]
  if (dice.chance(0.75)) context[key.name] ??= key.isMultivalued ? dice.some(key.values, 0, 2) : dice.one(key.values)
  return [context[key.name] ?? []].flat()
}

function derived({ principal, resource }: Request, { name, values }: ContextKey): readonly string[] {
  const account = principal.arn.split(':')[4] ?? ''
  const known: Record<string, string[]> = {
    'aws:PrincipalArn': [
      principal.arn.replace(/^arn:aws:sts::(\d+):assumed-role\/(.*)\/.*$/, 'arn:aws:iam::$1:role/$2'),
    ],
    'aws:PrincipalAccount': [account],
    'kms:CallerAccount': [account],
    'kms:ResourceAliases': resource.aliases ?? [],
  }
  return known[name] ?? [values[0]]
}
