import { AwsError } from '../errors.ts'
import type { Call, KeySubject } from '../operation.ts'
import { type Key, regionState } from '../state.ts'
import { keyFacts } from './key-facts.ts'

const keyIdForm = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/**
 * The key by its id or ARN, as most KMS operations accept it. Texts of the errors as recorded from AWS
 * (localstack snapshots 2025).
 *
 * @throws AwsError NotFoundException, InvalidArnException
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/find-cmk-id-arn.html
 */
export function findKey(call: Call, keyId: string): KeySubject {
  if (!keyId.startsWith('arn:')) return subjectOf(call, keyById(call, keyId))
  const arn = readArn(keyId)
  // Which error an alias ARN gives here is unconfirmed.
  if (arn.type !== 'key') throw new AwsError('InvalidArnException', `${keyId} is not a key ARN`)
  if (arn.region !== call.region) throw new AwsError('NotFoundException', `Invalid arn ${arn.region}`)
  if (arn.accountId === call.account.id) return subjectOf(call, keyById(call, arn.id))
  const foreign = call.world.accounts.get(arn.accountId)?.regions.get(arn.region)?.keys.get(arn.id)
  return foreign ? subjectOf(call, foreign) : { arn: keyId }
}

/** The same, for the operations that also accept an alias name or alias ARN. */
export function findKeyOrAlias(call: Call, keyId: string): KeySubject {
  const name = keyId.startsWith('arn:') ? aliasOfArn(call, keyId) : keyId
  if (name === undefined) return { arn: keyId }
  if (!name.startsWith('alias/')) return findKey(call, keyId)
  const { aliases, keys } = regionState(call.account, call.region)
  // AWS would make the key of a predefined alias here (DescribeKey, API reference); the sandbox makes none.
  const key = keys.get(aliases.get(name)?.targetKeyId ?? '')
  if (!key) {
    const arn = `arn:aws:kms:${call.region}:${call.account.id}:${name}`
    throw new AwsError('NotFoundException', `Alias ${arn} is not found.`)
  }
  return subjectOf(call, key)
}

/** `alias/…` for an alias ARN of the caller's account, the ARN itself for a key ARN, undefined for other accounts. */
function aliasOfArn(call: Call, keyId: string): string | undefined {
  const arn = readArn(keyId)
  if (arn.type === 'key') return keyId
  if (arn.accountId !== call.account.id) return undefined
  if (arn.region !== call.region) throw new AwsError('NotFoundException', `Invalid arn ${arn.region}`)
  return `alias/${arn.id}`
}

function keyById(call: Call, id: string): Key {
  // An alias name ends here too; which error AWS gives for it is unconfirmed.
  if (!keyIdForm.test(id)) throw new AwsError('NotFoundException', `Invalid keyId '${id}'`)
  const key = regionState(call.account, call.region).keys.get(id)
  if (key) return key
  const arn = `arn:aws:kms:${call.region}:${call.account.id}:key/${id}`
  throw new AwsError('NotFoundException', `Key '${arn}' does not exist`)
}

function subjectOf(call: Call, key: Key): KeySubject {
  return { arn: key.arn, resource: key, facts: keyFacts(call, key) }
}

function readArn(arn: string): { region: string; accountId: string; type: string; id: string } {
  const [, region, accountId, type, id] = /^arn:aws:kms:([a-z0-9-]+):(\d{12}):(key|alias)\/(.+)$/.exec(arn) ?? []
  if (!region || !accountId || !type || !id) throw new AwsError('InvalidArnException', `Invalid arn ${arn}`)
  return { region, accountId, type, id }
}
