import { expect, test } from 'vitest'
import { every } from './every.ts'

const DAY_MS = 24 * 3600 * 1000

test('work that fails is told, and what is stopped ends at once', async () => {
  const errors: string[] = []
  const worked = Promise.withResolvers<void>()
  const work = async () => {
    worked.resolve()
    throw new Error('today it does not work')
  }
  const days = every(DAY_MS, work, (error) => errors.push(error.message))
  await worked.promise
  await days.stop()
  expect(errors).toEqual(['today it does not work'])
})

test('what is at work when it is stopped is told so, and waited for', async () => {
  const ended: boolean[] = []
  const days = every(
    DAY_MS,
    (signal) =>
      new Promise((resolve) =>
        signal.addEventListener('abort', () => {
          ended.push(signal.aborted)
          resolve()
        }),
      ),
    () => {},
  )
  await days.stop()
  expect(ended).toEqual([true])
})

test('work comes again after a failure', async () => {
  let times = 0
  const again = Promise.withResolvers<void>()
  const work = async () => {
    times += 1
    if (times === 2) again.resolve()
    throw new Error('not yet')
  }
  const clock = every(1, work, () => {})
  await again.promise
  await clock.stop()
})
