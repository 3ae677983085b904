import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { withoutPace } from '../aws/testing.ts'
import { readImpact } from '../impact/read-impact.ts'
import { findingsOf, newestImpact } from '../impact/thread/testing.ts'
import { principalReadings } from '../store/schema.ts'
import { calibratePlan } from './calibrate-plan.ts'
import { type Bench, openBench, request } from './testing.ts'

withoutPace()

let bench: Bench
let planId: string
beforeAll(async () => {
  bench = await openBench()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await bench.close()
})

const tags = { team: 'pay' }
const exactly = [
  { type: 'key' as const, alias: 'alias/a', tags },
  { type: 'key' as const, alias: 'alias/b', tags },
  { type: 'secret' as const, name: 'c', tags },
]

beforeEach(async () => {
  const { arns } = await bench.sandbox.reset({ exactly })
  await bench.store.db.delete(principalReadings)
  planId = await bench.prepare(request(arns, 'team'))
  bench.forget()
})

/** Presses the button, and waits for what follows from it. */
async function calibrated() {
  const impactId = await newestImpact(bench.store, planId)
  const found = await calibratePlan(bench.ports, { planId, impactId })
  const isAnalysedAgain = bench.analyses.size > 0
  await bench.analyse()
  const { impacts } = await findingsOf(bench, await newestImpact(bench.store, planId))
  return { found, isAnalysedAgain, impacts, review: await readImpact(bench.store, bench.scope, planId) }
}

// A member account does not see its SCPs.
const closedLayer = (action: string) => bench.sandbox.settings({ denied: [{ action, layer: 'serviceControlPolicy' }] })

test('where AWS answers as was computed, that is told and nothing else changes', async () => {
  const { found, isAnalysedAgain, review } = await calibrated()
  expect(found).toMatchObject({ resources: 2, agreeing: 10, undecided: 0, disagreements: [] })
  expect(isAnalysedAgain).toBe(false)
  expect(review.calibration).toEqual(found)
  expect(review.verdicts).toMatchObject({ none: 3, unknown: 0 })
})

test('what a layer that nobody could read forbids is unknown on every resource of the type', async () => {
  await closedLayer('kms:DescribeKey')
  const { found, isAnalysedAgain, impacts, review } = await calibrated()
  const message = expect.stringContaining('service control policy')
  const { name } = found.disagreements[0] ?? {}
  expect(found.disagreements).toEqual([
    {
      type: 'key',
      arn: expect.stringContaining(':key/'),
      name,
      action: 'kms:DescribeKey',
      computed: 'allow',
      message,
    },
  ])
  expect(isAnalysedAgain).toBe(true)
  expect(review).toMatchObject({ calibration: found, verdicts: { unknown: 2, none: 1 } })
  expect(impacts.get('alias/b')).toMatchObject({
    verdict: 'unknown',
    own: { unknown: 1, lose: 0 },
    unknownBecause: [`AWS answered otherwise than was computed for \`${name}\`: something is missing from the picture`],
  })
  expect(review.required.map(({ kind }) => kind)).toContain('unknown')
})

test('what AWS disagreed on is tried again first, and is known again once AWS agrees', async () => {
  await closedLayer('kms:DescribeKey')
  await calibrated()
  expect((await calibrated()).isAnalysedAgain).toBe(false)
  await bench.sandbox.settings({ denied: [] })
  const { found, isAnalysedAgain, review } = await calibrated()
  expect(found.disagreements).toEqual([])
  expect(isAnalysedAgain).toBe(true)
  expect(review.verdicts).toMatchObject({ unknown: 0, none: 3 })
})

test('a plan that was started, or is somebody else’s, is not checked any more', async () => {
  const impactId = await newestImpact(bench.store, planId)
  const stranger = calibratePlan({ ...bench.ports, scope: 'somebody/else' }, { planId, impactId })
  await expect(stranger).rejects.toMatchObject({ code: 'notFound' })
  await bench.startPrepared(await bench.reviewed(planId))
  await expect(calibratePlan(bench.ports, { planId, impactId })).rejects.toMatchObject({ code: 'wrongState' })
})
