import { afterAll, beforeAll, type MockInstance, vi } from 'vitest'
import { Pace } from './pace.ts'

/** For tests that are not about how fast AWS is asked: for as long as a file runs, no call waits for its turn. */
export function withoutPace(): void {
  let take: MockInstance<Pace['take']>
  beforeAll(() => {
    take = vi.spyOn(Pace.prototype, 'take').mockImplementation(async (signal) => signal?.throwIfAborted())
  })
  afterAll(() => take.mockRestore())
}
