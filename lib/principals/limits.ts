import pLimit, { type LimitFunction } from 'p-limit'
import { type Arn, parseArn } from '../arn.ts'

/**
 * Bounds what is under way at once about resources, for each Region and service by itself: whoever waits for the small
 * quota of one holds up no other.
 */
export function limitsByPlace(atOnce: number): (arn: Arn) => LimitFunction {
  const limits = new Map<string, LimitFunction>()
  return (arn) => {
    const { service = '', region = '' } = parseArn(arn) ?? {}
    const place = `${service}/${region}`
    const limit = limits.get(place) ?? pLimit(atOnce)
    limits.set(place, limit)
    return limit
  }
}
