import type { CasePrincipal } from './case.ts'
import type { JsonPlace } from './json-place.ts'
import { readPolicy } from './parse-policy.ts'
import type { PolicyKind } from './policy.ts'
import { readIdentity } from './principal.ts'
import { quoted } from './problem.ts'
import { readTexts } from './read-texts.ts'

const principalMembers = [
  'arn',
  'tags',
  'sessionTags',
  'identityPolicies',
  'groups',
  'boundary',
  'sessionPolicy',
] as const

/** The principal of a case. */
export function readPrincipal(place: JsonPlace | undefined): CasePrincipal | undefined {
  const members = place?.object(principalMembers)
  if (!members) return undefined
  const arn = readPrincipalArn(members.required('arn'))
  const sessionTags = members.get('sessionTags')?.oneOf(['unknown'])
  const groups = members.get('groups')?.array(readGroup)
  const boundary = readOptionalPolicy(members.nullable('boundary'), 'boundary')
  const sessionPolicy = readOptionalPolicy(members.nullable('sessionPolicy'), 'session')
  const tags = readTexts(members.get('tags'))
  const identityPolicies = members.get('identityPolicies')?.array((policy) => readPolicy(policy, 'identity')) ?? []
  if (!arn) return undefined
  return {
    arn,
    tags,
    ...(sessionTags && { sessionTags }),
    identityPolicies,
    ...(groups && { groups }),
    ...(boundary && { boundary }),
    ...(sessionPolicy && { sessionPolicy }),
  }
}

function readPrincipalArn(place: JsonPlace | undefined): string | undefined {
  const arn = place?.name()
  if (!arn || readIdentity(arn)) return arn
  return place?.problem(`${quoted(arn)} is no role, session of a role, user or root user; correct the ARN`)
}

function readGroup(place: JsonPlace) {
  const members = place.object(['name', 'policies'])
  const name = members?.required('name')?.name()
  const policies = members?.required('policies')?.array((policy) => readPolicy(policy, 'identity'))
  return name !== undefined && policies ? { name, policies } : undefined
}

function readOptionalPolicy(place: JsonPlace | undefined, kind: PolicyKind) {
  return place && readPolicy(place, kind)
}
