import { parseArn } from '#lib/arn.ts'
import type { CaseGrant, CaseResource } from './case.ts'
import type { JsonPlace } from './json-place.ts'
import { readPolicy } from './parse-policy.ts'
import type { PolicyKind } from './policy.ts'
import { quoted } from './problem.ts'
import { readTexts } from './read-texts.ts'

interface TypeRules {
  readonly service: 'kms' | 'secretsmanager'
  /** What the sixth part of the ARN begins with. */
  readonly prefix: string
  readonly policy: PolicyKind
}

const types: Record<CaseResource['type'], TypeRules> = {
  'kms-key': { service: 'kms', prefix: 'key/', policy: 'key' },
  secret: { service: 'secretsmanager', prefix: 'secret:', policy: 'secret' },
}

/** The service prefix of the actions on this resource. */
export function serviceOf(resource: CaseResource): TypeRules['service'] {
  return types[resource.type].service
}

/** The resource of a case. */
export function readResource(place: JsonPlace | undefined): CaseResource | undefined {
  const members = place?.object(['arn', 'type', 'tags', 'policy', 'aliases', 'grants'])
  if (!members) return undefined
  const type = members.required('type')?.oneOf(['kms-key', 'secret'])
  const arn = type && readResourceArn(members.required('arn'), type)
  if (type === 'secret') {
    members.get('aliases')?.problem('only KMS keys have aliases; take them out')
    members.get('grants')?.problem('only KMS keys have grants; take them out')
  }
  const document = members.nullable('policy')
  const policy = type && document && readPolicy(document, types[type].policy)
  const tags = readTexts(members.get('tags'))
  const aliases = members.get('aliases')?.array((alias) => alias.name())
  const grants = members.get('grants')?.array(readGrant)
  if (!type || !arn) return undefined
  return { arn, type, tags, ...(policy && { policy }), ...(aliases && { aliases }), ...(grants && { grants }) }
}

function readResourceArn(place: JsonPlace | undefined, type: CaseResource['type']): string | undefined {
  const arn = place?.name()
  if (!arn) return undefined
  const parts = parseArn(arn)
  if (parts?.service === types[type].service && parts.resource.startsWith(types[type].prefix)) return arn
  return place?.problem(`${quoted(arn)} is no ARN of a ${type}; correct the ARN or \`type\``)
}

function readGrant(place: JsonPlace): CaseGrant | undefined {
  const members = place.object(['grantId', 'granteePrincipal', 'operations', 'constraints'])
  if (!members) return undefined
  const grantId = members.required('grantId')?.name()
  const granteePrincipal = members.required('granteePrincipal')?.name()
  const operations = members.required('operations')?.array((operation) => operation.name())
  const constraints = members.get('constraints')?.object(['encryptionContextEquals', 'encryptionContextSubset'])
  const equals = constraints?.get('encryptionContextEquals')
  const subset = constraints?.get('encryptionContextSubset')
  if (!grantId || !granteePrincipal || !operations) return undefined
  return {
    grantId,
    granteePrincipal,
    operations,
    ...(constraints && {
      constraints: {
        ...(equals && { encryptionContextEquals: readTexts(equals) }),
        ...(subset && { encryptionContextSubset: readTexts(subset) }),
      },
    }),
  }
}
