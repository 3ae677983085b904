import { describe, expect, test } from 'vitest'
import type { ImpactPictureShown, ImpactReview, ImpactSign } from '#lib/impact-review.ts'
import { impactSigns } from '#lib/impact-review.ts'
import { impactSentences, type Topic } from './impact-sentences.ts'

const picture: ImpactPictureShown = {
  principalsReadAt: '2026-11-21T08:00:00.000Z',
  principals: 5,
  notRead: [],
  outsiders: [],
}
const scpsUnread: ImpactPictureShown = {
  ...picture,
  notRead: [{ part: 'scps', problem: { code: 'denied', message: 'no' } }],
}
const partner: ImpactPictureShown = {
  ...picture,
  outsiders: [{ kind: 'account', name: '444455556666', resources: 1 }],
}
const noPrincipals = { losing: 0, gaining: 0, unknown: 0 }

function told(
  topic: Topic,
  signs: Partial<Record<ImpactSign, number>>,
  review: Partial<Pick<ImpactReview, 'principals' | 'picture'>> = {},
  direction: 'remove' | 'putBack' = 'remove',
) {
  const none = Object.fromEntries(impactSigns.map((sign) => [sign, 0])) as Record<ImpactSign, number>
  const all = impactSentences({ principals: noPrincipals, picture, ...review, signs: { ...none, ...signs } }, direction)
  return all[topic].map(({ text }) => text)
}

describe('nothing happens', () => {
  test('it is said of everybody, without reserve when all was read', () => {
    expect(told('you', {})).toEqual(['You keep your access, and can put these tags back'])
    expect(told('others', {})).toEqual(['Nobody else loses access'])
    expect(told('gain', {})).toEqual(['Nobody gains access'])
    expect(told('unknown', {})).toEqual(['Everything could be decided'])
  })

  const reserved = [
    ['a layer was not read', {}, { picture: scpsUnread }],
    ['something is unknown', { unknown: 1 }, {}],
    ['it is not known what was read', {}, { picture: null }],
    ['policies name outsiders', {}, { picture: partner }],
  ] as const
  test.each(reserved)('%s: only as far as is known', (_, signs, review) => {
    expect(told('gain', signs, review)).toEqual(['As far as is known, nobody gains access'])
  })

  test('outsiders leave no doubt about oneself', () => {
    expect(told('you', {}, { picture: partner })).toEqual(['You keep your access, and can put these tags back'])
  })
})

describe('what happens', () => {
  const sentences: [Topic, Parameters<typeof told>[1], Parameters<typeof told>[2], string][] = [
    ['you', { ownLoss: 2 }, {}, 'You lose or may lose access to 2 resources'],
    ['you', { ownUnknown: 1, unknown: 1 }, {}, 'It is unknown what becomes of your access to 1 resource'],
    ['you', { notPermitted: 1 }, {}, 'You are not permitted to do this on 1 resource'],
    [
      'others',
      { othersLose: 3 },
      { principals: { ...noPrincipals, losing: 1 } },
      '1 other principal loses or may lose access, on 3 resources',
    ],
    [
      'gain',
      { gain: 1 },
      { principals: { ...noPrincipals, gaining: 2 } },
      '2 other principals gain or may gain access, on 1 resource',
    ],
    ['gain', { gain: 1 }, {}, 'You gain or may gain access to 1 resource'],
    ['unknown', { unknown: 4 }, {}, 'Something is unknown on 4 resources'],
  ]
  test.each(sentences)('%s %o', (topic, signs, review, sentence) => {
    expect(told(topic, signs, review)).toEqual([sentence])
  })

  test('what cannot be reversed warns of the lock-out that AWS allows', () => {
    expect(told('you', { irreversible: 2, awsRefuses: 1 })[0]).toBe(
      'You will not be able to put these tags back on 2 resources; AWS will let you lock yourself out',
    )
  })

  test('where AWS refuses or denies every such call, nobody is locked out', () => {
    expect(told('you', { irreversible: 2, awsRefuses: 1, notPermitted: 1 })[0]).toBe(
      'You will not be able to put these tags back on 2 resources',
    )
  })

  test('putting back has its own words', () => {
    expect(told('you', { mayBeIrreversible: 1 }, {}, 'putBack')).toEqual([
      'You may not be able to remove these tags again on 1 resource',
    ])
  })
})
