import { subDays } from 'date-fns/subDays'
import { type Arn, isKeyArn, parseArn, regionOf } from '../arn.ts'
import { lookUpUses, type RecordedUse } from '../aws/cloudtrail.ts'
import type { Problem } from '../errors.ts'
import { answerOf } from './answer.ts'
import { pacedAt, type Reader } from './reader.ts'

/** How far back CloudTrail's event history goes. CloudTrail User Guide, "Working with CloudTrail event history". */
const HISTORY_DAYS = 90

/** What CloudTrail told about one key or secret. */
export interface HistoryReading {
  /** The newest of each principal and action that was met, newest first. */
  readonly uses: readonly RecordedUse[]
  /** ISO 8601, UTC: uses since then are all known; older ones may be missing. Null: nothing was looked up. */
  readonly since: string | null
  /** Why CloudTrail did not tell more. */
  readonly problem: Problem | null
}

/** Whose use of a resource is asked for: users, roles with their paths, the root user. */
export interface WantedUse {
  readonly resource: Arn
  readonly principalArns: readonly string[]
}

/** How far the events of one name of a resource were read. */
interface Trace {
  readonly resourceName: string
  pages: number
  token: string | undefined
  readSince: Date
  isComplete: boolean
}

/**
 * The use of one resource, read page by page, newest first, until everybody asked for was met or nothing is left. Goes
 * on where an earlier reading ended.
 */
export class ResourceHistory {
  readonly resource: Arn
  readonly #principalArns: readonly string[]
  readonly #earlier: HistoryReading | undefined
  readonly #uses: Map<string, RecordedUse>
  readonly #from: Date
  readonly #to: Date
  readonly #traces: readonly Trace[]
  #problem: Problem | null = null

  constructor({ resource, principalArns }: WantedUse, earlier: HistoryReading | undefined, now: Date) {
    this.resource = resource
    this.#principalArns = principalArns
    this.#earlier = earlier
    this.#uses = new Map(earlier?.uses.map((use) => [idOf(use), use]))
    this.#from = subDays(now, HISTORY_DAYS)
    this.#to = earlier?.since ? new Date(earlier.since) : now
    const names = this.#to > this.#from ? namesOf(resource) : []
    this.#traces = names.map((resourceName) => {
      return { resourceName, pages: 0, token: undefined, readSince: this.#to, isComplete: false }
    })
  }

  /** Whether more pages may tell more of what is asked for. */
  get isWanted(): boolean {
    const met = new Set([...this.#uses.values()].map(({ principalArn }) => principalArn))
    const isEverybodyMet = this.#isLookedUp && this.#principalArns.every((arn) => met.has(arn))
    return this.#problem === null && !isEverybodyMet && this.#traces.some(({ isComplete }) => !isComplete)
  }

  /** What is known by now. */
  get reading(): HistoryReading {
    const uses = [...this.#uses.values()].sort((one, other) => other.at.localeCompare(one.at))
    const readSince = this.#traces.map((trace) => trace.readSince.getTime())
    const since = readSince.length > 0 ? new Date(Math.max(...readSince)).toISOString() : null
    return { uses, since: this.#isLookedUp ? (since ?? this.#earlier?.since ?? null) : null, problem: this.#problem }
  }

  /** Says why no more can be told. */
  end(problem: Problem): void {
    this.#problem = problem
  }

  /**
   * Looks up one page more; the answer is why CloudTrail refused, or null.
   * @throws ExpectedError `credentialsExpired` and its like
   */
  async readPage(reader: Reader): Promise<Problem | null> {
    const [trace] = this.#traces.filter(({ isComplete }) => !isComplete).sort((one, other) => one.pages - other.pages)
    if (trace === undefined) return null
    const { resourceName, token } = trace
    const query = { region: regionOf(this.resource), resourceName, from: this.#from, to: this.#to }
    const read = () => lookUpUses(reader.aws, query, token)
    const answer = await answerOf(() => pacedAt(reader, this.resource, 'cloudtrail:LookupEvents', read))
    if ('problem' in answer) return answer.problem
    const { uses, oldestAt, next } = answer.value
    for (const use of uses) {
      const known = this.#uses.get(idOf(use))
      if (known === undefined || known.at < use.at) this.#uses.set(idOf(use), use)
    }
    trace.pages += 1
    trace.token = next
    trace.isComplete = next === undefined
    if (trace.isComplete) trace.readSince = this.#from
    else if (oldestAt !== null) trace.readSince = new Date(oldestAt)
    return null
  }

  /** Under each of its names. */
  get #isLookedUp(): boolean {
    return Boolean(this.#earlier?.since) || this.#traces.every(({ pages }) => pages > 0)
  }
}

const idOf = ({ principalArn, action }: RecordedUse) => `${principalArn} ${action}`

/**
 * What CloudTrail may know a resource by. It tells a key by its ARN; a secret by what the request named it by, which AWS
 * does not document.
 */
function namesOf(resource: Arn): string[] {
  if (isKeyArn(resource)) return [resource]
  const [, name] = /^secret:(.+)-[a-zA-Z0-9]{6}$/.exec(parseArn(resource)?.resource ?? '') ?? []
  return name === undefined ? [resource] : [resource, name]
}
