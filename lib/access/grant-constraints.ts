import type { CaseGrant } from './case.ts'
import type { Operator } from './operators.ts'
import { type Pattern, patternText } from './pattern.ts'
import type { Entry } from './prepare.ts'

type Constraints = NonNullable<CaseGrant['constraints']>
type ConstraintEntry = Entry & { readonly operator: Operator }

/**
 * “Effectively the same as having the aws:SourceArn global condition key in the grant”, for keys of all types.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
 */
export function sourceEntries({ sourceArn }: Constraints): ConstraintEntry[] {
  return sourceArn === undefined ? [] : [entryOf('aws:sourcearn', { base: 'StringEquals' }, [sourceArn])]
}

/**
 * Names of an encryption context's pairs ignore case here, values do not. `Equals`: these pairs and no others.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
 */
export function encryptionEntries({
  encryptionContextEquals: equals,
  encryptionContextSubset: subset,
}: Constraints): Entry[] {
  const pairs = [...(equals ?? []), ...(subset ?? [])].map(([name, value]) =>
    entryOf(`kms:encryptioncontext:${name.toLowerCase()}`, { base: 'StringEquals' }, [value]),
  )
  if (equals === undefined) return pairs
  const names = [...equals.keys()]
  return [...pairs, entryOf('kms:encryptioncontextkeys', { base: 'StringEqualsIgnoreCase', set: 'all' }, names)]
}

function entryOf(
  contextKey: string,
  operator: Pick<Operator, 'base' | 'set'>,
  values: readonly string[],
): ConstraintEntry {
  const patterns = values.map((text): Pattern => (text === '' ? [] : [{ kind: 'text', text }]))
  const text = `constraint|${contextKey}|${JSON.stringify(patterns.map(patternText).sort())}`
  return { text, contextKey, operator: { negated: false, ifExists: false, ...operator }, patterns, reads: [contextKey] }
}
