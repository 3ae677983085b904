import type { Aws } from '../aws/clients.ts'
import { type Pace, paceOf } from '../aws/pace.ts'
import { pacedCall } from '../aws/paced.ts'
import type { Quota } from '../aws/quotas.ts'
import type { Resource } from '../resource.ts'
import type { RegionProgress } from './status.ts'

/** A scan leaves half of every request quota to everybody else in the account. */
export const SCAN_SHARE = 0.5

/** What reading one type of resource in one Region works with. */
export interface ScanLane {
  aws: Aws
  account: string
  region: string
  signal: AbortSignal
  /** Counts resources that the Region has named, or that were read. */
  count(change: Partial<Pick<RegionProgress, 'listed' | 'done'>>): void
  /** Notes what could not be learnt about the Region as a whole. */
  note(problem: RegionProgress['problem']): void
  keep(resources: Resource[]): Promise<void>
}

function lanePace({ account, region }: ScanLane, quota: Quota): Pace {
  return paceOf(account, region, quota, SCAN_SHARE)
}

/** Runs one call within the scan's share of its quota, as {@link pacedCall} does. */
export function paced<Answer>(lane: ScanLane, quota: Quota, call: () => Promise<Answer>): Promise<Answer> {
  return pacedCall(lanePace(lane, quota), call, lane.signal)
}

/** Passes on the pages of a listing, each asked for within the quota. */
export async function* pacedPages<Page>(
  lane: ScanLane,
  quota: Quota,
  pages: AsyncGenerator<Page>,
): AsyncGenerator<Page> {
  const pace = lanePace(lane, quota)
  for (;;) {
    await pace.take(lane.signal)
    const { done, value } = await pages.next()
    if (done) return
    yield value
  }
}
