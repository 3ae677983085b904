import type { Store } from './store.ts'

// Bounds the time for which one statement holds the rows and chains that it writes.
const ASKS_MAX = 256

interface Waiting<Ask, Answer> {
  ask: Ask
  answer: PromiseWithResolvers<Answer>
}

interface Queue<Ask, Answer> {
  waiting: Waiting<Ask, Answer>[]
  isUnderWay: boolean
}

/**
 * Lets callers share a statement: one at a time is under way in a store, and whatever is asked for meanwhile goes together
 * in the next. Each hears only once what it asked for is committed. Answers come in the order of the asks. When many fail
 * together, each is tried by itself, so that the fault of one is not everybody's.
 */
export function together<Ask, Answer>(run: (store: Store, asks: readonly Ask[]) => Promise<readonly Answer[]>) {
  const queues = new WeakMap<Store, Queue<Ask, Answer>>()

  async function answerAll(store: Store, taken: readonly Waiting<Ask, Answer>[]): Promise<void> {
    try {
      const answers = await run(
        store,
        taken.map(({ ask }) => ask),
      )
      for (const [at, answer] of answers.entries()) taken[at]?.answer.resolve(answer)
    } catch (error) {
      if (taken.length === 1) taken[0]?.answer.reject(error)
      else for (const one of taken) await answerAll(store, [one])
    }
  }

  async function workOff(store: Store, queue: Queue<Ask, Answer>): Promise<void> {
    queue.isUnderWay = true
    while (queue.waiting.length > 0) await answerAll(store, queue.waiting.splice(0, ASKS_MAX))
    queue.isUnderWay = false
  }

  return (store: Store, ask: Ask): Promise<Answer> => {
    const queue = queues.get(store) ?? { waiting: [], isUnderWay: false }
    queues.set(store, queue)
    const answer = Promise.withResolvers<Answer>()
    queue.waiting.push({ ask, answer })
    if (!queue.isUnderWay) void workOff(store, queue)
    return answer.promise
  }
}
