import type { Arn } from '../arn.ts'
import { ExpectedError, isExpectedError } from '../errors.ts'
import { type ResourceType, serviceOf } from '../resource.ts'
import { notTested, type Place, type Rule, type Verdict } from './rule.ts'
import { rules } from './rules.ts'
import { createThrowaway, isReadable, removeThrowaway } from './throwaway-life.ts'

/** What became of one rule. */
export interface Finding extends Verdict, Pick<Rule, 'rule' | 'source'> {
  readonly service: 'kms' | 'secretsmanager'
}

export interface Findings {
  readonly findings: readonly Finding[]
  readonly made: readonly Arn[]
  /** What went wrong besides: something could not be made or deleted, or the person stopped it. */
  readonly problems: readonly string[]
}

/** Hears how it goes on. */
export interface Watcher {
  made(arn: Arn): void
  found(finding: Finding): void
  scheduled(arn: Arn): void
}

/**
 * Tries every rule on a throwaway key and a throwaway secret. Whatever happens, an abort included, the deletion of what
 * was made is scheduled.
 */
export async function verify(place: Place, runId: string, watcher: Watcher): Promise<Findings> {
  const problems = new Set<string>()
  const findings: Finding[] = []
  const made = new Map<ResourceType, Arn>()

  async function goOn(step: () => Promise<void>) {
    try {
      place.signal.throwIfAborted()
      await step()
    } catch (error) {
      if (!isExpectedError(error) && !place.signal.aborted) throw error
      problems.add(isExpectedError(error) ? error.message : 'stopped before the end')
    }
  }
  async function make(type: ResourceType) {
    const arn = await createThrowaway(type, place, runId)
    made.set(type, arn)
    watcher.made(arn)
    if (await isReadable(type, place, arn, runId)) return
    throw new ExpectedError('notFound', `\`${arn}\` was made, but could not be read with its tags in time`)
  }
  async function attemptAll(when: Rule['when'], on: ReadonlyMap<ResourceType, Arn>) {
    for (const rule of rules.filter((each) => each.when === when)) {
      place.signal.throwIfAborted()
      const finding = await findingOf(rule, place, on.get(rule.on))
      findings.push(finding)
      watcher.found(finding)
    }
  }
  async function remove(type: ResourceType, arn: Arn): Promise<boolean> {
    const problem = await removeThrowaway(type, place, arn)
    if (problem === undefined) watcher.scheduled(arn)
    else problems.add(problem)
    return problem === undefined
  }

  const scheduled = new Map<ResourceType, Arn>()
  try {
    await goOn(() => make('key'))
    await goOn(() => make('secret'))
    await goOn(() => attemptAll('inUse', made))
  } finally {
    for (const [type, arn] of made) if (await remove(type, arn)) scheduled.set(type, arn)
  }
  await goOn(() => attemptAll('pendingDeletion', scheduled))
  return { findings, made: [...made.values()], problems: [...problems] }
}

async function findingOf({ on, rule, source, attempt }: Rule, place: Place, arn: Arn | undefined): Promise<Finding> {
  const verdict =
    arn === undefined ? notTested(`there is no ${on} to try it on`) : await tried(() => attempt(place, arn))
  return { service: serviceOf[on], rule, source, ...verdict }
}

/** A denial says what the caller may not; anything else that is no answer leaves the rule open. */
async function tried(attempt: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await attempt()
  } catch (error) {
    if (!isExpectedError(error)) throw error
    return error.code === 'denied' ? notTested(error.message) : { state: 'failed', saw: error.message }
  }
}
