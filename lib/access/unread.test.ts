import { expect, test } from 'vitest'
import { unreadCandidates } from './unread.ts'

test.for([
  ['identity', /identity policies/],
  ['boundary', /boundary/],
  ['session', /session policy/],
  ['scp', /SCPs/],
  ['rcp', /RCPs/],
  ['delegation', /policy of the resource/],
  ['direct', /policy of the resource/],
  ['uncapped', /policy of the resource/],
] as const)('an unread policy in the place %s may allow and may deny, on each side by itself', ([slot, reason]) => {
  const candidates = unreadCandidates({ slot, level: 0, pointer: 'policy' }, 'kms')
  expect(candidates.map(({ effect }) => effect)).toEqual(['Allow', 'Deny'])
  for (const { atoms } of candidates) {
    expect(atoms).toMatchObject([{ opaque: { reason: expect.stringMatching(reason), perSide: true } }])
  }
})
