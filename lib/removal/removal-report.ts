import { eq } from 'drizzle-orm'
import { plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { Canary } from './canary/read.ts'
import { everyRemovalItem, type RemovalItem } from './list-removal-items.ts'
import type { LaneProgress } from './progress.ts'
import { type Removal, readRemoval } from './read-removal.ts'

// Few enough that nobody else waits while they are read and written.
const ITEMS_PER_READ = 250

/** A removal as it stands, for those who keep it, print it or check it. Instants are ISO 8601 in UTC. */
export interface RemovalReport {
  format: 'untag-removal-report-1'
  exportedAt: string
  account: string
  removal: ReportedRemoval
  /** When the reviewed plan was read from AWS; null once it is purged with the old values. */
  planReadAt: string | null
}

/** A removal without what holds for a moment only: its pace, what it waits for, and what can be done with it. */
export interface ReportedRemoval
  extends Omit<
    Removal,
    | 'moves'
    | 'perMinute'
    | 'secondsLeft'
    | 'pauseReason'
    | 'pauseMessage'
    | 'leftToReverse'
    | 'kmsFollowsSeconds'
    | 'items'
    | 'lanes'
    | 'canary'
  > {
  items: Pick<Removal['items'], 'total' | 'settled'>
  lanes: Pick<LaneProgress, 'region' | 'type' | 'total' | 'sent' | 'settled' | 'attention' | 'stopped'>[]
  canary: Omit<Canary, 'unsettled' | 'waitMs' | 'waitSeconds' | 'answers'> | null
}

/** The report, and its items by name, piece by piece: once those of which tags came back, and all. */
export interface ReportInPieces {
  report: RemovalReport
  cameBack: AsyncIterable<RemovalItem[]>
  items: AsyncIterable<RemovalItem[]>
}

/**
 * Puts together the report of a removal. The items are read as they are asked for, so a report of any size holds up
 * nobody; of a removal that still runs they may be newer than the counts.
 *
 * @throws ExpectedError `notFound`, also when the removal is somebody else's
 */
export async function removalReport(
  { store, scope, account }: { store: Store; scope: string; account: string },
  removalId: string,
): Promise<ReportInPieces> {
  const removal = reported(await readRemoval(store, scope, removalId))
  const [plan] = await store.db.select({ readyAt: plans.readyAt }).from(plans).where(eq(plans.id, removal.planId))
  return {
    report: {
      format: 'untag-removal-report-1',
      exportedAt: new Date().toISOString(),
      account,
      removal,
      planReadAt: plan?.readyAt?.toISOString() ?? null,
    },
    cameBack: everyRemovalItem(store, removalId, 'cameBack', ITEMS_PER_READ),
    items: everyRemovalItem(store, removalId, 'all', ITEMS_PER_READ),
  }
}

function reported(removal: Removal): ReportedRemoval {
  const { moves, perMinute, secondsLeft, pauseReason, pauseMessage, leftToReverse, kmsFollowsSeconds, ...others } =
    removal
  const { items, lanes, canary, ...kept } = others
  return {
    ...kept,
    items: { total: items.total, settled: items.settled },
    lanes: lanes.map(({ region, type, total, sent, settled, attention, stopped }) => {
      return { region, type, total, sent, settled, attention, stopped }
    }),
    canary: canary && reportedCanary(canary),
  }
}

function reportedCanary({ unsettled, waitMs, waitSeconds, answers, ...kept }: Canary): ReportedRemoval['canary'] {
  return kept
}

/** The report as JSON: its fields, and `items` with one resource a line. */
export async function* reportAsJson({ report, items }: ReportInPieces): AsyncGenerator<string> {
  yield `${JSON.stringify(report, null, 2).slice(0, -2)},\n  "items": [`
  let separator = '\n'
  for await (const some of items) {
    yield separator + some.map((item) => `    ${JSON.stringify(item)}`).join(',\n')
    separator = ',\n'
  }
  yield '\n  ]\n}\n'
}
