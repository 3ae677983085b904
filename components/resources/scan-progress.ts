import type { RegionProgress } from '#lib/inventory/status.ts'

/** The sum over all Regions and both services. */
export interface ScanTotals {
  lists: number
  listsDone: number
  listsFailed: number
  listed: number
  done: number
  /** 0 to 100. A list that has not ended counts by what is known of it, so the figure never says 100 too early. */
  percent: number
}

const shareOf = ({ state, listed, done }: RegionProgress) =>
  state === 'complete' || state === 'failed' ? 1 : listed === 0 ? 0 : (done / listed) * 0.95

/** Adds up the progress of a scan. */
export function scanTotals(regions: readonly RegionProgress[]): ScanTotals {
  const count = (holds: (progress: RegionProgress) => boolean) => regions.filter(holds).length
  const sum = (of: (progress: RegionProgress) => number) => regions.reduce((total, each) => total + of(each), 0)
  return {
    lists: regions.length,
    listsDone: count(({ state }) => state === 'complete' || state === 'failed'),
    listsFailed: count(({ state }) => state === 'failed'),
    listed: sum(({ listed }) => listed),
    done: sum(({ done }) => done),
    percent: regions.length === 0 ? 0 : Math.floor((sum(shareOf) / regions.length) * 100),
  }
}
