import type { CasePrincipal } from './case.ts'
import type { JsonPlace } from './json-place.ts'
import { identityOf, readIdentity } from './principal.ts'
import { quoted } from './problem.ts'
import { readCasePolicy, readOptional, readPolicies } from './read-policies.ts'
import { readTexts } from './read-texts.ts'

const principalMembers = [
  'arn',
  'roleArn',
  'userId',
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
  const roleArn = readRoleArn(members.get('roleArn'), arn)
  const userId = readUserId(members.get('userId'))
  const sessionTags = members.get('sessionTags')?.oneOf(['unknown'])
  const groups = members.get('groups')?.array(readGroup)
  const boundary = readOptional(members.nullable('boundary'), readCasePolicy, 'boundary')
  const sessionPolicy = readOptional(members.nullable('sessionPolicy'), readCasePolicy, 'session')
  const tags = readTexts(members.get('tags'))
  const identityPolicies = readOptional(members.get('identityPolicies'), readPolicies, 'identity') ?? []
  if (!arn) return undefined
  return {
    arn,
    ...(roleArn && { roleArn }),
    ...(userId && { userId }),
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

function readRoleArn(place: JsonPlace | undefined, arn: string | undefined): string | undefined {
  const roleArn = place?.name()
  if (!roleArn || !arn || identityOf({ arn, roleArn })) return roleArn
  return place?.problem(`${quoted(roleArn)} is not the role of a session ${quoted(arn)}; correct it or take it out`)
}

function readUserId(place: JsonPlace | undefined): string | undefined {
  const userId = place?.name()
  if (!userId || /^\w+$/.test(userId)) return userId
  return place?.problem(`${quoted(userId)} is no unique id of a user or role; write the id alone, such as \`AROA…\``)
}

function readGroup(place: JsonPlace) {
  const members = place.object(['name', 'policies'])
  const name = members?.required('name')?.name()
  const policies = readOptional(members?.required('policies'), readPolicies, 'identity')
  return name !== undefined && policies ? { name, policies } : undefined
}
