import { setTimeout as wait } from 'node:timers/promises'
import { paths } from '#lib/paths.ts'
import { seededRandom } from '#lib/sandbox/random.ts'
import type { Visit } from './visit.ts'

/** A person reads for a while between two clicks. Milliseconds. */
const READING = { min: 500, max: 3500 }

const view = { filter: { operation: 'and', tokens: [] }, sort: 'name', descending: false, page: 1, size: 50 }
const filtered = (property: string, operator: string, value: string) => ({
  operation: 'and',
  tokens: [{ property, operator, value }],
})

/** What people do on the pages of 20,000 resources; `n` is any number. */
export const clicks: Record<string, (visit: Visit, n: number, arns: readonly string[]) => Promise<unknown>> = {
  resourcesPage: ({ open }, n) => open(paths.resources({ page: (n % 400) + 1 })),
  tagsPage: ({ open }) => open(paths.tags()),
  nextPage: ({ act }, n) => act('listResourcesAction', { ...view, page: (n % 400) + 1 }),
  sorted: ({ act }, n) => act('listResourcesAction', { ...view, sort: 'tags', descending: n % 2 === 0 }),
  byTagKey: ({ act }, n) => act('listResourcesAction', { ...view, filter: filtered('tagKey', '=', `tag-${n % 4}`) }),
  byText: ({ act }, n) => act('listResourcesAction', { ...view, filter: filtered('text', ':', `app/${n % 999}`) }),
  facets: ({ act }) => act('readFacetsAction', {}),
  detail: ({ act }, n, arns) => act('readDetailAction', { arn: arns[n % arns.length] }),
}
const names = Object.keys(clicks)

/** One click, and how long its answer took. */
export interface Visited {
  name: string
  ms: number
  failure?: string
}

/** One person, until the signal comes. */
export async function browse(
  visit: Visit,
  arns: readonly string[],
  seed: number,
  signal: AbortSignal,
): Promise<Visited[]> {
  const random = seededRandom(seed)
  const visited: Visited[] = []
  for (;;) {
    await wait(READING.min + random() * (READING.max - READING.min))
    if (signal.aborted) return visited
    const name = names[Math.floor(random() * names.length)] ?? 'nextPage'
    const from = performance.now()
    const ended = clicks[name]?.(visit, Math.floor(random() * 1e6), arns).then(
      () => ({}),
      (error: unknown) => ({ failure: String(error) }),
    )
    visited.push({ name, ...(await ended), ms: performance.now() - from })
  }
}
