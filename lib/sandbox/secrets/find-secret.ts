import type { Constraint } from '../constraints.ts'
import { AwsError } from '../errors.ts'
import type { Call, SecretSubject } from '../operation.ts'
import { regionState, type Secret } from '../state.ts'
import { secretFacts } from './secret-facts.ts'

export const secretId = { type: 'string', required: true, min: 1, max: 2048 } as const satisfies Constraint

/**
 * The secret by its name, its complete ARN, or its ARN without the hyphen and six characters. A partial ARN whose
 * name itself ends in a hyphen and six characters looks complete, so that the secret is not found.
 *
 * @throws AwsError ResourceNotFoundException
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export function findSecret(call: Call, id: string): SecretSubject {
  const secrets = regionState(call.account, call.region).secrets
  if (!id.startsWith('arn:')) return subjectOf(call, secrets.get(id))

  const [, region, accountId, rest = ''] = /^arn:aws:secretsmanager:([a-z0-9-]+):(\d{12}):secret:(.+)$/.exec(id) ?? []
  if (region !== call.region) throw notFound()
  if (accountId && accountId !== call.account.id) return findForeign(call, accountId, id)
  const [, name] = /^(.+)-[A-Za-z0-9]{6}$/.exec(rest) ?? []
  if (name === undefined) return subjectOf(call, secrets.get(rest))
  const secret = secrets.get(name)
  return subjectOf(call, secret && arnIn(secret, region) === id ? secret : undefined)
}

/** The secret's ARN in a Region: a replica's differs in nothing but the Region. */
export function arnIn(secret: Secret, region: string): string {
  return secret.arn.replace(`:${secret.region}:`, `:${region}:`)
}

function subjectOf(call: Call, secret: Secret | undefined): SecretSubject {
  if (!secret) throw notFound()
  return { arn: arnIn(secret, call.region), resource: secret, facts: secretFacts(call, secret) }
}

/** A secret of another account is found by its complete ARN only; one that is not there is refused like any other. */
function findForeign(call: Call, accountId: string, arn: string): SecretSubject {
  const secrets = call.world.accounts.get(accountId)?.regions.get(call.region)?.secrets.values() ?? []
  const secret = [...secrets].find((candidate) => arnIn(candidate, call.region) === arn)
  return secret ? subjectOf(call, secret) : { arn }
}

function notFound(): AwsError {
  return new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
}
