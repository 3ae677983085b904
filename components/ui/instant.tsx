'use client'
import { formatDistance } from 'date-fns/formatDistance'
import { useHydrated } from './hydrated.ts'
import { useNow } from './now.ts'
import { utc } from './utc.ts'

const formats = {
  moment: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }),
  second: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }),
  day: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }),
  time: new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }),
}

interface InstantProps {
  /** ISO 8601, UTC. */
  at: string
  /** `age` says "3 minutes ago"; `second` tells the seconds too; `day` leaves the time out, `time` the day. */
  as?: keyof typeof formats | 'age'
}

/** A point in time in the viewer's zone, with UTC on hover. The server, which does not know the zone, renders UTC. */
export function Instant({ at, as = 'moment' }: InstantProps) {
  const here = useHydrated()
  return (
    <time dateTime={at} title={utc(at)}>
      {here ? as === 'age' ? <Age at={at} /> : formats[as].format(new Date(at)) : utc(at)}
    </time>
  )
}

function Age({ at }: { at: string }) {
  const now = useNow()
  if (now === null) return utc(at)
  // An instant of this very moment must not read "in less than a minute".
  const then = Math.min(Date.parse(at), now)
  return formatDistance(then, now, { addSuffix: true })
}
