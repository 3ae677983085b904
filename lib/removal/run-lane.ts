import { paceOf } from '../aws/pace.ts'
import { tagOperations } from '../aws/tag-operations.ts'
import { isExpectedError } from '../errors.ts'
import { Crew } from './crew.ts'
import { executeItem } from './execute.ts'
import { finishClaim } from './finish-claim.ts'
import { type ClaimedItem, claimItems, lookAhead, pauseRemovals, settleCancelled, settleRemovals } from './items.ts'
import { journalClaims } from './journal.ts'
import { type Lane, type LanePorts, parseLane, READ_SHARE, writeQuotaOf } from './lane.ts'
import { type Pause, realPause } from './pause.ts'
import { claimProofs } from './proofs.ts'
import { proveItem } from './prove.ts'
import { callerOf } from './same-identity.ts'
import { writeShare } from './share.ts'

const WRITES_AT_ONCE = 32
const PROOFS_AT_ONCE = 16
// Claims reach this far ahead, so that old values are flushed for several items at once and leases stay young.
const CLAIM_AHEAD_SECONDS = 2
// How soon a waiting lane notices that it may go on, or that another removal has come.
const LOOK_AGAIN_MS = 500

// A proof may be late, so what falls due one by one is gathered and the database is asked for all of it at once.
const waitMs = { write: (dueMs: number) => Math.min(dueMs, LOOK_AGAIN_MS), prove: () => LOOK_AGAIN_MS }

/**
 * Works off one lane for all removals that need it: writes at the pace of the quota while it proves what was written.
 * Ends when nothing is left to do, or when what is left must wait for somebody.
 */
export async function runLane(
  ports: LanePorts,
  laneName: string,
  signal: AbortSignal,
  pause: Pause = realPause,
): Promise<void> {
  const lane = parseLane(laneName)
  const stop = new AbortController()
  const until = AbortSignal.any([signal, stop.signal])

  /** Does one kind of work as often as it comes up, until neither kind can come up any more. */
  async function keepDoing(kind: 'write' | 'prove', workOff: () => Promise<void>): Promise<void> {
    while (!until.aborted) {
      const due = await lookAhead(ports.store, laneName)
      if (due.hasEnded) await settleRemovals(ports.store)
      if (due.hasCancelled) {
        await settleCancelled(ports.store, laneName)
        continue
      }
      // Both end together: work that comes now is the next job's, and one alone would wait for the other's for ever.
      if (due.write === null && due.prove === null) return stop.abort()
      const dueMs = due[kind] ?? LOOK_AGAIN_MS
      if (dueMs > 0) await pause(waitMs[kind](dueMs), until)
      else await workOff()
    }
  }
  const mayGoOn = () => mayRun(ports, laneName)
  const stopBoth = (error: unknown) => {
    stop.abort()
    throw error
  }
  await Promise.all([
    keepDoing('write', () => write(ports, lane, laneName, until, mayGoOn)).catch(stopBoth),
    keepDoing('prove', () => prove(ports, lane, laneName, until, mayGoOn)).catch(stopBoth),
  ])
}

/** Pauses what the present credentials must not go on with; true when something else may be left to do. */
async function mayRun({ store, aws }: LanePorts, laneName: string): Promise<boolean> {
  try {
    const { scope } = await callerOf(aws)
    const message = `signed in as \`${scope}\`, which did not start this removal`
    await pauseRemovals(store, { lane: laneName, notOf: scope }, 'otherIdentity', message)
    return true
  } catch (error) {
    if (!isExpectedError(error)) throw error
    aws.forget()
    await pauseRemovals(store, { lane: laneName, notOf: '' }, 'credentials', error.message)
    return false
  }
}

type MayGoOn = () => Promise<boolean>

async function write(ports: LanePorts, lane: Lane, laneName: string, signal: AbortSignal, mayGoOn: MayGoOn) {
  const crew = new Crew(WRITES_AT_ONCE)
  while (!signal.aborted && (await mayGoOn())) {
    const ahead = Math.ceil(paceOfWrites(lane, 'remove').perSecond * CLAIM_AHEAD_SECONDS)
    const items = await claimItems(ports.store, laneName, ahead)
    if (items.length === 0) break
    await journalOrGiveBack(ports, items)
    for (const item of items) {
      await paceOfWrites(lane, item.direction).take()
      await crew.start(() => executeItem(ports, item))
    }
  }
  await crew.finish()
}

/** What cannot be written down is not held until its lease ends: the disk may have room again in a moment. */
async function journalOrGiveBack({ store }: LanePorts, items: readonly ClaimedItem[]): Promise<void> {
  try {
    journalClaims(store.journalFolder, items)
  } catch (error) {
    for (const item of items) await finishClaim(store, item, [], { nothingSent: true })
    throw error
  }
}

const paceOfWrites = ({ account, region, type }: Lane, direction: ClaimedItem['direction']) =>
  paceOf(account, region, writeQuotaOf(type, direction), writeShare())

async function prove(
  ports: LanePorts,
  { account, region, type }: Lane,
  laneName: string,
  signal: AbortSignal,
  mayGoOn: MayGoOn,
) {
  const crew = new Crew(PROOFS_AT_ONCE)
  const pace = paceOf(account, region, tagOperations[type].readQuota, READ_SHARE)
  let isMore = true
  while (isMore && !signal.aborted && (await mayGoOn())) {
    const items = await claimProofs(ports.store, laneName, PROOFS_AT_ONCE)
    for (const item of items) {
      await pace.take()
      await crew.start(() => proveItem(ports, item))
    }
    isMore = items.length === PROOFS_AT_ONCE
  }
  await crew.finish()
}
