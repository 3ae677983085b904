import { AccountClient } from '@aws-sdk/client-account'
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import { IAMClient } from '@aws-sdk/client-iam'
import { KMSClient } from '@aws-sdk/client-kms'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { STSClient } from '@aws-sdk/client-sts'
import type { Sandbox } from '../../e2e/support/sandbox.ts'
import type { ClientCredentials } from './control/credentials.ts'
import { administratorRole } from './seed/standard-principals.ts'

export interface Clients {
  readonly kms: KMSClient
  readonly secrets: SecretsManagerClient
  readonly sts: STSClient
  readonly iam: IAMClient
  readonly account: AccountClient
  readonly organizations: OrganizationsClient
  readonly cloudtrail: CloudTrailClient
}

/** The real SDK's clients on a sandbox, for tests: one attempt, so that each answer is seen as it came. */
export function clientsOf(sandbox: { url: string; credentials: ClientCredentials }, region = 'eu-central-1'): Clients {
  const config = { endpoint: sandbox.url, region, credentials: sandbox.credentials, maxAttempts: 1 }
  return {
    kms: new KMSClient(config),
    secrets: new SecretsManagerClient(config),
    sts: new STSClient(config),
    iam: new IAMClient(config),
    account: new AccountClient(config),
    organizations: new OrganizationsClient(config),
    cloudtrail: new CloudTrailClient(config),
  }
}

/** Clients of somebody else than the demo's operator; the sandbox must not have been reset since. */
export async function clientsFor(
  sandbox: Sandbox,
  whom: Parameters<Sandbox['issueCredentials']>[0],
  region?: string,
): Promise<Clients> {
  return clientsOf({ url: sandbox.url, credentials: await sandbox.issueCredentials(whom) }, region)
}

/** Who may do everything, by IAM Identity Center. */
export const administrator = { role: administratorRole } as const

/** What came of a call: `{ error, message, status }` as AWS answered, or the output without its metadata. */
export async function outcome(call: Promise<{ $metadata: object }>): Promise<Record<string, unknown>> {
  try {
    const { $metadata: _, ...output } = await call
    return output
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }
    return { error: name, message, status: $metadata?.httpStatusCode }
  }
}
