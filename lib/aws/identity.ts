import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { parseArn } from '../arn.ts'
import { type ErrorCode, ExpectedError, isExpectedError } from '../errors.ts'
import type { Aws } from './clients.ts'
import { withRemedy } from './credential-remedy.ts'
import { translated } from './translate-error.ts'

/** Who AWS says we are. */
export interface Identity {
  account: string
  arn: string
  /** Id of the role or user behind the session: a new session of the same role has the same, a re-made role has not. */
  uniqueId: string
  /** `account:uniqueId`, whose view of the account a snapshot is. */
  scope: string
  partition: string
  kind: 'role' | 'user' | 'root' | 'federated'
  name: string
  session: string | null
  /** Where calls go when it is not AWS. */
  endpoint: string | null
  /** The profile that `AWS_PROFILE` names. */
  profile: string | null
}

type Who = Pick<Identity, 'uniqueId' | 'kind' | 'name' | 'session'>

/** How each kind of caller is told from its ARN and its UserId. IAM User Guide, "IAM identifiers", "Policy variables". */
const kinds: { arn: RegExp; who(match: RegExpExecArray, userId: string): Who }[] = [
  {
    arn: /^assumed-role\/([^/]+)\/(.+)$/,
    who: ([, name = '', session = null], userId) => ({
      kind: 'role',
      name,
      session,
      uniqueId: userId.split(':')[0] ?? userId,
    }),
  },
  {
    arn: /^user\/(?:.*\/)?([^/]+)$/,
    who: ([, name = ''], userId) => ({ kind: 'user', name, session: null, uniqueId: userId }),
  },
  { arn: /^root$/, who: (_, userId) => ({ kind: 'root', name: 'root', session: null, uniqueId: userId }) },
  {
    arn: /^federated-user\/(.+)$/,
    who: ([, name = ''], userId) => ({ kind: 'federated', name, session: null, uniqueId: userId }),
  },
]

// With these AWS has refused what was at hand; without any, the chain has just looked everywhere.
const refused = new Set<ErrorCode>(['credentialsExpired', 'credentialsInvalid'])

/**
 * Asks AWS who we are; no permission is needed for that. When the credentials at hand are refused, they are read anew
 * once, so that renewed ones are seen without a restart.
 *
 * @throws ExpectedError `credentialsMissing`, `credentialsExpired`, `credentialsInvalid` (each with the command that
 * mends it), `unreachable`, `notAws`
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function readIdentity(aws: Aws): Promise<Identity> {
  return withRemedy(aws, async () => {
    try {
      return await askIdentity(aws)
    } catch (error) {
      aws.forget()
      if (!isExpectedError(error) || !refused.has(error.code)) throw error
      return askIdentity(aws)
    }
  })
}

/**
 * The identity behind work that somebody has asked for, which must still be theirs.
 *
 * @throws ExpectedError `otherIdentity`, and as {@link readIdentity}
 */
export async function requireIdentity(
  aws: Aws,
  scope: string,
  asked: 'plan' | 'scan' | 'comparison',
): Promise<Identity> {
  const identity = await readIdentity(aws)
  if (identity.scope === scope) return identity
  throw new ExpectedError(
    'otherIdentity',
    `another AWS identity is signed in than the one that asked for this ${asked}`,
  )
}

async function askIdentity(aws: Aws): Promise<Identity> {
  const operation = 'sts:GetCallerIdentity'
  return translated({ operation }, async () => {
    const { Account, Arn, UserId } = await aws.sts().send(new GetCallerIdentityCommand({}))
    const parts = parseArn(Arn ?? '')
    const kind = kinds.find(({ arn }) => arn.test(parts?.resource ?? ''))
    const match = kind?.arn.exec(parts?.resource ?? '')
    if (!Account || !Arn || !UserId || !parts || !kind || !match) {
      throw new ExpectedError(
        'notAws',
        `${operation}: the answer names no caller; a proxy or a sign-in page may stand between`,
      )
    }
    const who = kind.who(match, UserId)
    return {
      account: Account,
      arn: Arn,
      ...who,
      scope: `${Account}:${who.uniqueId}`,
      partition: parts.partition,
      endpoint: await aws.endpoint(),
      profile: process.env.AWS_PROFILE ?? null,
    }
  })
}

const KEEP_MS = 30_000
const kept = new WeakMap<Aws, { identity: Promise<Identity>; until: number }>()

/** As {@link readIdentity}, but an answer younger than 30 seconds is given again. Failures are never kept. */
export async function currentIdentity(aws: Aws): Promise<Identity> {
  const known = kept.get(aws)
  if (known && known.until > Date.now()) return known.identity
  const identity = readIdentity(aws)
  kept.set(aws, { identity, until: Date.now() + KEEP_MS })
  identity.catch(() => kept.delete(aws))
  return identity
}
