import { createHash } from 'node:crypto'
import type { ImpactPicture } from '../../impact-facts.ts'
import type { ChangeRow, ItemRow, PrincipalRow } from './messages.ts'
import type { PlannedResource } from './planned-resource.ts'

/** All that an analysis found, and the texts that it found it from. */
export interface Finding {
  readonly picture: ImpactPicture
  readonly resources: readonly PlannedResource[]
  readonly items: readonly ItemRow[]
  readonly principals: readonly PrincipalRow[]
  readonly changes: readonly ChangeRow[]
}

/**
 * The name of exactly this finding, SHA-256 in hex: equal only where every verdict, every change and every policy that
 * was read are equal. When it was read is no part of it.
 */
export function impactDigest({ picture, resources, items, principals, changes }: Finding): string {
  const arns = resources.map(({ known }) => known.arn)
  const who = new Map(principals.map(({ ordinal, arn }) => [ordinal, arn]))
  const facts = [
    ...items.map(({ ordinal, impact }) => ['item', arns[ordinal], impact]),
    ...changes.map(({ principal, members, ...change }) => [
      'change',
      who.get(principal),
      change,
      Buffer.from(members).toString('hex'),
    ]),
    ...resources.map(({ known, policyText }) => ['policy', known.arn, policyText]),
    ...principals.map(({ arn, principal }) => ['principal', arn, principal]),
    ['picture', picture.principals, picture.notRead.map(({ part }) => part), picture.scps, picture.rcps],
  ]
  return hashOf(
    facts
      .map((fact) => hashOf(JSON.stringify(fact)))
      .sort()
      .join('\n'),
  )
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
