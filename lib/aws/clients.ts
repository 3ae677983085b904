import '#server-only'
import { AccountClient } from '@aws-sdk/client-account'
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import { IAMClient } from '@aws-sdk/client-iam'
import { KMSClient } from '@aws-sdk/client-kms'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { STSClient } from '@aws-sdk/client-sts'
import { fromNodeProviderChain } from '@aws-sdk/credential-providers'
import { loadSharedConfigFiles } from '@smithy/core/config'

/** The way to AWS: one client per service and Region, all with the same credentials. Writers never retry by themselves. */
export interface Aws {
  kms(region: string): KMSClient
  kmsWriter(region: string): KMSClient
  secrets(region: string): SecretsManagerClient
  secretsWriter(region: string): SecretsManagerClient
  cloudTrail(region: string): CloudTrailClient
  sts(): STSClient
  account(): AccountClient
  iam(): IAMClient
  organizations(): OrganizationsClient
  /** Where calls go instead of AWS (`AWS_ENDPOINT_URL` and its like, or `endpoint_url` of the profile); null for AWS itself. */
  endpoint(): Promise<string | null>
  /** The Region of the environment or the profile; null when neither names one. */
  defaultRegion(): Promise<string | null>
  /** Where the credentials in use came from, in the SDK's words (`CREDENTIALS_ENV_VARS`, …). Empty when there are none. */
  credentialSource(): Promise<string[]>
  /** Drops every client and everything read from the environment's files, so that renewed credentials are seen. */
  forget(): void
}

// Milliseconds. A reader's request may be repeated by the SDK; a writer's must end well within the lease of its item.
const CONNECTION_TIMEOUT = 3_000
const READ_TIMEOUT = 10_000
const WRITE_TIMEOUT = 8_000
const READ_ATTEMPTS = 5
/** Requests of one client that are on the wire at once. Callers in bulk bound themselves by it too. */
export const SOCKETS_PER_CLIENT = 50
// Any Region answers GetCallerIdentity and, within its partition, the global services; this one needs no opt-in.
const FALLBACK_REGION = 'us-east-1'

const requestHandler = (requestTimeout: number) => ({
  connectionTimeout: CONNECTION_TIMEOUT,
  requestTimeout,
  // Counts between the bytes of an answer too, which the request timeout does not.
  socketTimeout: requestTimeout,
  throwOnRequestTimeout: true,
  httpAgent: { keepAlive: true, maxSockets: SOCKETS_PER_CLIENT },
  httpsAgent: { keepAlive: true, maxSockets: SOCKETS_PER_CLIENT },
})

/**
 * Opens the way to AWS with the SDK's own default chain of credentials and its own settings of profile, Region and
 * endpoint. Nothing is called before the first request.
 * @see https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-credentials-node.html
 */
export function openAws(): Aws {
  let credentials = fromNodeProviderChain({ ignoreCache: true })
  const clients = new Map<string, unknown>()

  function client<Client>(name: string, create: () => Client): Client {
    const known = clients.get(name) as Client | undefined
    const made = known ?? create()
    clients.set(name, made)
    return made
  }
  const reading = () => ({ credentials, maxAttempts: READ_ATTEMPTS, requestHandler: requestHandler(READ_TIMEOUT) })
  const writing = () => ({ credentials, maxAttempts: 1, requestHandler: requestHandler(WRITE_TIMEOUT) })
  const region = async () => (await aws.defaultRegion()) ?? FALLBACK_REGION

  const aws: Aws = {
    kms: (region) => client(`kms ${region}`, () => new KMSClient({ ...reading(), region })),
    kmsWriter: (region) => client(`kmsWriter ${region}`, () => new KMSClient({ ...writing(), region })),
    secrets: (region) => client(`secrets ${region}`, () => new SecretsManagerClient({ ...reading(), region })),
    secretsWriter: (region) =>
      client(`secretsWriter ${region}`, () => new SecretsManagerClient({ ...writing(), region })),
    cloudTrail: (region) => client(`cloudTrail ${region}`, () => new CloudTrailClient({ ...reading(), region })),
    sts: () => client('sts', () => new STSClient({ ...reading(), region })),
    account: () => client('account', () => new AccountClient({ ...reading(), region })),
    iam: () => client('iam', () => new IAMClient({ ...reading(), region })),
    organizations: () => client('organizations', () => new OrganizationsClient({ ...reading(), region })),
    async endpoint() {
      for (const { config } of [aws.kms(FALLBACK_REGION), aws.secrets(FALLBACK_REGION), aws.sts()]) {
        const url = await config.serviceConfiguredEndpoint?.()
        if (url) return url
      }
      return null
    },
    async defaultRegion() {
      try {
        return await client('defaults', () => new STSClient({})).config.region()
      } catch {
        return null // the SDK's way to say that no Region is set
      }
    },
    async credentialSource() {
      const resolved: { accessKeyId: string; $source?: object } = await aws.sts().config.credentials()
      return Object.keys(resolved.$source ?? {})
    },
    forget() {
      // Not destroyed: calls that are under way finish on the old clients.
      clients.clear()
      credentials = fromNodeProviderChain({ ignoreCache: true })
      // The SDK keeps the text of ~/.aws/config and ~/.aws/credentials for the life of the process; this replaces it.
      void loadSharedConfigFiles({ ignoreCache: true })
    },
  }
  return aws
}

let opened: Aws | undefined

/** The one way to AWS of this copy of the module. */
export function aws(): Aws {
  opened ??= openAws()
  return opened
}
