import type { AccountReading, ControlLevel, ControlPolicies } from '../account-reading.ts'
import {
  type ControlPolicyType,
  describeOrganization,
  listControlPolicies,
  parentOf,
  readControlPolicy,
} from '../aws/organizations.ts'
import { answerOf } from './answer.ts'
import { pacedOrganizations, type Reader } from './reader.ts'

/** The SCPs and RCPs that bind the principals and the resources of one account. */
export type ControlReading = Pick<AccountReading, 'scps' | 'rcps'>

const both = (policies: ControlPolicies): ControlReading => ({ scps: policies, rcps: policies })

/**
 * Reads what the organization lays on an account, level by level. To member accounts it is closed as a rule: then both
 * are unread, with AWS's answer as the reason. The management account is bound by neither.
 * @throws ExpectedError `credentialsExpired` and its like
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export async function readControlPolicies(reader: Reader): Promise<ControlReading> {
  const organization = await answerOf(() => pacedOrganizations(reader, () => describeOrganization(reader.aws)))
  if ('problem' in organization) return both({ state: 'unread', problem: organization.problem })
  if (organization.value === null) return both({ state: 'none', why: 'noOrganization' })
  const { managementAccountId, hasAllFeatures } = organization.value
  if (managementAccountId === reader.account) return both({ state: 'none', why: 'managementAccount' })
  if (!hasAllFeatures) return both({ state: 'none', why: 'notEnabled' })
  const line = await answerOf(() => readLine(reader))
  if ('problem' in line) return both({ state: 'unread', problem: line.problem })
  const texts = new Map<string, string>()
  return {
    scps: await readType(reader, line.value, 'SERVICE_CONTROL_POLICY', texts),
    rcps: await readType(reader, line.value, 'RESOURCE_CONTROL_POLICY', texts),
  }
}

/** The ids of the root, the OUs below it and the account, in this order. */
async function readLine(reader: Reader): Promise<string[]> {
  const line = [reader.account]
  // Of a root's parents AWS does not let anybody ask. API Reference, "ListParents", ChildId.
  while (!line[0]?.startsWith('r-')) {
    const child = line[0] ?? ''
    const parent = await pacedOrganizations(reader, () => parentOf(reader.aws, child))
    if (parent === undefined) break
    line.unshift(parent)
  }
  return line
}

async function readType(
  reader: Reader,
  line: readonly string[],
  type: ControlPolicyType,
  texts: Map<string, string>,
): Promise<ControlPolicies> {
  const answer = await answerOf(async () => {
    const levels: ControlLevel[] = []
    for (const target of line) levels.push(await readLevel(reader, target, type, texts))
    return levels
  })
  if ('problem' in answer) return { state: 'unread', problem: answer.problem }
  // A type that is enabled has at least its full-access policy on every level.
  const isEnabled = answer.value.some(({ policies }) => policies.length > 0)
  return isEnabled ? { state: 'read', levels: answer.value } : { state: 'none', why: 'notEnabled' }
}

/** A policy that hangs on several levels is asked for once. */
async function readLevel(
  reader: Reader,
  target: string,
  type: ControlPolicyType,
  texts: Map<string, string>,
): Promise<ControlLevel> {
  const { aws } = reader
  const listed = await pacedOrganizations(reader, () => listControlPolicies(aws, target, type))
  const policies: { name: string; text: string }[] = []
  for (const { id, name } of listed) {
    const text = texts.get(id) ?? (await pacedOrganizations(reader, () => readControlPolicy(aws, id)))
    texts.set(id, text)
    policies.push({ name, text })
  }
  return { target, policies }
}
