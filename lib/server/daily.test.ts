import { expect, test } from 'vitest'
import { daily } from './daily.ts'

test('work that fails is told, and what is stopped ends at once', async () => {
  const errors: string[] = []
  const worked = Promise.withResolvers<void>()
  const work = async () => {
    worked.resolve()
    throw new Error('today it does not work')
  }
  const days = daily(work, (error) => errors.push(error.message))
  await worked.promise
  await days.stop()
  expect(errors).toEqual(['today it does not work'])
})

test('what is at work when it is stopped is told so, and waited for', async () => {
  const ended: boolean[] = []
  const days = daily(
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
