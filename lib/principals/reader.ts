import { type Arn, regionOf } from '../arn.ts'
import type { Aws } from '../aws/clients.ts'
import { paceOf } from '../aws/pace.ts'
import { pacedCall } from '../aws/paced.ts'
import type { Quota } from '../aws/quotas.ts'
import { type Answer, answerOf } from './answer.ts'

/** A reading leaves half of every request quota to everybody else in the account. */
const READING_SHARE = 0.5

/** What a reading of one account works with. */
export interface Reader {
  readonly aws: Aws
  readonly account: string
  readonly signal?: AbortSignal | undefined
}

/** Makes one call about a resource, in its Region, at half the pace that AWS allows. */
export function pacedAt<Value>(reader: Reader, arn: Arn, quota: Quota, call: () => Promise<Value>): Promise<Value> {
  return paced(reader, regionOf(arn), quota, call)
}

/** Makes one call to IAM at a modest pace; IAM has no Regions. */
export function pacedIam<Value>(
  reader: Reader,
  call: () => Promise<Value>,
  quota: Extract<Quota, 'iam' | 'iam:SimulatePrincipalPolicy'> = 'iam',
): Promise<Value> {
  return paced(reader, 'global', quota, call)
}

/** One call to IAM whose refusal is an answer. */
export function askIam<Value>(reader: Reader, call: () => Promise<Value>): Promise<Answer<Value>> {
  return answerOf(() => pacedIam(reader, call))
}

/** Makes one call to Organizations, which has no Regions, at a modest pace. */
export function pacedOrganizations<Value>(reader: Reader, call: () => Promise<Value>): Promise<Value> {
  return paced(reader, 'global', 'organizations', call)
}

function paced<Value>(
  { account, signal }: Reader,
  region: string,
  quota: Quota,
  call: () => Promise<Value>,
): Promise<Value> {
  return pacedCall(paceOf(account, region, quota, READING_SHARE), call, signal)
}

/** The pages of a list of one Region, each asked for at half the pace that AWS allows. */
export async function* pacedPages<Page>(
  { account, signal }: Reader,
  region: string,
  quota: Quota,
  pages: AsyncGenerator<Page>,
): AsyncGenerator<Page> {
  const pace = paceOf(account, region, quota, READING_SHARE)
  for (;;) {
    await pace.take(signal)
    const { done, value } = await pages.next()
    if (done) return
    yield value
  }
}
