import { ExpectedError, isExpectedError } from '../errors.ts'
import type { Aws } from './clients.ts'

const withProfile = (command: string, profile: string | undefined) =>
  profile ? `${command} --profile ${profile}` : command

/**
 * What renews credentials, by where the SDK took them from; the first row that applies counts.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
const remedies: { source: RegExp; remedy(profile: string | undefined): string }[] = [
  { source: /SSO|sso login/, remedy: (profile) => `run \`${withProfile('aws sso login', profile)}\`` },
  { source: /LOGIN|aws login/, remedy: (profile) => `run \`${withProfile('aws login', profile)}\`` },
  {
    source: /ENV_VARS/,
    remedy: () =>
      'they come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, which are read at the start only: stop Untag, export new ones and start it again',
  },
  {
    source: /PROCESS|credential_process/,
    remedy: (profile) =>
      `they come from the credential_process of profile \`${profile ?? 'default'}\`; run what it needs`,
  },
  {
    source: /HTTP|IMDS/,
    remedy: () => 'they come from the machine or container; check the role that is attached to it',
  },
  {
    source: /PROFILE/,
    remedy: (profile) => `put new ones into the profile: \`${withProfile('aws configure', profile)}\``,
  },
]
const noSource = (profile: string | undefined) =>
  profile
    ? `the profile \`${profile}\` of AWS_PROFILE gives none; run \`aws configure sso --profile ${profile}\` or \`aws configure --profile ${profile}\``
    : 'run `aws configure sso` or `aws configure`, or start Untag with AWS_PROFILE set'

/**
 * Runs a call; when it fails because of the credentials, the error says where they came from, as far as that can be
 * known, and what renews them.
 */
export async function withRemedy<Answer>(aws: Aws, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (error) {
    if (!isExpectedError(error) || !error.code.startsWith('credentials')) throw error
    const sources = error.code === 'credentialsMissing' ? [] : await aws.credentialSource().catch(() => [])
    const profile = process.env.AWS_PROFILE
    const row = remedies.find((each) => each.source.test(`${sources.join(' ')} ${error.message}`))
    const remedy = row ? row.remedy(profile) : noSource(profile)
    // AWS's own words, with which a message ends, are a sentence already.
    throw new ExpectedError(error.code, `${error.message.replace(/\.$/, '')}; ${remedy}`, { cause: error })
  }
}
