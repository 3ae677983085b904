import type { CallRecord } from '../calls.ts'
import { regionState } from '../state.ts'
import type { World } from '../world.ts'
import type { TrailEvent } from './trail-event.ts'

/** An error code of AWS; what a fault did to the wire is none. */
const ERROR_CODE = /^[A-Z]\w+$/

/**
 * A call that the sandbox answered, as an event; undefined for one that nobody signed. AWS takes minutes to show one, the
 * sandbox none.
 */
export function recordedEvent(world: World, record: CallRecord): TrailEvent | undefined {
  const { time, requestId, operation, region, outcome, accessKeyId = '' } = record
  const principal = world.credentials.get(accessKeyId)?.principal
  const isSeen = outcome === 'OK' || record.isApplied || ERROR_CODE.test(outcome)
  if (!principal || !isSeen) return undefined
  const resource = resourceOf(world, record)
  return {
    id: requestId,
    at: new Date(time),
    action: operation,
    region,
    principal,
    accessKeyId,
    ...(resource !== undefined && { resource }),
    ...(outcome !== 'OK' && !record.isApplied && { errorCode: outcome }),
  }
}

/** KMS tells the ARN of a key, whatever the request named it by. */
function resourceOf(world: World, { operation, region, resource, accountId = '' }: CallRecord): string | undefined {
  const account = world.accounts.get(accountId)
  if (!operation.startsWith('kms:') || resource === undefined || !account) return resource
  const { keys, aliases } = regionState(account, region)
  const name = resource.split(':').at(-1) ?? ''
  const id = aliases.get(name)?.targetKeyId ?? name.replace(/^key\//, '')
  return keys.get(id)?.arn ?? resource
}
