import fc from 'fast-check'
import {
  type AccessChange,
  type Account,
  type AccountPrincipal,
  type AccountResource,
  analyseAccount,
  caseOf,
} from '#lib/access/account.ts'
import { actions } from '#lib/access/actions.ts'
import { decide } from '#lib/access/decide.ts'
import { parseCases } from '#lib/access/parse-case.ts'
import type { Service } from './alphabet.ts'
import type { CaseFile } from './case-file.ts'
import { caseArbitrary } from './generate-case.ts'

const PRINCIPALS = 3
const RESOURCES = 4

/** A small account: principals and resources of unrelated cases, each principal asked about each resource. */
export function accountArbitrary(service: Service): fc.Arbitrary<CaseFile[]> {
  return fc.array(caseArbitrary({ service, context: 'open' }), { minLength: RESOURCES, maxLength: RESOURCES })
}

/** The changes that an account's analysis and the cases one by one do not agree about, told in words. */
export function disagreements(files: readonly CaseFile[], context: 'open' | 'closed'): string[] {
  const account = accountOf(files)
  const analysed = new Map<string, string>()
  for (const { principal, resources, actions: changed, ...answer } of analyseAccount(account, { context })) {
    for (const resource of resources) {
      for (const action of changed) analysed.set(nameOf(account, principal, resource, action), changeTold(answer))
    }
  }
  const found: string[] = []
  for (const principal of account.principals) {
    for (const resource of account.resources) {
      for (const action of actionsOn(resource)) {
        const name = nameOf(account, principal, resource, action)
        const answer = decide(caseOf(principal, resource, action), { context })
        const one = answer.effect.length === 0 ? NO_CHANGE : changeTold(answer)
        const among = analysed.get(name) ?? NO_CHANGE
        if (one !== among) found.push(`${name}: alone ${one}, in the account ${among}`)
      }
    }
  }
  return found
}

const NO_CHANGE = 'no change'

type Change = Omit<AccessChange, 'principal' | 'resources' | 'actions'>

function changeTold({ before, after, effect, undecided, reason }: Change): string {
  return JSON.stringify({ before, after, effect: effect.toSorted(), undecided, reason })
}

function accountOf(files: readonly CaseFile[]): Account {
  const { cases, problems } = parseCases(JSON.stringify({ cases: files }))
  if (problems.length > 0) throw new Error(`not an account: ${JSON.stringify(problems)}`)
  const principals = cases.slice(0, PRINCIPALS).map(({ principal, scps }) => ({ ...principal, ...(scps && { scps }) }))
  const resources = cases.map(({ resource, rcps, removeTags }) => ({ ...resource, removeTags, ...(rcps && { rcps }) }))
  return { principals, resources }
}

function actionsOn({ type }: AccountResource): string[] {
  const resourceType = type === 'secret' ? 'secret' : 'key'
  return actions.filter(({ resourceTypes }) => resourceTypes.includes(resourceType)).map(({ name }) => name)
}

function nameOf(
  { principals, resources }: Account,
  principal: AccountPrincipal,
  resource: AccountResource,
  action: string,
): string {
  return `principal ${principals.indexOf(principal)}, resource ${resources.indexOf(resource)}, ${action}`
}
