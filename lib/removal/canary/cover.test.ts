import { describe, expect, test } from 'vitest'
import { type Alike, CANARY_RESOURCES_MAX, coverClasses } from './cover.ts'

const alike = (shape: string, tagKeys: string, resources: number, fit: string | null): Alike => ({
  shape,
  tagKeys: tagKeys.split(' '),
  resources,
  fit,
})

describe('one resource of each class goes first', () => {
  test.each<[string, Alike[], ReturnType<typeof coverClasses>]>([
    ['nothing', [], { arns: [], classes: 0, unfit: 0, beyond: 0 }],
    [
      'one stands for all that are alike',
      [alike('s', 'team', 300, 'a')],
      { arns: ['a'], classes: 1, unfit: 0, beyond: 0 },
    ],
    [
      'one that loses both tags stands for both classes',
      [alike('s', 'team', 300, 'a'), alike('s', 'owner', 9, 'b'), alike('s', 'owner team', 2, 'c')],
      { arns: ['c'], classes: 2, unfit: 0, beyond: 0 },
    ],
    [
      'of those that bring as much the one that loses least, then the commonest',
      [alike('s', 'team', 2, 'b'), alike('s', 'team owner', 1, null), alike('s', 'owner', 5, 'c')],
      { arns: ['c', 'b'], classes: 2, unfit: 0, beyond: 0 },
    ],
    [
      'a class of which nothing could be put back is counted',
      [alike('s', 'team', 2, null), alike('s', 'owner', 1, 'a'), alike('r', 'team', 9, null)],
      { arns: ['a'], classes: 3, unfit: 2, beyond: 0 },
    ],
    [
      'the largest shape is first',
      [alike('q', 'team', 2, 'small'), alike('s', 'team', 9, 'large')],
      { arns: ['large', 'small'], classes: 2, unfit: 0, beyond: 0 },
    ],
  ])('%s', (_, given, cover) => {
    expect(coverClasses(given)).toEqual(cover)
  })

  test('never more than the limit; what is left out is counted', () => {
    const many = Array.from({ length: CANARY_RESOURCES_MAX + 7 }, (_, at) => alike(`s${at}`, 'team', 1, `a${at}`))
    const { arns, ...counts } = coverClasses(many)
    expect(arns).toHaveLength(CANARY_RESOURCES_MAX)
    expect(counts).toEqual({ classes: CANARY_RESOURCES_MAX + 7, unfit: 0, beyond: 7 })
  })

  test('in whatever order they come, the same go first', () => {
    const given = [
      alike('s', 'a b', 2, 'x'),
      alike('s', 'b c', 2, 'y'),
      alike('s', 'c', 2, 'z'),
      alike('q', 'c', 6, 'w'),
    ]
    expect(coverClasses(given.toReversed())).toEqual(coverClasses(given))
  })
})
