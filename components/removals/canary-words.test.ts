import { expect, test } from 'vitest'
import type { Canary } from '#lib/removal/canary/read.ts'
import { canaryAnswerLabels, canarySteps, canaryTitle, clockText } from './canary-words.ts'

const canary: Canary = {
  ...{ state: 'preparing', resources: 2, unsettled: 2, rest: 312, waitUntil: null, waitMs: 0, waitSeconds: 300 },
  ...{ checks: [], failure: null, answers: [], answeredBy: null, endedAt: null, putBack: null },
}
const waitUntil = '2026-01-01T00:05:00.000Z'
const told = (change: Partial<Canary>) =>
  canarySteps({ ...canary, ...change }).map(({ status, details }) => (details ? `${status}: ${details}` : status))

test.each([
  [0, '0:00'],
  [1, '0:01'],
  [19_400, '0:20'],
  [299_999, '5:00'],
])('%i ms left are %s', (ms, text) => {
  expect(clockText(ms)).toBe(text)
})

test('the buttons say what comes of them', () => {
  expect(canaryTitle(canary)).toBe('Canary: 2 resources go first')
  expect(canaryAnswerLabels(canary).fine).toBe('Nothing broke: go on with the other 312')
  expect(canaryAnswerLabels({ rest: 0 }).fine).toBe('Nothing broke: end it')
})

test.each<[string, Partial<Canary>, string[]]>([
  ['before anything', {}, ['in-progress', 'pending', 'pending', 'pending', 'pending']],
  [
    'one of two is proved',
    { state: 'changing', unsettled: 1 },
    ['success', 'in-progress: 1 of 2 resources settled', 'pending', 'pending', 'pending'],
  ],
  [
    'something broke while they go',
    { state: 'stopping', failure: 'answer', unsettled: 1 },
    [
      'success',
      'in-progress: 1 of 2 resources settled; nothing more is sent, and what went is put back',
      ...['pending', 'pending', 'pending'],
    ],
  ],
  [
    'KMS is waited for',
    { state: 'waiting', waitUntil, waitMs: 20_000 },
    [
      ...['success', 'success'],
      'in-progress: KMS follows a changed tag after up to 5 min. 0:20 left',
      ...['pending', 'pending'],
    ],
  ],
  ['nothing had to be waited for', { state: 'asking' }, ['success', 'success', 'success', 'warning']],
  ['it passed', { state: 'passed', waitUntil }, ['success', 'success', 'success', 'success', 'success']],
  ['one was refused', { state: 'failed', failure: 'outcome' }, ['success', 'error', 'pending', 'pending']],
  [
    'something broke while KMS was waited for',
    { state: 'failed', failure: 'answer', waitUntil },
    ['success', 'success', 'error', 'pending', 'pending'],
  ],
  [
    'access was lost',
    { state: 'failed', failure: 'check', waitUntil },
    ['success', 'success', 'success', 'error', 'pending'],
  ],
  [
    'cancelled while KMS was waited for',
    { state: 'cancelled', waitUntil },
    ['success', 'success', 'stopped', 'pending', 'pending'],
  ],
])('%s', (_, change, steps) => {
  expect(told(change)).toEqual(steps)
})
