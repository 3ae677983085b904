import { expect, test } from 'vitest'
import { openAws } from '../aws/clients.ts'
import { paceOf } from '../aws/pace.ts'
import { ExpectedError } from '../errors.ts'
import { paced, SCAN_SHARE, type ScanLane } from './scan-lane.ts'

const lane: ScanLane = {
  aws: openAws(),
  account: '111122223333',
  region: 'eu-north-1',
  signal: new AbortController().signal,
  count: () => {},
  note: () => {},
  keep: async () => {},
}
const failing = (times: number, code: 'throttled' | 'denied') => {
  const calls = { made: 0 }
  const call = async () => {
    calls.made += 1
    if (calls.made <= times) throw new ExpectedError(code, code)
    return 'answer'
  }
  return { calls, call }
}

test('a throttle that outlasts the retries of the SDK slows the pace, and the call is made again', async () => {
  const pace = paceOf(lane.account, lane.region, 'kms:DescribeKey', SCAN_SHARE)
  const before = pace.perSecond
  const { calls, call } = failing(2, 'throttled')
  expect(await paced(lane, 'kms:DescribeKey', call)).toBe('answer')
  expect(calls.made).toBe(3)
  expect(pace.perSecond).toBeLessThan(before)
})

test('a throttle without end becomes a problem', async () => {
  const { calls, call } = failing(100, 'throttled')
  await expect(paced(lane, 'kms:ListResourceTags', call)).rejects.toMatchObject({ code: 'throttled' })
  expect(calls.made).toBe(5)
})

test('any other failure is not repeated', async () => {
  const { calls, call } = failing(1, 'denied')
  await expect(paced(lane, 'kms:ListResourceTags', call)).rejects.toMatchObject({ code: 'denied' })
  expect(calls.made).toBe(1)
})

test('a scan uses half of what AWS allows', () => {
  expect(paceOf(lane.account, 'eu-south-1', 'secretsmanager:ListSecrets', SCAN_SHARE).perSecond).toBe(50)
})
