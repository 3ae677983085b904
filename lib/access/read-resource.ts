import { parseArn } from '#lib/arn.ts'
import { serviceOf } from './action-mask.ts'
import type { CaseResource, KeyMetadata } from './case.ts'
import type { JsonPlace } from './json-place.ts'
import type { Members } from './members.ts'
import type { PolicyKind } from './policy.ts'
import { quoted } from './problem.ts'
import { readGrants } from './read-grant.ts'
import { readCasePolicy, readOptional } from './read-policies.ts'
import { readTexts } from './read-texts.ts'

interface TypeRules {
  /** What the sixth part of the ARN begins with. */
  readonly prefix: string
  readonly policy: PolicyKind
}

const types: Record<CaseResource['type'], TypeRules> = {
  'kms-key': { prefix: 'key/', policy: 'key' },
  secret: { prefix: 'secret:', policy: 'secret' },
}

/** What only the one type of resource has. */
const ofType = {
  'kms-key': ['aliases', 'grants', 'keySpec', 'keyUsage', 'keyOrigin', 'multiRegion', 'multiRegionKeyType'],
  secret: ['primaryRegion'],
} as const satisfies Record<CaseResource['type'], readonly (keyof CaseResource)[]>
const resourceMembers = ['arn', 'type', 'tags', 'policy', ...ofType['kms-key'], ...ofType.secret] as const
type ResourceMembers = Members<(typeof resourceMembers)[number]>

/** The resource of a case. */
export function readResource(place: JsonPlace | undefined): CaseResource | undefined {
  const members = place?.object(resourceMembers)
  if (!members) return undefined
  const type = members.required('type')?.oneOf(['kms-key', 'secret'])
  const arn = type && readResourceArn(members.required('arn'), type)
  if (type === 'secret') noneOf(members, 'kms-key', 'only KMS keys have')
  if (type === 'kms-key') noneOf(members, 'secret', 'only secrets have')
  const document = members.nullable('policy')
  const policy = type && document && readCasePolicy(document, types[type].policy)
  const tags = readTexts(members.get('tags'))
  const aliases = members.get('aliases')?.array((alias) => alias.name())
  const grants = readOptional(members.get('grants'), readGrants)
  const metadata = readMetadata(members)
  if (!type || !arn) return undefined
  const facts = { ...metadata, ...(policy && { policy }), ...(aliases && { aliases }), ...(grants && { grants }) }
  return { arn, type, tags, ...facts }
}

function noneOf(members: ResourceMembers, type: CaseResource['type'], who: string): void {
  for (const name of ofType[type]) members.get(name)?.problem(`${who} ${quoted(name)}; take it out`)
}

function readMetadata(members: ResourceMembers): KeyMetadata & Pick<CaseResource, 'primaryRegion'> {
  const [keySpec, keyUsage] = [members.get('keySpec')?.name(), members.get('keyUsage')?.name()]
  const [keyOrigin, primaryRegion] = [members.get('keyOrigin')?.name(), members.get('primaryRegion')?.name()]
  const multiRegion = members.get('multiRegion')?.boolean()
  const multiRegionKeyType = members.get('multiRegionKeyType')?.oneOf(['PRIMARY', 'REPLICA'])
  return {
    ...(keySpec && { keySpec }),
    ...(keyUsage && { keyUsage }),
    ...(keyOrigin && { keyOrigin }),
    ...(multiRegion !== undefined && { multiRegion }),
    ...(multiRegionKeyType && { multiRegionKeyType }),
    ...(primaryRegion && { primaryRegion }),
  }
}

function readResourceArn(place: JsonPlace | undefined, type: CaseResource['type']): string | undefined {
  const arn = place?.name()
  if (!arn) return undefined
  const parts = parseArn(arn)
  if (parts?.service === serviceOf({ type }) && parts.resource.startsWith(types[type].prefix)) return arn
  return place?.problem(`${quoted(arn)} is no ARN of a ${type}; correct the ARN or \`type\``)
}
