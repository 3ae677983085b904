import type { ImpactReview } from '#lib/impact-review.ts'
import type { RemovalItem } from '#lib/removal/list-removal-items.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import type { Started } from '#lib/removal/start-state.ts'
import type { PlanRequest } from '#lib/selection.ts'
import { chosenKeys } from './account.ts'
import type { Scene } from './scene.ts'
import type { Stage } from './stage.ts'
import { until } from './until.ts'

/** What an operator does, by what the pages ask of the console. Each step waits until it is done, whatever dies meanwhile. */

export function requestPlan(stage: Stage): Promise<string> {
  const request: PlanRequest = {
    selection: { by: 'arns', arns: [...stage.arns] },
    tags: chosenKeys.map((key) => ({ key })),
    includeServiceOwned: false,
  }
  return until('a plan', async () => (await stage.client.call<{ planId: string }>('requestPlanAction', request)).planId)
}

export function requestPutBack(stage: Stage, removalId: string): Promise<string> {
  const input = { removalId, itemIds: 'all' }
  return until('a put-back', async () => (await stage.client.call<{ planId: string }>('putBackAction', input)).planId)
}

/** Waits for the review. */
export async function reviewed(stage: Stage, planId: string): Promise<{ plan: Plan; impact: ImpactReview }> {
  const plan = await until('the plan to be ready', async () => {
    const read = await stage.client.call<Plan>('readPlanAction', { planId })
    return read.state === 'ready' && read
  })
  const impact = await until('the analysis to be ready', async () => {
    const read = await stage.client.call<ImpactReview>('readImpactAction', { planId })
    return read.state === 'ready' && read
  })
  return { plan, impact }
}

/** Presses start, acknowledging everything, until the removal has begun. */
export async function start(stage: Stage, planId: string): Promise<string> {
  const { plan, impact } = await reviewed(stage, planId)
  const input = {
    planId,
    reviewedPlanDigest: plan.digest,
    reviewedImpactId: impact.impactId,
    acknowledgements: impact.required,
    canary: false,
  }
  return until('the removal to begin', async () => {
    const started = await stage.client.call<Started>('startRemovalAction', input)
    return 'removalId' in started && started.removalId
  })
}

export function readRemoval(stage: Stage, removalId: string): Promise<Removal> {
  return stage.client.call<Removal>('readRemovalAction', { removalId })
}

/** Waits until a removal is over. */
export async function settled(scene: Scene, removalId: string): Promise<void> {
  let looks = 0
  let before = ''
  for (let isOver = false; !isOver; ) {
    const now = await until('a removal to go on', async () => {
      const { state, items, pauseReason, pauseMessage } = await readRemoval(scene.stage, removalId)
      const progress = JSON.stringify({ state, ...items, pauseReason, pauseMessage })
      if (looks++ % LOOKS_PER_WORD === 0) scene.say(progress)
      return (state === 'settled' || progress !== before) && { progress, isOver: state === 'settled' }
    })
    before = now.progress
    isOver = now.isOver
  }
}

const LOOKS_PER_WORD = 40
const PAGE = 100

/** Every item of a removal with its tags and their outcomes. */
export async function listItems(stage: Stage, removalId: string): Promise<RemovalItem[]> {
  return until('the items', async () => {
    const all: RemovalItem[] = []
    for (let page = 1; ; page += 1) {
      const input = { removalId, outcome: 'all', text: '', page, size: PAGE }
      const { rows, matched } = await stage.client.call<{ rows: RemovalItem[]; matched: number }>(
        'listRemovalItemsAction',
        input,
      )
      all.push(...rows)
      if (rows.length < PAGE || all.length >= matched) return all
    }
  })
}

/** The item of one resource; undefined when the removal does not hold it. */
export async function itemOf(stage: Stage, removalId: string, arn: string): Promise<RemovalItem | undefined> {
  const input = { removalId, outcome: 'all', text: arn, page: 1, size: 1 }
  return (await stage.client.call<{ rows: RemovalItem[] }>('listRemovalItemsAction', input)).rows[0]
}
