import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import type { ClientCredentials } from '#lib/sandbox/control/credentials.ts'
import { administrator, type Clients, clientsFor, clientsOf } from '#lib/sandbox/testing.ts'
import type { Sandbox } from '../../support/sandbox.ts'
import type { Caller } from './principals.ts'
import type { Identities, ReadPrincipal } from './read-identities.ts'
import { accountOf, own } from './statements.ts'

const sessionName = 'ada'
const regions = ['eu-central-1', 'eu-west-1'] as const

/** A caller with credentials, and what a case says of it. */
export interface OpenCaller {
  readonly accountId: string
  readonly principal: ReadPrincipal
  readonly isSession: boolean
  /** By Region. */
  readonly clients: Readonly<Record<string, Clients>>
}

/** Gets credentials for the caller; sessions of roles by AssumeRole as the account's administrator. */
export async function openCaller(sandbox: Sandbox, caller: Caller, identities: Identities): Promise<OpenCaller> {
  const { accountId = own, role, user } = caller
  const named = (kind: string, name: string) =>
    [...identities.values()].find(
      ({ arn }) => arn.startsWith(`arn:aws:iam::${accountId}:${kind}/`) && arn.endsWith(`/${name}`),
    )
  const open = (credentials: ClientCredentials, principal: ReadPrincipal | undefined): OpenCaller => {
    if (!principal) throw new Error(`account ${accountId} has no ${role ?? user}`)
    const clients = regions.map((region) => [region, clientsOf({ url: sandbox.url, credentials }, region)])
    return { accountId, principal, isSession: role !== undefined, clients: Object.fromEntries(clients) }
  }
  if (role !== undefined) {
    const principal = named('role', role)
    return open(await assume(sandbox, caller, principal?.arn), principal && sessionOf(caller, principal))
  }
  if (user !== undefined) return open(await sandbox.issueCredentials({ accountId, user }), named('user', user))
  const root = { arn: `arn:aws:iam::${accountId}:root`, tags: {}, identityPolicies: [] }
  return open(await sandbox.issueCredentials({ accountId, isRoot: true }), root)
}

async function assume(sandbox: Sandbox, caller: Caller, RoleArn: string | undefined): Promise<ClientCredentials> {
  const { accountId = own, role = '', sessionTags, sessionPolicy, isServiceLinked } = caller
  if (isServiceLinked) return sandbox.issueCredentials({ accountId, role, sessionName })
  const { sts } = await clientsFor(sandbox, { ...administrator, accountId })
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn,
      RoleSessionName: sessionName,
      ...(sessionTags && { Tags: Object.entries(sessionTags).map(([Key, Value]) => ({ Key, Value })) }),
      ...(sessionPolicy && { Policy: JSON.stringify(sessionPolicy) }),
    }),
  )
  const {
    AccessKeyId: accessKeyId = '',
    SecretAccessKey: secretAccessKey = '',
    SessionToken: sessionToken = '',
  } = Credentials ?? {}
  return { accessKeyId, secretAccessKey, sessionToken }
}

/**
 * The session as its role and what was passed make it. Session tags replace the role's, whatever the case of their keys.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
function sessionOf({ sessionTags = {}, sessionPolicy }: Caller, role: ReadPrincipal): ReadPrincipal {
  const [account, name] = [accountOf(role.arn), role.arn.slice(role.arn.lastIndexOf('/') + 1)]
  const replaced = Object.keys(sessionTags).map((tagKey) => tagKey.toLowerCase())
  const kept = Object.entries(role.tags).filter(([tagKey]) => !replaced.includes(tagKey.toLowerCase()))
  return {
    ...role,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${sessionName}`,
    roleArn: role.arn,
    tags: { ...Object.fromEntries(kept), ...sessionTags },
    ...(sessionPolicy && { sessionPolicy }),
  }
}
