import { AccountClient } from '@aws-sdk/client-account'
import { IAMClient } from '@aws-sdk/client-iam'
import { KMSClient } from '@aws-sdk/client-kms'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { STSClient } from '@aws-sdk/client-sts'
import type { ClientCredentials } from './control/credentials.ts'

export interface Clients {
  readonly kms: KMSClient
  readonly secrets: SecretsManagerClient
  readonly sts: STSClient
  readonly iam: IAMClient
  readonly account: AccountClient
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
  }
}

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
