import type { CasePolicy } from '../access/case.ts'
import type { PrincipalElement } from '../access/policy.ts'
import { type Arn, parseArn } from '../arn.ts'

/** Somebody outside the account whom policies of its resources name; what a removal does to them is not analysed. */
export interface Outsider {
  readonly kind: 'everybody' | 'account' | 'service' | 'federated'
  /** As the policies write it: an ARN, an account id, `s3.amazonaws.com`. `*` for everybody. */
  readonly name: string
  /** The resources whose policies name it. */
  readonly resources: readonly Arn[]
}

const ACCOUNT_ID = /^\d{12}$/

/** Lists everybody outside the account whom these policies name, in any statement; unread policies name nobody. */
export function outsidersIn(policies: ReadonlyMap<Arn, CasePolicy | undefined>, account: string): Outsider[] {
  const found = new Map<string, Omit<Outsider, 'resources'> & { resources: Set<Arn> }>()
  for (const [arn, policy] of policies) {
    if (policy === undefined || policy === 'unread') continue
    for (const { principal } of policy.statements) {
      for (const { kind, name } of principal ? outsidersOf(principal, account) : []) {
        const outsider = found.get(`${kind} ${name}`) ?? { kind, name, resources: new Set<Arn>() }
        found.set(`${kind} ${name}`, outsider)
        outsider.resources.add(arn)
      }
    }
  }
  return [...found.values()].map(({ kind, name, resources }) => ({ kind, name, resources: [...resources] }))
}

export type Named = Omit<Outsider, 'resources'>

/** Everybody outside the account whom a Principal element names. */
export function outsidersOf({ negated, aws, service, federated }: PrincipalElement, account: string): Named[] {
  // NotPrincipal means all but those that it lists.
  if (negated) return [{ kind: 'everybody', name: '*' }]
  return [
    ...aws.flatMap((name) => outsiderOf(name, account)),
    ...service.map((name) => ({ kind: 'service', name }) as const),
    ...federated.map((name) => ({ kind: 'federated', name }) as const),
  ]
}

/** What is no ARN and no account id is the unique id of somebody who was deleted: IAM User Guide, "Principal". */
function outsiderOf(name: string, account: string): Named[] {
  if (name === '*') return [{ kind: 'everybody', name }]
  const { account: owner, resource = '' } = ACCOUNT_ID.test(name) ? { account: name } : (parseArn(name) ?? {})
  // Whom a user of the account has federated is nobody whom IAM lists.
  if (owner === account && resource.startsWith('federated-user/')) return [{ kind: 'federated', name }]
  return owner === undefined || owner === account ? [] : [{ kind: 'account', name }]
}
