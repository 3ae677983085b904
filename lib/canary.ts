/**
 * How far the canary of a removal is: the few resources that go first. `preparing` makes the calls that are compared
 * later; `changing` takes their tags off and proves it; then KMS is waited for, the calls are made again, and somebody is
 * asked. Nothing else is touched before it has passed. `stopping`: it has failed while tags were on their way, and of
 * those that may have gone it is being found out.
 */
export const canaryStates = [
  'preparing',
  'changing',
  'stopping',
  'waiting',
  'checking',
  'asking',
  'passed',
  'failed',
  'cancelled',
] as const
export type CanaryState = (typeof canaryStates)[number]

/** What somebody may say to “did anything break?”. */
export type CanaryAnswer = 'fine' | 'broke'

interface Row {
  label: string
  /** Nothing comes of it by itself any more, and nothing is held back by it. */
  isOver?: true
  /** That something broke is heard as soon as anything may have gone. */
  answers: readonly CanaryAnswer[]
}

const rows = {
  preparing: { label: 'Canary: looking at what holds now', answers: [] },
  changing: { label: 'Canary: the first resources go', answers: ['broke'] },
  stopping: { label: 'Canary: stopping, to put back', answers: [] },
  waiting: { label: 'Canary: waiting for KMS', answers: ['broke'] },
  checking: { label: 'Canary: checking', answers: ['broke'] },
  asking: { label: 'Waits for your answer', answers: ['fine', 'broke'] },
  passed: { label: 'Canary passed', isOver: true, answers: [] },
  failed: { label: 'Canary failed', isOver: true, answers: [] },
  cancelled: { label: 'Canary cancelled', isOver: true, answers: [] },
} as const satisfies Record<CanaryState, Row>

/** One state with the flags that not every one spells out. */
export function canaryRow(state: CanaryState): Row {
  return rows[state]
}

/** The states in which an answer is taken. */
export function statesTaking(answer: CanaryAnswer): CanaryState[] {
  return canaryStates.filter((state) => canaryRow(state).answers.includes(answer))
}

/** The states in which everything but the canary is held back. */
export const canaryUnderWay: readonly CanaryState[] = canaryStates.filter((state) => !canaryRow(state).isOver)

/** Whether a canary lets the whole removal go on: there is none, or it has passed. */
export function letsAllGo(canary: CanaryState | null): boolean {
  return canary === null || canary === 'passed'
}

/** Why a canary failed. */
export const canaryFailures = {
  outcome: 'a resource that went first did not come out as reviewed',
  nothingTried: 'every tag that was to go first was gone already, so nothing was tried out',
  check: 'you lost access that the review had not foretold',
  answer: 'somebody said that something broke',
} as const
export type CanaryFailure = keyof typeof canaryFailures

/** What AWS answered to one harmless call; `unknown`: neither yes nor no. */
export type Answered = 'allow' | 'deny' | 'unknown'

/** One harmless call on one resource of a canary, before its tags went and after. */
export interface CanaryCheck {
  arn: string
  name: string
  /** As IAM spells it. */
  action: string
  before: Answered
  /** Null: not made yet. */
  after: Answered | null
  /** The review said that the operator loses this, or may lose it. */
  isForetold: boolean
  /** What AWS said to the later call, where that was no yes. */
  message: string | null
}

/** What the two answers of a check come to, worst first. */
export const checkResults = {
  lost: { label: 'Lost, and nobody foretold it', type: 'error' },
  deniedNow: { label: 'Not permitted; before, AWS did not answer', type: 'warning' },
  unanswered: { label: 'AWS did not answer', type: 'warning' },
  gained: { label: 'Permitted now, and was not before', type: 'warning' },
  foretold: { label: 'Lost, as the review said', type: 'info' },
  holds: { label: 'Still permitted', type: 'success' },
  neverPermitted: { label: 'Not permitted, as before', type: 'stopped' },
  waiting: { label: 'Not made again yet', type: 'pending' },
} as const
export type CheckResult = keyof typeof checkResults

/** What comes of a check. Only what was surely permitted and surely is not any more counts as lost. */
export function checkResult({ before, after, isForetold }: Omit<CanaryCheck, 'arn' | 'name' | 'action' | 'message'>) {
  return (after === null ? 'waiting' : results[before][after](isForetold)) satisfies CheckResult
}

const results: Record<Answered, Record<Answered, (isForetold: boolean) => CheckResult>> = {
  allow: {
    allow: () => 'holds',
    deny: (isForetold) => (isForetold ? 'foretold' : 'lost'),
    unknown: () => 'unanswered',
  },
  deny: { allow: () => 'gained', deny: () => 'neverPermitted', unknown: () => 'unanswered' },
  unknown: { allow: () => 'holds', deny: () => 'deniedNow', unknown: () => 'unanswered' },
}
