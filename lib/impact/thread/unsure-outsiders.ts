import { isEmptyMask, type Service } from '../../access/action-mask.ts'
import { type Entry, type PreparedStatement, prepare, tagKeysRead } from '../../access/prepare.ts'
import { parseArn } from '../../arn.ts'
import { outsidersOf } from '../../principals/outsiders.ts'
import type { Counted } from './counts.ts'
import type { PlannedResource } from './planned-resource.ts'

/**
 * Whom the policy of a resource lets in from outside the account, as far as a tag that changes may decide it: an Allow
 * names them, and it reads such a tag, or a Deny that names outsiders does. What becomes of them nobody here can tell.
 */
export function unsureOutsiders({ known: { arn, type, policy }, changed }: PlannedResource): string[] {
  if (policy === undefined || policy === 'unread') return []
  const { account = '' } = parseArn(arn) ?? {}
  const service: Service = type === 'key' ? 'kms' : 'secretsmanager'
  const tagKeys = new Set(changed.map(({ key }) => key.toLowerCase()))
  const readsChanged = (statement: PreparedStatement) =>
    tagKeysRead(statement, service).some((tagKey) => tagKeys.has(tagKey))
  const named = prepare(policy, service).flatMap((statement) => {
    const names = isEmptyMask(statement.mask) ? [] : namesIn(statement, account)
    return names.length === 0 ? [] : [{ statement, names }]
  })
  const isDenied = named.some(({ statement }) => statement.effect === 'Deny' && readsChanged(statement))
  const unsure = named.filter(({ statement }) => statement.effect === 'Allow' && (isDenied || readsChanged(statement)))
  return [...new Set(unsure.flatMap(({ names }) => names))]
}

/** A condition may leave nobody but the account itself; of services it says nothing. */
function namesIn({ principal, entries }: PreparedStatement, account: string): string[] {
  const isOwn = entries.some((entry) => asksForAccount(entry, account))
  const outsiders = principal ? outsidersOf(principal, account) : []
  return outsiders.flatMap(({ kind, name }) => (isOwn && kind !== 'service' ? [] : name))
}

const accountKeys = new Set(['aws:principalaccount', 'kms:calleraccount'])

function asksForAccount({ contextKey, operator, patterns }: Entry, account: string): boolean {
  if (!accountKeys.has(contextKey) || operator === undefined) return false
  const { base, negated, ifExists } = operator
  const isAccount = patterns.every(([first, ...more]) => {
    return first?.kind === 'text' && first.text === account && more.length === 0
  })
  return base.startsWith('String') && !negated && !ifExists && isAccount
}

/** What was counted of a resource, and these outsiders as others of whom nothing is known. */
export function withOutsiders({ own, others, reasons }: Counted, names: readonly string[]): Counted {
  const because = names.map(
    (name) => `the policy lets \`${name}\` in from outside the account by these tags, which is not analysed`,
  )
  return {
    own,
    others: { ...others, unknown: others.unknown + names.length },
    reasons: new Set([...reasons, ...because]),
  }
}
