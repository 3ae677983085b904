import { describe, expect, test } from 'vitest'
import { problemsBesides, problemsOfFile } from './import-problems.ts'

const problems = [
  { path: '["root.json"].Statement[0]', message: 'has no Resource' },
  { path: '["root.json"].Policy.Content.Version', message: 'is unknown' },
  { path: '["broken.json"]', message: 'is no JSON' },
  { path: 'plain.Statement', message: 'is missing' },
  { path: 'level 2', message: 'has no SCP' },
]

describe('each problem stands where it belongs', () => {
  test.each([
    ['root.json', 'Statement[0] has no Resource; Policy.Content.Version is unknown'],
    ['broken.json', 'broken.json is no JSON'],
    ['plain', 'Statement is missing'],
    ['fine.json', null],
  ])('of %s', (name, told) => {
    expect(problemsOfFile(problems, name)).toBe(told)
  })

  test('those of no file are told besides', () => {
    const besides = problemsBesides(problems, ['root.json', 'broken.json', 'plain'])
    expect(besides.map(({ path }) => path)).toEqual(['level 2'])
  })

  test('a file is not taken for one whose name goes on', () => {
    expect(problemsOfFile([{ path: 'policies.Version', message: 'x' }], 'policies')).toBe('Version x')
    expect(problemsOfFile([{ path: 'policies.Version', message: 'x' }], 'polic')).toBeNull()
  })
})
