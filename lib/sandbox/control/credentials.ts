import { addSeconds } from 'date-fns/addSeconds'
import { z } from 'zod'
import { type Credentials, issueCredentials } from '../credentials.ts'
import { accountId, policyDocument } from '../principal-spec.ts'
import { accountOf, rootPrincipal, sessionPrincipal, userPrincipal } from '../principals.ts'
import type { World } from '../world.ts'

/** Credentials as a client needs them. */
export interface ClientCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

const accessKeyId = z.string().exactOptional()

export const credentialsChange = z.discriminatedUnion('do', [
  /** Ends the sessions' tokens: this one's, or all. Long-term keys do not expire. */
  z.strictObject({ do: z.literal('expire'), accessKeyId }),
  /** Makes expired tokens good again, as if they had been renewed in place. */
  z.strictObject({ do: z.literal('renew'), accessKeyId }),
  z.strictObject({
    do: z.literal('issue'),
    accountId: accountId.exactOptional(),
    /** The account's root user. */
    isRoot: z.boolean().default(false),
    role: z.string().exactOptional(),
    sessionName: z.string().default('ada'),
    /** Session tags and session policies, past the role's trust policy. */
    tags: z.record(z.string().min(1).max(128), z.string().max(256)).default({}),
    policies: z.array(policyDocument).exactOptional(),
    user: z.string().exactOptional(),
    durationSeconds: z.int().min(1).default(3_600),
  }),
])

export type CredentialsChange = z.infer<typeof credentialsChange>
export type IssueRequest = Omit<Extract<z.input<typeof credentialsChange>, { do: 'issue' }>, 'do'>

/** Expires or renews sessions, or issues new credentials; undefined when there is no such role or user. */
export function changeCredentials(world: World, change: CredentialsChange): ClientCredentials | object | undefined {
  if (change.do === 'issue') return issue(world, change)
  for (const known of world.credentials.values()) {
    if (!known.sessionToken || (change.accessKeyId && change.accessKeyId !== known.accessKeyId)) continue
    if (change.do === 'expire') known.expiresAt = new Date()
    else delete known.expiresAt
  }
  return {}
}

/** What a client needs of the credentials. */
export function clientCredentials({ accessKeyId, secretAccessKey, sessionToken }: Credentials): ClientCredentials {
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
}

function issue(world: World, change: Extract<CredentialsChange, { do: 'issue' }>): ClientCredentials | undefined {
  const account = accountOf(world.accounts, change.accountId ?? world.accountId)
  if (change.isRoot) return clientCredentials(issueCredentials(world.credentials, rootPrincipal(account.id)))
  if (change.user !== undefined) {
    const user = account.users.get(change.user)
    return user && clientCredentials(issueCredentials(world.credentials, userPrincipal(account.id, user)))
  }
  const role = account.roles.get(change.role ?? 'TagOperator')
  if (!role) return undefined
  const { sessionName, tags, policies } = change
  const principal = sessionPrincipal(account.id, role, sessionName, {
    issuedAt: new Date(),
    tags: new Map(Object.entries(tags)),
    ...(policies && { policies: policies.map((document) => JSON.stringify(document)) }),
  })
  const expiresAt = addSeconds(new Date(), change.durationSeconds)
  return clientCredentials(issueCredentials(world.credentials, principal, expiresAt))
}
