import type { CasePolicy } from '../access/case.ts'
import type { PolicyKind } from '../access/policy.ts'
import type { AccountReading, PolicyReading } from '../account-reading.ts'
import type { PlacedDocument } from './known-principal.ts'
import type { PolicyShelf } from './policy-shelf.ts'

type Placed = PlacedDocument & { readonly policy: CasePolicy }

/** A policy of a reading at its place in a principal: for the engine, and with its text and problems for people. */
export function placePolicy(
  reading: PolicyReading,
  managed: AccountReading['managed'],
  shelf: PolicyShelf,
  { pointer, kind }: { pointer: string; kind: PolicyKind },
): Placed {
  const arn = 'managedArn' in reading ? reading.managedArn : null
  const document = 'managedArn' in reading ? managed[reading.managedArn] : reading
  // What somebody has is read along: see read-everybody.ts and read-operator.ts.
  if (document === undefined) throw new Error(`the reading lacks the policy ${arn}`)
  const { name } = document
  const common = { pointer, name, arn }
  if ('problem' in document) {
    return { ...common, text: null, problem: document.problem, policyProblems: [], policy: 'unread' }
  }
  const { policy, problems } = shelf.read(document.text, kind)
  return { ...common, text: document.text, problem: null, policyProblems: problems, policy }
}
