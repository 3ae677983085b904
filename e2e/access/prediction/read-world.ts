import { type Clients, clientsFor } from '#lib/sandbox/testing.ts'
import type { Sandbox } from '../../support/sandbox.ts'
import type { Reading } from './predict.ts'
import { type Identities, readIdentities } from './read-identities.ts'
import { readOrganization } from './read-organization.ts'
import { readKeys, readSecrets } from './read-resources.ts'
import { management, own, partner } from './statements.ts'

const regions = ['eu-central-1', 'eu-west-1'] as const

/** Reads all accounts as their tag operators may, by nothing but AWS's own interfaces. */
export async function readWorld(sandbox: Sandbox): Promise<{ reading: Reading; identities: Identities }> {
  const operatorOf = (accountId: string, region?: string): Promise<Clients> =>
    clientsFor(sandbox, { accountId, role: 'TagOperator' }, region)
  const accounts = [own, partner, management]
  const identities = await Promise.all(accounts.map(async (id) => readIdentities((await operatorOf(id)).iam)))
  const places = accounts.flatMap((id) => regions.map((region) => operatorOf(id, region)))
  const resources = await Promise.all(
    places.map(async (place) => {
      const { kms, secrets } = await place
      return [...(await readKeys(kms)), ...(await readSecrets(secrets))]
    }),
  )
  const { organizations } = await operatorOf(management)
  const organization = await readOrganization(organizations)
  return {
    reading: { resources: resources.flat(), organization },
    identities: new Map(identities.flatMap((each) => [...each])),
  }
}
