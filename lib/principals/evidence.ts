import { type Arn, isKeyArn, regionOf } from '../arn.ts'
import { type KeyUsage, readKeyUsage } from '../aws/key-usage.ts'
import { type Answer, answerOf } from './answer.ts'
import { pacedAt, type Reader } from './reader.ts'
import { type HistoryReading, ResourceHistory, type WantedUse } from './resource-history.ts'

/** What tells that a key or secret is in use, and by whom. Plain data, to be kept. */
export interface ResourceEvidence {
  /** By KMS's own count, of anybody; null for a secret, and for a key that was not asked about. */
  readonly keyUsage: Answer<KeyUsage> | null
  readonly history: HistoryReading
}

export interface Evidence {
  /** Of all resources that were wanted. */
  readonly resources: ReadonlyMap<Arn, ResourceEvidence>
  /** Those of which more could be told, had more calls been allowed. */
  readonly unfinished: readonly Arn[]
}

interface EvidenceOptions {
  /** What is known from before: it is not asked for again, but for what a refusal kept back. Leave out what is old. */
  readonly known?: ReadonlyMap<Arn, ResourceEvidence>
  /** Calls to make at most, to KMS and to CloudTrail each. CloudTrail answers one a second. */
  readonly max: number
  /** Calls made so far. */
  readonly onProgress?: (calls: number) => void
}

/**
 * Finds out who used which key or secret, and when: what KMS remembers of each key, and CloudTrail's event history of the
 * last 90 days, a page of each resource in turn. When a role was used at all is told by its `lastUsedAt`. A refusal is an
 * answer: it stands in its place.
 * @throws ExpectedError `credentialsExpired` and its like
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
 */
export async function evidenceFor(
  reader: Reader,
  wanted: readonly WantedUse[],
  { known = new Map(), max, onProgress = () => {} }: EvidenceOptions,
): Promise<Evidence> {
  // What still runs when the credentials end must not call any more.
  const ending = new AbortController()
  const signal = AbortSignal.any([ending.signal, reader.signal ?? []].flat())
  const endAll = (error: unknown) => ending.abort(error)
  let calls = 0
  const work = { reader: { ...reader, signal }, onCall: () => onProgress(++calls) }

  const now = new Date()
  const usages = new Map<Arn, Answer<KeyUsage>>()
  const histories = wanted.map((each) => new ResourceHistory(each, known.get(each.resource)?.history, now))
  const budget = { left: max }
  // Each Region has a request quota of its own.
  const lanes = Map.groupBy(histories, ({ resource }) => regionOf(resource))
  await Promise.all([
    readUsages(work, wanted, { known, max }, usages).catch(endAll),
    ...[...lanes.values()].map((lane) => readHistories(work, lane, budget).catch(endAll)),
  ])
  signal.throwIfAborted()

  const isUnasked = (resource: Arn) => isKeyArn(resource) && !usages.has(resource)
  const unfinished = histories.filter(({ resource, isWanted }) => isWanted || isUnasked(resource))
  return {
    resources: new Map(
      histories.map(({ resource, reading }) => [
        resource,
        { keyUsage: usages.get(resource) ?? null, history: reading },
      ]),
    ),
    unfinished: unfinished.map(({ resource }) => resource),
  }
}

interface Work {
  readonly reader: Reader
  readonly onCall: () => void
}

async function readUsages(
  { reader, onCall }: Work,
  wanted: readonly WantedUse[],
  { known, max }: Required<Pick<EvidenceOptions, 'known' | 'max'>>,
  usages: Map<Arn, Answer<KeyUsage>>,
): Promise<void> {
  let left = max
  for (const { resource } of wanted.filter((each) => isKeyArn(each.resource))) {
    const before = known.get(resource)?.keyUsage
    if (before && 'value' in before) usages.set(resource, before)
    else if (left > 0) {
      left -= 1
      const read = () => readKeyUsage(reader.aws, resource)
      usages.set(resource, await answerOf(() => pacedAt(reader, resource, 'kms:GetKeyLastUsage', read)))
      onCall()
    }
  }
}

/** A page of each resource in turn, while the budget lasts. */
async function readHistories(
  { reader, onCall }: Work,
  lane: readonly ResourceHistory[],
  budget: { left: number },
): Promise<void> {
  const queue = lane.filter(({ isWanted }) => isWanted)
  for (let history = queue.shift(); history && budget.left > 0; history = queue.shift()) {
    budget.left -= 1
    const problem = await history.readPage(reader)
    onCall()
    // What keeps one lookup from an answer keeps the others of the Region from theirs.
    if (problem) for (const each of [history, ...queue.splice(0)]) each.end(problem)
    if (history.isWanted) queue.push(history)
  }
}
