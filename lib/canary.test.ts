import { expect, test } from 'vitest'
import { type Answered, type CheckResult, checkResult } from './canary.ts'

test.each<[string, Answered, Answered | null, boolean, CheckResult]>([
  ['what was permitted still is', 'allow', 'allow', false, 'holds'],
  ['what was foretold to be lost may still be there', 'allow', 'allow', true, 'holds'],
  ['a loss that nobody foretold is one', 'allow', 'deny', false, 'lost'],
  ['a loss that was acknowledged is none', 'allow', 'deny', true, 'foretold'],
  ['no answer is no yes', 'allow', 'unknown', false, 'unanswered'],
  ['what was never permitted is not lost', 'deny', 'deny', false, 'neverPermitted'],
  ['what is permitted all at once is told', 'deny', 'allow', false, 'gained'],
  ['a no after no answer is no loss for sure', 'unknown', 'deny', false, 'deniedNow'],
  ['a call that was not made again tells nothing', 'allow', null, false, 'waiting'],
])('%s', (_, before, after, isForetold, result) => {
  expect(checkResult({ before, after, isForetold })).toBe(result)
})
