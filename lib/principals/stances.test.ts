import { expect, test } from 'vitest'
import type { SimulationResult } from '../aws/simulate.ts'
import { stancesOf } from './stances.ts'

const told: SimulationResult = {
  action: 'kms:Decrypt',
  arn: 'arn:aws:kms:eu-central-1:111122223333:key/0e32b8a5-9b7c-4d7e-8f1a-2b3c4d5e6f70',
  decision: 'implicitDeny',
  missing: [],
  areScpsAllowing: true,
  isBoundaryAllowing: true,
}
const alone = { isContextMissing: false, isAlone: true }

test.each<[what: string, result: Partial<SimulationResult>, how: Partial<typeof alone>, stances: string]>([
  ['allowed', { decision: 'allowed' }, {}, 'allow'],
  ['an explicit deny', { decision: 'explicitDeny' }, {}, 'deny'],
  ['nothing allows', {}, {}, 'silent'],
  ['nothing allows, and no SCP or boundary binds', { areScpsAllowing: null, isBoundaryAllowing: null }, {}, 'silent'],
  ['the boundary does not allow', { isBoundaryAllowing: false }, {}, 'capped'],
  ['SCPs do not allow', { areScpsAllowing: false }, {}, 'deny'],
  ['SCPs do not allow one of several resources', { areScpsAllowing: false }, { isAlone: false }, 'silent deny'],
  ['nor does the boundary', { areScpsAllowing: false, isBoundaryAllowing: false }, { isAlone: false }, 'capped deny'],
  [
    'several resources, of which one is denied',
    { decision: 'allowed', areScpsAllowing: false },
    { isAlone: false },
    'allow',
  ],
  ['context is missing', { decision: 'allowed' }, { isContextMissing: true }, 'allow silent capped deny'],
])('%s', (_, result, how, stances) => {
  expect(stancesOf({ ...told, ...result }, { ...alone, ...how }).join(' ')).toBe(stances)
})
