import { scale } from '../seed.ts'
import { attempts } from './attempts.ts'
import type { OpenCaller } from './open-callers.ts'
import { type Combination, keyOf, type Prediction, predict, presentIn, type Reading } from './predict.ts'
import type { ReadResource } from './read-resources.ts'
import { accountOf } from './statements.ts'

// Coprime to the numbers of actions, so that the share of what stays as it is goes through all of them. With
// `ACCESS_SCALE` above 1 everything is tried.
const UNCHANGED_PER_TRIED = scale > 1 ? 1 : 9

/** What these callers lose and gain when these tag keys go from everything. */
export interface Question {
  readonly reading: Reading
  readonly callers: readonly OpenCaller[]
  readonly tagKeys: readonly string[]
}

/** What is tried, and the answer that is expected. */
export interface Plan {
  readonly combination: Combination
  readonly predicted: Prediction
}

/** Every change, everything that Secrets Manager might refuse, and a share of what stays as it is. */
export function plansOf(question: Question): Plan[] {
  const { reading, tagKeys } = question
  const isTouched = (each: ReadResource | undefined) => each !== undefined && presentIn(each, tagKeys).length > 0
  return reading.resources
    .filter((each) => isTouched(each) || isTouched(keyOf(each, reading)))
    .flatMap((target) => combinationsOf(question, target))
    .map((combination) => ({ combination, predicted: predict(combination, reading) }))
    .filter(isTried)
}

/** All that could be tried on a resource. */
function combinationsOf({ callers, tagKeys, reading }: Question, target: ReadResource): Combination[] {
  const { arn, type } = target.resource
  const all = callers.flatMap((caller) =>
    attempts[type].map((each): Combination => ({ caller, attempt: each, target, tagKeys })),
  )
  return all.filter((combination) => {
    if (isUntag(combination)) return presentIn(target, tagKeys).length > 0
    // The AWS managed key, which a secret has by default, serves its own account only, whatever a policy says.
    const isServed = keyOf(target, reading) !== undefined || combination.caller.accountId === accountOf(arn)
    return isServed || combination.attempt.action !== 'secretsmanager:GetSecretValue'
  })
}

function isTried({ predicted: { before, after, awsBlocksUntag } }: Plan, index: number): boolean {
  const mayBeRefused = awsBlocksUntag !== undefined && before === 'allow'
  return before !== after || mayBeRefused || index % UNCHANGED_PER_TRIED === 0
}

/** Whether the trial itself removes the tags. */
export function isUntag({ attempt: { action } }: Combination): boolean {
  return action.endsWith(':UntagResource')
}
