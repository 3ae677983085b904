import { createHash } from 'node:crypto'
import { subMilliseconds } from 'date-fns/subMilliseconds'
import { sessionPrincipal, userPrincipal } from '../principals.ts'
import type { Account } from '../state.ts'
import type { TrailEvent } from './trail-event.ts'

/** What somebody of the demo's company has done again and again, and did last some hours before the sandbox started. */
export interface Habit {
  /** A role or user, by name. */
  readonly who: string
  readonly action: string
  readonly region: string
  /** As the requests named it: an ARN, or a secret's name. */
  readonly resource: string
  readonly hoursAgo: number
  readonly everyHours: number
}

const HOUR_MS = 3_600_000
// CloudTrail's event history goes no further back.
const HISTORY_HOURS = 90 * 24

/** The events of a habit, newest first, as far back as CloudTrail tells; none for somebody who is not there. */
export function* eventsOf(habit: Habit, account: Account, startedAt: Date): Generator<TrailEvent> {
  const principal = principalOf(account, habit.who)
  if (!principal) return
  for (let hours = habit.hoursAgo; hours < HISTORY_HOURS; hours += habit.everyHours) {
    const { who, action, region, resource } = habit
    yield {
      // Made when it is asked for: of many events few are shown.
      get id() {
        return idOf(`${who} ${action} ${region} ${resource} ${hours}`)
      },
      at: subMilliseconds(startedAt, hours * HOUR_MS),
      action,
      region,
      resource,
      principal,
      accessKeyId: KEY_ID,
    }
  }
}

// Long expired: the same for all of history.
const KEY_ID = 'ASIAHISTORYEXAMPLE00'

function principalOf(account: Account, name: string) {
  const role = account.roles.get(name)
  if (role) return sessionPrincipal(account.id, role, 'app', { issuedAt: role.createdAt })
  const user = account.users.get(name)
  return user && userPrincipal(account.id, user)
}

/** The same for the same text, in the form of a UUID. */
function idOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex')
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
