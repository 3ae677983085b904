import { crossAccount, rootUsers, serviceLinkedRoles } from './accounts.ts'
import { asDenies } from './as-denies.ts'
import { type Case, impactCase } from './build.ts'
import { caps, capsOnResourcePolicies, notPrincipalUnderBoundary } from './caps.ts'
import { conditionLogic, operatorsOnTags } from './conditions.ts'
import { aliases, derivedKeys, encryptionContext } from './context-keys.ts'
import { elements, variablesInResource } from './elements.ts'
import { keyMetadata, ofSecrets, principalIds } from './facts.ts'
import { gains } from './gains.ts'
import { grantsAcrossAccounts, retiringPrincipals, sourceArns } from './grant-parties.ts'
import { actionsAcrossAccounts, grantedOperations } from './granted-actions.ts'
import { grantConstraints, grants } from './grants.ts'
import { identity } from './identity.ts'
import { keyPolicy, tagsInKeyPolicy } from './key-policy.ts'
import { openCaps } from './open-caps.ts'
import { directed } from './open-directed.ts'
import { openIdentity } from './open-identity.ts'
import { linkedEncryptionContext, linkedTags, linkedTime, openUnknown } from './open-linked.ts'
import { openMixed, openOpaque } from './open-opaque.ts'
import { openOperators } from './open-operators.ts'
import { openRanges } from './open-ranges.ts'
import { sessionNames, sessionTags } from './open-sessions.ts'
import { openSets } from './open-sets.ts'
import { operators } from './operators.ts'
import { rcps, retireGrant, scps } from './organization.ts'
import { type Expectation, outcomes } from './outcome.ts'
import { partlyListed, secretPolicy } from './secret-policy.ts'
import { sets } from './sets.ts'
import { tagKeys } from './tag-keys.ts'
import { unread, unreadWithoutEffect } from './unread.ts'
import { lockOut, untag } from './untag.ts'
import { specialCharacters, tagAsValue, variables, versions } from './variables.ts'

const subjects: Readonly<Record<string, readonly Case[]>> = {
  'identity policies': identity,
  'key policies': keyPolicy,
  'tags in key policies': tagsInKeyPolicy,
  'resource policies of secrets': secretPolicy,
  'NotPrincipal that lists a part': partlyListed,
  grants,
  'operations of grants': grantedOperations,
  'actions across accounts': actionsAcrossAccounts,
  'grant constraints': grantConstraints,
  'source ARNs of grants': sourceArns,
  'grants across accounts': grantsAcrossAccounts,
  'retiring principals': retiringPrincipals,
  'boundaries and session policies': caps,
  'boundaries, session policies and resource policies': capsOnResourcePolicies,
  'NotPrincipal under a boundary': notPrincipalUnderBoundary,
  SCPs: scps,
  RCPs: rcps,
  'retiring a grant': retireGrant,
  'across accounts': crossAccount,
  'root users': rootUsers,
  'service-linked roles': serviceLinkedRoles,
  'actions and resources': elements,
  'variables in resources': variablesInResource,
  operators,
  'operators on tags': operatorsOnTags,
  'condition blocks': conditionLogic,
  sets,
  variables,
  'tags as values': tagAsValue,
  'special characters': specialCharacters,
  versions,
  'tag keys': tagKeys,
  'derived context keys': derivedKeys,
  'metadata of keys': keyMetadata,
  'metadata of secrets': ofSecrets,
  'ids and paths of principals': principalIds,
  aliases,
  'encryption context': encryptionContext,
  untag,
  'lock-out of secrets': lockOut,
  gains,
  'free keys by operator': openOperators,
  'free keys in identity policies': openIdentity,
  'free keys in other layers': openCaps,
  'session tags': sessionTags,
  'session names': sessionNames,
  'directed free keys': directed,
  'free ranges': openRanges,
  'opaque conditions': openOpaque,
  'mixed operators on a free key': openMixed,
  'free sets': openSets,
  'linked times': linkedTime,
  'linked encryption context': linkedEncryptionContext,
  'linked tags and aliases': linkedTags,
  'undocumented rules': openUnknown,
  'layers that were not read': unread,
  'what was not read and does not matter': unreadWithoutEffect,
}

/** A case with what the engine reads of it, and what it is to answer. */
export interface TableCase {
  readonly subject: string
  readonly rule: string
  readonly source: string
  /** One case in the format of the impact command. */
  readonly request: object
  /** Whoever has to know all layers and the role cannot decide it. */
  readonly isUnread: boolean
  readonly closed?: Expectation
  readonly open?: Expectation
  readonly awsBlocksUntag?: boolean | 'unknown'
}

const completeRow = (subject: string, index: number, row: Case): TableCase => {
  const closed = row.closed && outcomes[row.closed]
  const open = row.open === 'same' ? closed : row.open
  return {
    subject,
    rule: row.rule,
    source: row.source,
    request: impactCase(`${subject} ${index + 1}`, row),
    isUnread: row.unread !== undefined || row.isRoleUntold === true,
    ...(closed && { closed }),
    ...(open && { open }),
    ...(row.awsBlocksUntag !== undefined && { awsBlocksUntag: row.awsBlocksUntag }),
  }
}

const complete = (subject: string, rows: readonly Case[]): readonly TableCase[] =>
  rows.map((row, index) => completeRow(subject, index, row))

/** Every rule of AWS that the engine follows, as requests with their answers; where Allows decide, as Denies too. */
export const table: readonly TableCase[] = Object.entries(subjects).flatMap(([subject, rows]) => [
  ...complete(subject, rows),
  ...complete(`${subject}, as Denies`, rows.flatMap(asDenies)),
])
