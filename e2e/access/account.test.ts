import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountArbitrary, disagreements } from './account.ts'
import { scale, seed } from './seed.ts'

const ACCOUNTS = 60 * scale

test.for(['kms', 'secretsmanager'] as const)(
  `${ACCOUNTS} accounts of %s, seed ${seed}: what is skipped or shared is as if it had been decided alone`,
  {
    timeout: 300_000 * scale,
  },
  (service) => {
    const same = fc.property(
      accountArbitrary(service),
      fc.constantFrom('open' as const, 'closed' as const),
      (files, context) => {
        expect(disagreements(files, context)).toEqual([])
      },
    )
    fc.assert(same, { numRuns: ACCOUNTS, seed })
  },
)
