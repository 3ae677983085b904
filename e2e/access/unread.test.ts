import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountArbitrary, disagreements } from './account.ts'
import { caseArbitrary } from './generate-case.ts'
import { scale, seed } from './seed.ts'
import { changed, contradictions, unreadParts } from './unread.ts'

const CASES = 600 * scale
const ACCOUNTS = 40 * scale
const contexts = fc.constantFrom('open' as const, 'closed' as const)

test.for(['kms', 'secretsmanager'] as const)(
  `${CASES} cases of %s, seed ${seed}: what is sure though a layer was not read holds whatever the layer is`,
  { timeout: 300_000 * scale },
  (service) => {
    const sound = fc.property(
      contexts.chain((context) => fc.tuple(fc.constant(context), caseArbitrary({ service, context }))),
      unreadParts(service),
      ([context, file], parts) => {
        expect(contradictions(file, parts, context)).toEqual([])
      },
    )
    fc.assert(sound, { numRuns: CASES, seed })
  },
)

const keySpec = fc.option(fc.constantFrom('RSA_2048', 'SYMMETRIC_DEFAULT'), { nil: undefined })
const deny = {
  Version: '2012-10-17' as const,
  Statement: [
    {
      Effect: 'Deny' as const,
      Action: ['*'],
      Resource: ['*'],
      Condition: { StringEquals: { 'kms:KeySpec': ['RSA_2048'] }, Null: { 'aws:ResourceTag/team': ['true'] } },
    },
  ],
}

test.for(['kms', 'secretsmanager'] as const)(
  `${ACCOUNTS} accounts of %s, seed ${seed}: layers that were not read and facts that nobody told, as case by case`,
  { timeout: 300_000 * scale },
  (service) => {
    const same = fc.property(
      accountArbitrary(service),
      fc.array(fc.tuple(fc.boolean(), unreadParts(service), keySpec), { minLength: 4, maxLength: 4 }),
      contexts,
      (files, choices, context) => {
        const partly = files.map((file, at) => {
          const [isUnread = false, parts = [], spec] = choices[at] ?? []
          const { principal, resource } = file
          const withFacts = {
            ...file,
            principal: { ...principal, identityPolicies: [...principal.identityPolicies, deny] },
            resource: { ...resource, ...(service === 'kms' && spec !== undefined && { keySpec: spec }) },
          }
          return isUnread ? changed(withFacts, parts, 'unread') : withFacts
        })
        expect(disagreements(partly, context)).toEqual([])
      },
    )
    fc.assert(same, { numRuns: ACCOUNTS, seed })
  },
)
