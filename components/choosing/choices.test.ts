import { expect, test } from 'vitest'
import { planRequestSchema } from '#lib/selection.ts'
import { type Choices, chooseKeys, countTags, limitTo, planRequest, type SelectionTag } from './choices.ts'

const owner: SelectionTag = {
  key: 'Owner',
  reserved: false,
  sensitive: false,
  resources: 5,
  values: [
    { value: 'ada', resources: 3 },
    { value: '', resources: 2 },
  ],
  distinctValues: 2,
}
const team: SelectionTag = { ...owner, key: 'team', resources: 7 }
const all = new Map<string, string[]>()

const cases: { rule: string; choices: Choices; tags: number }[] = [
  { rule: 'nothing is ticked', choices: all, tags: 0 },
  { rule: 'a key counts on every resource that carries it', choices: chooseKeys(all, ['Owner']), tags: 5 },
  { rule: 'a limited key counts where its value is', choices: new Map([['Owner', ['']]]), tags: 2 },
  { rule: 'keys add up', choices: chooseKeys(all, ['Owner', 'team']), tags: 12 },
]
test.each(cases)('$rule', ({ choices, tags }) => {
  expect(countTags(choices, [owner, team])).toBe(tags)
})

test('a key that stays ticked keeps its values; one that is ticked anew starts with all', () => {
  const limited = limitTo(chooseKeys(all, ['Owner', 'team']), 'Owner', ['ada'])
  expect(chooseKeys(limited, ['Owner', 'stage']).get('Owner')).toEqual(['ada'])
  expect(chooseKeys(chooseKeys(limited, []), ['Owner']).get('Owner')).toEqual([])
})

test('the request says a limit only where there is one, and is one that the server takes', () => {
  const choices = limitTo(chooseKeys(all, ['Owner', 'team']), 'Owner', [''])
  const request = planRequest({ by: 'filter', filter: { operation: 'and', tokens: [] }, except: [] }, choices, true)
  expect(request.tags).toEqual([{ key: 'Owner', onlyValues: [''] }, { key: 'team' }])
  expect(planRequestSchema.safeParse(request).success).toBe(true)
})
