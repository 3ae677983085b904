import type { StepsProps } from '@cloudscape-design/components/steps'
import { counted, figure } from '#components/ui/counted.ts'
import { type CanaryAnswer, type CanaryFailure, type CanaryState, canaryStates } from '#lib/canary.ts'
import type { Canary } from '#lib/removal/canary/read.ts'
import { durationText } from './wording.ts'

/** `Canary: 3 resources go first`. */
export function canaryTitle({ resources }: Pick<Canary, 'resources'>): string {
  return `Canary: ${counted(resources, 'resource goes', 'resources go')} first`
}

/** `0:20`, `4:05`: minutes and seconds, rounded up, so that 0:00 means now. */
export function clockText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** What the buttons say, so that nobody has to guess what comes of them. */
export function canaryAnswerLabels({ rest }: Pick<Canary, 'rest'>): Record<CanaryAnswer, string> {
  return {
    fine: rest === 0 ? 'Nothing broke: end it' : `Nothing broke: go on with the other ${figure(rest)}`,
    broke: 'Something broke: put back and stop',
  }
}

type StepState = Extract<CanaryState, 'preparing' | 'changing' | 'waiting' | 'checking' | 'asking'>

interface StepWords {
  header: string
  /** Said while it is this step's turn. */
  details?: (canary: Canary) => string
}

const words: Record<StepState, StepWords> = {
  preparing: { header: 'Try out what you may do with them now' },
  changing: {
    header: 'Take their tags off, and prove it',
    details: ({ state, resources, unsettled }) =>
      `${figure(resources - unsettled)} of ${counted(resources, 'resource')} settled${state === 'stopping' ? '; nothing more is sent, and what went is put back' : ''}`,
  },
  waiting: {
    header: 'Wait until KMS follows',
    details: ({ waitSeconds, waitMs }) =>
      `KMS follows a changed tag after up to ${durationText(waitSeconds)}. ${clockText(waitMs)} left`,
  },
  checking: { header: 'Try out the same once more' },
  asking: { header: 'Ask you whether anything broke' },
}

/** The steps with what became of them; KMS is not spoken of when nothing had to be waited for. */
export function canarySteps(canary: Canary): StepsProps.Step[] {
  const { state, waitUntil } = canary
  const isPast = canaryStates.indexOf(state) > canaryStates.indexOf('waiting')
  const names = (Object.keys(words) as StepState[]).filter(
    (name) => name !== 'waiting' || waitUntil !== null || !isPast,
  )
  const reached = names.indexOf(reachedOf(canary))
  return names.map((name, at) => {
    const { header, details } = words[name]
    const status = at < reached ? 'success' : at === reached ? statusNow[state] : 'pending'
    const isHere = name === state || (name === 'changing' && state === 'stopping')
    const told = isHere ? details?.(canary) : undefined
    return { header, status, statusIconAriaLabel: statusLabels[status], ...(told && { details: told }) }
  })
}

const failedIn = {
  outcome: 'changing',
  nothingTried: 'changing',
  check: 'checking',
} as const satisfies Record<Exclude<CanaryFailure, 'answer'>, StepState>

/** The step in which it is, or in which it came to its end. */
function reachedOf({ state, failure, checks, waitUntil }: Canary): StepState {
  if (state === 'failed' && failure !== null && failure !== 'answer') return failedIn[failure]
  if (state === 'passed') return 'asking'
  if (state === 'stopping') return 'changing'
  if (state !== 'failed' && state !== 'cancelled') return state
  if (checks.some(({ result }) => result !== 'waiting')) return 'asking'
  return waitUntil === null ? 'changing' : 'waiting'
}

type Status = 'success' | 'error' | 'stopped' | 'in-progress' | 'warning' | 'pending'

const statusNow: Record<CanaryState, Status> = {
  preparing: 'in-progress',
  changing: 'in-progress',
  stopping: 'in-progress',
  waiting: 'in-progress',
  checking: 'in-progress',
  asking: 'warning',
  passed: 'success',
  failed: 'error',
  cancelled: 'stopped',
}
const statusLabels: Record<Status, string> = {
  success: 'Done',
  error: 'Failed',
  stopped: 'Cancelled',
  'in-progress': 'Now',
  warning: 'Waits for you',
  pending: 'Later',
}
