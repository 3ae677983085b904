import type { KnownPrincipal } from '../../principals/known-principal.ts'
import { operatorAmong } from '../../principals/operator.ts'
import type { AccountPicture } from '../../principals/picture.ts'
import { isOwnSideUnread } from '../../principals/simulated-actions.ts'
import type { AnalysisInput } from './messages.ts'

/** Somebody for whom the analysis is made. */
export interface Asker {
  readonly known: KnownPrincipal
  readonly isOperator: boolean
}

/**
 * Everybody of the account, the operator first. An operator that is a session of a role is besides the role, which then
 * stands for the sessions of others: a condition on a session's name may part them. Where nobody else was read, which is
 * told once, these are not looked at either.
 */
export function askersAmong(
  { principals, reach }: Pick<AccountPicture, 'principals' | 'reach'>,
  { kind, name, arn, session }: AnalysisInput['operator'],
): Asker[] {
  const operator = operatorAmong(principals, { kind, name, arn })
  const isSame = (principal: KnownPrincipal) => principal.kind === operator?.kind && principal.name === operator.name
  const others = principals.flatMap((principal): Asker[] => {
    if (!isSame(principal)) return [{ known: principal, isOperator: false }]
    return kind === 'role' && (reach === 'account' || !isOwnSideUnread(principal.access))
      ? [{ known: { ...principal, name: `${name} (other sessions)` }, isOperator: false }]
      : []
  })
  if (operator === undefined) return others
  const shown = session === null ? operator : { ...operator, name: `${name}/${session}` }
  return [{ known: shown, isOperator: true }, ...others]
}
