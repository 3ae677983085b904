import type { Dialect } from '#lib/store/testing.ts'
import { type Dice, diceOf } from './dice.ts'
import { type FailPointName, failPoints } from './fail-points.ts'
import { type FaultName, faults } from './faults.ts'
import type { Phase } from './scene.ts'

/** One thing that goes wrong. */
export interface Blow {
  during: Phase
  fault: FaultName
  /** After the blow before it, or the beginning of the phase. */
  waitMs: number
  /** Where a kill falls. */
  point?: FailPointName
  /** A call that was held while its process was killed takes effect afterwards, instead of never. */
  late: boolean
}

/** Everything that goes wrong in one run. It follows from the seed and the database alone. */
export interface Plan {
  blows: Blow[]
  /** How many resources somebody changes between the review and the start. */
  changedAfterReview: number
}

const KILLS_AT_POINTS = 3
const GAP_MS_MAX = 1200
const CHANGED_AFTER_REVIEW = 10
// It takes two minutes: twice the lease.
const FREEZE_EVERY = 5

/** The steps of an item, at one of which a put-back is killed. */
const itemPoints = (Object.keys(failPoints) as FailPointName[]).filter(
  (name) => failPoints[name].during === 'removing' && name !== 'removalBegun',
)

const comesOnce: Partial<Record<FailPointName, true>> = { planSaved: true, checkMade: true, removalBegun: true }

/** How many of each fall into the removal; a fault that the database does not know is left out. */
const dealt: Record<Exclude<FaultName, 'kill' | 'freeze'>, (dice: Dice) => number> = {
  killAnywhere: () => 1,
  cutConnections: () => 2,
  killPostgres: (dice) => dice.between(0, 1),
  diskFull: () => 1,
  clockWrong: (dice) => dice.between(0, 1),
  changeBeforeRead: () => 2,
  changeAfterEffect: () => 2,
}

/** Draws a seed's plan. The points of the kills go round with the seed, so that a hundred seeds meet each 23 times. */
export function planOf(seed: number, dialect: Dialect): Plan {
  const dice = diceOf(seed)
  const names = Object.keys(failPoints) as FailPointName[]
  const blow = (during: Phase, fault: FaultName, point?: FailPointName): Blow => ({
    during,
    fault,
    // What comes once would be over by then.
    waitMs: point && point in comesOnce ? 0 : dice.between(0, GAP_MS_MAX),
    ...(point && { point }),
    late: dice.chance(0.5),
  })
  const kills = Array.from({ length: KILLS_AT_POINTS }, (_, n) => {
    const point = names[(seed * KILLS_AT_POINTS + n) % names.length] ?? 'callReceived'
    return blow(failPoints[point].during, 'kill', point)
  })
  const others = (Object.keys(dealt) as (keyof typeof dealt)[])
    .filter((fault) => faults[fault].on.includes(dialect))
    .flatMap((fault) => Array.from({ length: dealt[fault](dice) }, () => blow('removing', fault)))
  const freezes = seed % FREEZE_EVERY === 0 ? [blow('removing', 'freeze')] : []
  const undone = dialect === 'postgres' ? [blow('puttingBack', 'cutConnections')] : []
  const blows = dice.shuffled([
    ...kills,
    ...others,
    ...freezes,
    ...undone,
    blow('puttingBack', 'kill', itemPoints[seed % itemPoints.length]),
  ])
  const once = ({ point }: Blow) => point !== undefined && point in comesOnce
  // Takes long, and the removal must not be over by then.
  const long = ({ fault }: Blow) => fault === 'freeze'
  return {
    blows: [...blows.filter(once), ...blows.filter(long), ...blows.filter((blow) => !once(blow) && !long(blow))],
    changedAfterReview: CHANGED_AFTER_REVIEW,
  }
}
