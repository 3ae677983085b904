import type { Problem } from '#lib/errors.ts'

const titles: Partial<Record<Problem['code'], string>> = {
  credentialsMissing: 'No AWS credentials were found',
  credentialsExpired: 'The AWS credentials have expired',
  credentialsInvalid: 'AWS does not accept these credentials',
  unreachable: 'AWS cannot be reached',
  notAws: 'The endpoint does not answer as AWS does',
}

/** Why AWS does not say who we are, as a heading. */
export const identityTitle = ({ code }: Problem) => titles[code] ?? 'AWS did not say who you are'
