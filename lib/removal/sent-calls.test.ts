import { expect, test } from 'vitest'
import type { LoggedEvent } from '../audit-event.ts'
import { SentCalls } from './sent-calls.ts'

type Told = [action: 'sent' | 'failed' | 'answered' | 'proved', resource: string, tagKey: string, requestId?: string]

const blank = {
  chain: 'c',
  at: '2026-01-01T00:00:00.000Z',
  actorId: '',
  actorName: '',
  address: null,
  valueHash: null,
  outcome: null,
  accessKeyId: 'ASIA',
  details: null,
  previous: '',
  hash: '',
}
const actions = { sent: 'call.sent', failed: 'call.failed', answered: 'tag.outcome', proved: 'tag.outcome' } as const
const callsOf = (told: readonly Told[]) => {
  const sent = new SentCalls()
  for (const [at, [action, resource, tagKey, requestId = null]] of told.entries()) {
    const event: LoggedEvent = {
      ...blank,
      action: actions[action],
      seq: at + 1,
      resource,
      tagKey,
      requestId,
    }
    sent.take(event)
  }
  return sent.calls.map(({ resource, requestId }) => `${resource} ${requestId}`)
}

test.each<[rule: string, told: Told[], calls: string[]]>([
  [
    'a call names all its tag keys in a row',
    [
      ['sent', 'a', 'x'],
      ['sent', 'a', 'y'],
      ['sent', 'b', 'x'],
      ['answered', 'a', 'x', '1'],
      ['answered', 'a', 'y', '1'],
      ['answered', 'b', 'x', '2'],
    ],
    ['a 1', 'b 2'],
  ],
  [
    'a tag key that is named again is another call',
    [
      ['sent', 'a', 'x'],
      ['sent', 'a', 'x'],
      ['answered', 'a', 'x', '2'],
    ],
    ['a null', 'a 2'],
  ],
  [
    'a call that AWS refused for a while and the one that is tried after it are two, even for fewer tag keys',
    [
      ['sent', 'a', 'x'],
      ['failed', 'a', 'x'],
      ['sent', 'a', 'y'],
      ['sent', 'a', 'z'],
      ['failed', 'a', 'y', '2'],
      ['failed', 'a', 'z', '2'],
      ['sent', 'a', 'y'],
      ['answered', 'a', 'y', '3'],
    ],
    ['a null', 'a 2', 'a 3'],
  ],
  [
    'tag keys that are tried one by one are a call each',
    [
      ['sent', 'a', 'x'],
      ['sent', 'a', 'y'],
      ['sent', 'a', 'x'],
      ['answered', 'a', 'x', '2'],
      ['sent', 'a', 'y'],
      ['answered', 'a', 'y', '3'],
    ],
    ['a null', 'a 2', 'a 3'],
  ],
  [
    'a proof is no answer',
    [
      ['sent', 'a', 'x'],
      ['proved', 'a', 'x'],
    ],
    ['a null'],
  ],
])('%s', (_, told, calls) => {
  expect(callsOf(told)).toEqual(calls)
})
