import type { Aws } from '../aws/clients.ts'
import { type Pace, paceOf } from '../aws/pace.ts'
import { pacedCall } from '../aws/paced.ts'
import { type Answer, answerOf } from './answer.ts'

/** A reading leaves half of every request quota to everybody else in the account. */
export const READING_SHARE = 0.5

/** What a reading of one account works with. */
export interface Reader {
  readonly aws: Aws
  readonly account: string
  readonly signal?: AbortSignal | undefined
}

/** Makes one call to IAM at a modest pace. */
export function pacedIam<Value>(reader: Reader, call: () => Promise<Value>): Promise<Value> {
  return pacedCall(globalPace(reader, 'iam'), call, reader.signal)
}

/** One call to IAM whose refusal is an answer. */
export function askIam<Value>(reader: Reader, call: () => Promise<Value>): Promise<Answer<Value>> {
  return answerOf(() => pacedIam(reader, call))
}

/** Makes one call to Organizations at a modest pace. */
export function pacedOrganizations<Value>(reader: Reader, call: () => Promise<Value>): Promise<Value> {
  return pacedCall(globalPace(reader, 'organizations'), call, reader.signal)
}

/** The pace of a service that has no Regions. */
function globalPace({ account }: Reader, service: 'iam' | 'organizations'): Pace {
  return paceOf(account, 'global', service, READING_SHARE)
}
