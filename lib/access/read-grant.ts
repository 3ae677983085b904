import type { CaseGrant, Unread } from './case.ts'
import type { JsonPlace } from './json-place.ts'
import { readTexts } from './read-texts.ts'

/** The grants of a key; `unread` in place of the list is as a list of some that were not read. */
export function readGrants(place: JsonPlace): readonly (CaseGrant | Unread)[] | undefined {
  return place.value === 'unread' ? ['unread'] : place.array(readGrant)
}

function readGrant(place: JsonPlace): CaseGrant | undefined {
  const members = place.object(['grantId', 'granteePrincipal', 'retiringPrincipal', 'operations', 'constraints'])
  if (!members) return undefined
  const grantId = members.required('grantId')?.name()
  const granteePrincipal = members.required('granteePrincipal')?.name()
  const retiringPrincipal = members.get('retiringPrincipal')?.name()
  const operations = members.required('operations')?.array((operation) => operation.name())
  const constraints = readConstraints(members.get('constraints'))
  if (!grantId || !granteePrincipal || !operations) return undefined
  return {
    grantId,
    granteePrincipal,
    ...(retiringPrincipal && { retiringPrincipal }),
    operations,
    ...(constraints && { constraints }),
  }
}

function readConstraints(place: JsonPlace | undefined): CaseGrant['constraints'] {
  const members = place?.object(['encryptionContextEquals', 'encryptionContextSubset', 'sourceArn'])
  if (!members) return undefined
  const [equals, subset] = [members.get('encryptionContextEquals'), members.get('encryptionContextSubset')]
  const sourceArn = members.get('sourceArn')?.name()
  return {
    ...(equals && { encryptionContextEquals: readTexts(equals) }),
    ...(subset && { encryptionContextSubset: readTexts(subset) }),
    ...(sourceArn && { sourceArn }),
  }
}
