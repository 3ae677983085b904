import type { Arn } from '../arn.ts'
import { probeAuthorizationDetails, probeRegions } from '../aws/account-probes.ts'
import type { Aws } from '../aws/clients.ts'
import { lookUpUses } from '../aws/cloudtrail.ts'
import { readGroupNames, readRole, readUser } from '../aws/iam.ts'
import { listAttachedPolicies, listInlinePolicies, readManagedPolicy } from '../aws/iam-policies.ts'
import type { Identity } from '../aws/identity.ts'
import { readKeyRotation } from '../aws/key-details.ts'
import { readKeyUsage } from '../aws/key-usage.ts'
import { listAliases, listKeyArns } from '../aws/kms.ts'
import { describeOrganization, listControlPolicies, parentOf, readControlPolicy } from '../aws/organizations.ts'
import { probes } from '../aws/probes.ts'
import { listSecrets } from '../aws/secrets.ts'
import { simulatePage } from '../aws/simulate.ts'
import type { NeedId } from '../needed-actions.ts'
import { type Examples, firstPage } from './access-examples.ts'
import { answerOf } from './answer.ts'

/** As whom and where calls are tried. */
export interface TryPlace extends Examples {
  readonly aws: Aws
  readonly identity: Identity
  readonly region: string
}

/** Makes a harmless call; resolves with a reason when there is nothing to make it on. */
type Try = (place: TryPlace) => Promise<string | undefined>

const HARMFUL = 'cannot be tried without a change; the review of a removal predicts it'
// Few events, so that the answer is small.
const EVENTS_OF_MS = 60_000
// Every organization has it, and every account AWS's own policies.
const AWS_SCP = 'p-FullAWSAccess'
const AWS_POLICY = 'iam::aws:policy/IAMReadOnlyAccess'

/** For every need the call that shows whether it is met, and changes nothing. */
export const tries: Record<NeedId, Try> = {
  listRegions: ({ aws }) => done(probeRegions(aws)),
  listKeys: ({ aws, region }) => done(firstPage(listKeyArns(aws, region))),
  listAliases: ({ aws, region }) => done(firstPage(listAliases(aws, region))),
  listSecrets: ({ aws, region }) => done(firstPage(listSecrets(aws, region))),
  describeKey: probing('key', 'kms:DescribeKey'),
  listKeyTags: probing('key', 'kms:ListResourceTags'),
  rotation: onKey(readKeyRotation),
  describeSecret: probing('secret', 'secretsmanager:DescribeSecret'),
  untagKey: async () => HARMFUL,
  tagKey: async () => HARMFUL,
  untagSecret: async () => HARMFUL,
  tagSecret: async () => HARMFUL,
  keyPolicy: probing('key', 'kms:GetKeyPolicy'),
  grants: probing('key', 'kms:ListGrants'),
  keyUsage: onKey(readKeyUsage),
  secretPolicy: probing('secret', 'secretsmanager:GetResourcePolicy'),
  async everybody({ aws, identity }) {
    await probeAuthorizationDetails(aws)
    return done(readManagedPolicy(aws, `arn:${identity.partition}:${AWS_POLICY}`))
  },
  async yourself({ aws, identity: { kind, name } }) {
    if (kind !== 'role' && kind !== 'user') return `a ${kind} principal has no policies in IAM that could be read`
    if (kind === 'role') await readRole(aws, name)
    else await Promise.all([readUser(aws, name), readGroupNames(aws, name)])
    return done(Promise.all([listInlinePolicies(aws, kind, name), listAttachedPolicies(aws, kind, name)]))
  },
  async simulate({ aws, identity }) {
    const principalArn = await simulatedArn(aws, identity)
    if (principalArn === undefined) return 'AWS simulates users and roles only'
    const asked = { principalArn, actions: ['kms:ListKeys'], arns: ['*'], context: [] }
    return done(simulatePage(aws, asked, undefined))
  },
  organization: ({ aws }) => done(describeOrganization(aws)),
  async controlPolicies({ aws, identity: { account } }) {
    const organization = await answerOf(() => describeOrganization(aws))
    if ('value' in organization) {
      if (organization.value === null) return 'the account is in no organization'
      if (organization.value.managementAccountId === account) return 'none bind the management account'
    }
    await parentOf(aws, account)
    await listControlPolicies(aws, account, 'SERVICE_CONTROL_POLICY')
    return done(readControlPolicy(aws, AWS_SCP))
  },
  async events({ aws, region, keyArn, secretArn }) {
    const to = new Date()
    const from = new Date(to.getTime() - EVENTS_OF_MS)
    // Whether there is anything of that name does not matter.
    const resourceName = keyArn ?? secretArn ?? 'untag'
    return done(lookUpUses(aws, { region, resourceName, from, to }, undefined))
  },
}

async function done(call: Promise<unknown>): Promise<undefined> {
  await call
}

function onKey(read: (aws: Aws, arn: Arn) => Promise<unknown>): Try {
  return async ({ aws, keyArn, region }) => (keyArn === null ? lacking('key', region) : done(read(aws, keyArn)))
}

/** The call of lib/aws/probes.ts for this action. */
function probing(type: 'key' | 'secret', action: string): Try {
  const probe = probes[type].find((each) => each.action === action)
  if (!probe) throw new Error(`there is no probe for ${action}`)
  return async ({ aws, keyArn, secretArn, region }) => {
    const arn = type === 'key' ? keyArn : secretArn
    return arn === null ? lacking(type, region) : done(probe.ask(aws, arn))
  }
}

const lacking = (type: 'key' | 'secret', region: string) => `no ${type} of your own is known in ${region} to try it on`

/** With its path, which the ARN of a session does not carry. Where it may not be read, the role is taken to have none. */
async function simulatedArn(aws: Aws, { kind, name, arn, partition, account }: Identity): Promise<string | undefined> {
  if (kind === 'user') return arn
  if (kind !== 'role') return undefined
  const role = await answerOf(() => readRole(aws, name))
  return 'value' in role ? role.value.arn : `arn:${partition}:iam::${account}:role/${name}`
}
