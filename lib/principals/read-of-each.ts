import pLimit, { type LimitFunction } from 'p-limit'
import { type Arn, parseArn } from '../arn.ts'
import type { Reader } from './reader.ts'

/**
 * Reads something of each of these resources, so many at once in each Region and service; the answers are in their order.
 * When one reading fails for good, as all do once the credentials end, what is queued is not sent any more.
 * @throws what the first failure was, once nothing is under way, or why the reader's signal was aborted
 */
export async function readOfEach<Item extends { readonly arn: Arn }, Value>(
  reader: Reader,
  items: readonly Item[],
  atOnce: number,
  readOne: (reader: Reader, item: Item) => Promise<Value>,
): Promise<Value[]> {
  const limitOf = limitsByPlace(atOnce)
  const ending = new AbortController()
  const signal = AbortSignal.any([ending.signal, reader.signal ?? []].flat())
  const read = items.map(async (item) => {
    try {
      return await limitOf(item.arn)(readOne, { ...reader, signal }, item)
    } catch (error) {
      ending.abort(error)
      throw error
    }
  })
  await Promise.allSettled(read)
  signal.throwIfAborted()
  return Promise.all(read)
}

/** For each Region and service by itself: whoever waits for the small quota of one holds up no other. */
function limitsByPlace(atOnce: number): (arn: Arn) => LimitFunction {
  const limits = new Map<string, LimitFunction>()
  return (arn) => {
    const { service = '', region = '' } = parseArn(arn) ?? {}
    const place = `${service}/${region}`
    const limit = limits.get(place) ?? pLimit(atOnce)
    limits.set(place, limit)
    return limit
  }
}
