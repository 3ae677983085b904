import { describe, expect, test } from 'vitest'
import type { RecordedCall } from '../aws/cloudtrail.ts'
import { compareCalls } from './compare-calls.ts'
import type { SentCall } from './sent-calls.ts'

const now = new Date('2026-01-01T12:00:00.000Z')
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString()
const sent = (resource: string, requestId: string | null, minutesAgo = 60): SentCall => {
  return { at: before(minutesAgo), resource, accessKeyId: 'ASIA', requestId }
}
const recorded = (
  resource: string,
  requestId: string,
  minutesAgo = 60,
  errorCode: string | null = null,
): RecordedCall => {
  return { eventId: `e-${requestId}`, requestId, at: before(minutesAgo), accessKeyId: 'ASIA', resource, errorCode }
}
const compared = (ours: SentCall[], theirs: RecordedCall[], elsewhere: string[] = []) => {
  const findings = compareCalls({ sent: ours, recorded: theirs, knownElsewhere: new Set(elsewhere), now })
  const { sent, matched, young, differences } = findings
  return { sent, matched, young, differences: differences.map(({ kind, requestId }) => `${kind} ${requestId}`) }
}

describe('a call', () => {
  test('that both have under one request id is no difference, whether AWS said yes or no', () => {
    const both = compared(
      [sent('a', '1'), sent('b', '2')],
      [recorded('b', '2', 60, 'AccessDenied'), recorded('a', '1')],
    )
    expect(both).toEqual({ sent: 2, matched: 2, young: 0, differences: [] })
  })

  test('that CloudTrail has not is told; so is how many are too young for it', () => {
    expect(compared([sent('a', '1'), sent('b', '2', 14)], [])).toEqual({
      sent: 2,
      matched: 0,
      young: 1,
      differences: ['notInTrail 1', 'notInTrail 2'],
    })
  })

  test('whose answer was lost is found by resource and time, and counts for one announcement only', () => {
    const ours = [sent('a', null), sent('a', '2', 59)]
    expect(compared(ours, [recorded('a', '1'), recorded('a', '2', 59)]).differences).toEqual(['replyLost 1'])
    expect(compared([sent('a', null), sent('a', null)], [recorded('a', '1')]).differences).toEqual([
      'unanswered null',
      'replyLost 1',
    ])
    expect(compared([sent('a', null)], [recorded('a', '1', 40)]).differences.toSorted()).toEqual([
      'notInLog 1',
      'unanswered null',
    ])
  })

  test('that nobody here has made stands before those that CloudTrail may only be late with', () => {
    const late = Array.from({ length: 300 }, (_, number) => sent('a', `ours ${number}`, 90))
    const { differences } = compared(late, [recorded('z', '9')])
    expect(differences).toHaveLength(200)
    expect(differences[0]).toBe('notInLog 9')
  })

  test('with our access key that the log knows nothing of is told; one of another removal is not', () => {
    expect(compared([sent('a', '1')], [recorded('a', '1'), recorded('z', '9')]).differences).toEqual(['notInLog 9'])
    expect(compared([sent('a', '1')], [recorded('a', '1'), recorded('z', '9')], ['9']).differences).toEqual([])
  })
})
