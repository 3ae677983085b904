import type { CallRecord } from '#lib/sandbox/calls.ts'
import { chosenKeys, keptKey } from './account.ts'
import type { Dice } from './dice.ts'
import type { Stage } from './stage.ts'

export type Phase = 'planning' | 'starting' | 'removing' | 'puttingBack'

/** A tag that somebody else has set or taken away. */
export interface Change {
  arn: string
  key: string
  /** Null: taken away. */
  value: string | null
  /** No call of ours that was sent before may take effect after this instant. */
  at: string
}

/** A run as it goes on: the stage, what is being done on it, and what is remembered of it for the judgement. */
export interface Scene {
  readonly stage: Stage
  readonly dice: Dice
  /** The tags of every resource before anything was done. */
  readonly before: ReadonlyMap<string, Readonly<Record<string, string>>>
  phase: Phase
  removalId: string | null
  /** The removal, or its put-back once that has begun. */
  underWayId: string | null
  readonly changes: Change[]
  /** Resources with a call that takes effect only after its process has died; nobody else touches them. */
  readonly withLateCall: Set<string>
  /** Resources of which reads may be stale; nobody else touches them either. */
  readonly readStale: Set<string>
  /** What was found wrong at the very moment, for the rest see invariants.ts. */
  readonly seenWrong: string[]
  /** How often what was done. */
  readonly counts: Record<string, number>
  /** Tells how it goes on. */
  say(text: string): void
}

export function count(scene: Scene, what: string, times = 1): void {
  scene.counts[what] = (scene.counts[what] ?? 0) + times
}

export const reads = ['kms:ListResourceTags', 'secretsmanager:DescribeSecret']
export const untags = ['kms:UntagResource', 'secretsmanager:UntagResource']
export const tags = ['kms:TagResource', 'secretsmanager:TagResource']

/** The calls by which the present phase changes something. */
export const writesOf = ({ phase }: Scene) => (phase === 'puttingBack' ? tags : untags)

/** The calls that AWS has received, whatever came of them. */
export async function callsOf(stage: Stage, operations: readonly string[]): Promise<CallRecord[]> {
  const calls = await Promise.all(operations.map((operation) => stage.sandbox.calls({ operation })))
  return calls.flat()
}

/** The calls that have changed something, oldest first. */
export async function effectsOf(stage: Stage, operations: readonly string[]): Promise<CallRecord[]> {
  return (await callsOf(stage, operations)).filter(({ isApplied }) => isApplied)
}

/** Resources that nobody else may change (any more): what came of it could not be judged. */
export const spokenFor = ({ changes, withLateCall, readStale }: Scene) => [
  ...changes.map(({ arn }) => arn),
  ...withLateCall,
  ...readStale,
]

/** Resources that no call of this phase has changed yet, and nobody else. */
export async function untouched(scene: Scene): Promise<string[]> {
  const touched = new Set(spokenFor(scene))
  for (const { resource } of await effectsOf(scene.stage, writesOf(scene))) touched.add(resource ?? '')
  return scene.stage.arns.filter((arn) => !touched.has(arn))
}

/** Somebody sets a tag to another value, or takes it away, while no call to the resource is under way. */
export async function changeTag(scene: Scene, arn: string): Promise<void> {
  const { sandbox } = scene.stage
  const present = Object.keys(await sandbox.tagsOf(arn)).filter((name) => name !== keptKey)
  const key = scene.dice.one(present.length > 0 ? present : chosenKeys)
  const value = present.length > 0 && scene.dice.chance(0.3) ? null : `somebody else's ${scene.changes.length}`
  if (value === null) await sandbox.deleteTag(arn, key)
  else await sandbox.putTag(arn, key, value)
  scene.changes.push({ arn, key, value, at: new Date().toISOString() })
  count(scene, 'changed by somebody')
}
