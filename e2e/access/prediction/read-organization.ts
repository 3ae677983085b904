import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListParentsCommand,
  type OrganizationsClient,
  type PolicyType,
  paginateListAccounts,
  paginateListPoliciesForTarget,
} from '@aws-sdk/client-organizations'
import type { PolicyFile } from '../case-file.ts'
import { allPages } from './all-pages.ts'

/** How an organization binds one account, as its management account sees it. */
export interface Membership {
  readonly organizationId: string
  /** As aws:PrincipalOrgPaths spells it. */
  readonly path: string
  /** By level, root first; absent for the management account, which control policies do not bind. */
  readonly scps?: PolicyFile[][]
  readonly rcps?: PolicyFile[][]
}

/** Every account of the organization by its id. */
export async function readOrganization(client: OrganizationsClient): Promise<ReadonlyMap<string, Membership>> {
  const { Organization: { Id = '', MasterAccountId } = {} } = await client.send(new DescribeOrganizationCommand({}))
  const pages = await allPages(paginateListAccounts({ client }, {}))
  const ids = pages.flatMap(({ Accounts = [] }) => Accounts.flatMap((account) => account.Id ?? []))
  const entries = ids.map(async (id): Promise<[string, Membership]> => {
    const line = await lineOf(client, id)
    const path = [Id, ...line.slice(0, -1), ''].join('/')
    if (id === MasterAccountId) return [id, { organizationId: Id, path }]
    const levels = (type: PolicyType) => Promise.all(line.map((target) => policiesAt(client, target, type)))
    const [scps, rcps] = [await levels('SERVICE_CONTROL_POLICY'), await levels('RESOURCE_CONTROL_POLICY')]
    return [id, { organizationId: Id, path, scps, rcps }]
  })
  return new Map(await Promise.all(entries))
}

/** From the root to the account. */
async function lineOf(client: OrganizationsClient, ChildId: string): Promise<string[]> {
  const { Parents: [parent] = [] } = await client.send(new ListParentsCommand({ ChildId }))
  if (!parent?.Id) throw new Error(`${ChildId} has no parent`)
  return [...(parent.Type === 'ROOT' ? [parent.Id] : await lineOf(client, parent.Id)), ChildId]
}

/** RCPFullAWSAccess is implicit in a case; FullAWSAccess is a policy like any other. */
async function policiesAt(client: OrganizationsClient, TargetId: string, Filter: PolicyType): Promise<PolicyFile[]> {
  const pages = await allPages(paginateListPoliciesForTarget({ client }, { TargetId, Filter }))
  const summaries = pages.flatMap(({ Policies = [] }) => Policies)
  const wanted = summaries.filter(({ Type, AwsManaged }) => !(Type === 'RESOURCE_CONTROL_POLICY' && AwsManaged))
  return Promise.all(
    wanted.map(async ({ Id }) => {
      const { Policy } = await client.send(new DescribePolicyCommand({ PolicyId: Id }))
      return JSON.parse(Policy?.Content ?? '')
    }),
  )
}
