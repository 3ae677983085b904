import { setImmediate as letOthersRun } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { signsOf } from '../impact-signs.ts'
import { impactChanges, impactItems, impactPrincipals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { shapeOf } from './shape.ts'
import type { ChangeRow, Grants, ItemRow, PrincipalRow, ResourceInput } from './thread/messages.ts'

/** Takes away what an earlier run of an analysis left. */
export async function forgetRows({ db }: Store, impactId: string): Promise<void> {
  for (const table of [impactItems, impactPrincipals, impactChanges]) {
    await db.delete(table).where(eq(table.impactId, impactId))
  }
}

/** Writes what an analysis found, as it comes. */
export class RowWriter {
  readonly #store: Store
  readonly #impactId: string

  constructor(store: Store, impactId: string) {
    this.#store = store
    this.#impactId = impactId
  }

  /** Of resources, with the policy and the grants that were read. */
  async items(
    rows: readonly ItemRow[],
    resources: readonly ResourceInput[],
    grants: ReadonlyMap<number, Grants>,
  ): Promise<void> {
    const values = rows.flatMap(({ ordinal, impact }) => {
      const resource = resources[ordinal]
      if (resource === undefined) return []
      const { arn, aliases, policy } = resource
      return {
        ...{ impactId: this.#impactId, ordinal, arn, aliases, impact },
        ...{ verdict: impact.verdict, signs: signsOf(impact), shape: shapeOf({ arn, policy, impact }) },
        ...{ grants: grants.get(ordinal) ?? null, policy: policy.text, policyProblem: policy.problem },
      }
    })
    await this.#write(() => this.#store.db.insert(impactItems).values(values))
  }

  /** Of those for whom anything changes, and of the operator. */
  async principals(rows: readonly PrincipalRow[]): Promise<void> {
    const values = rows.map(({ lastUsedAt, ...row }) => {
      return { ...row, impactId: this.#impactId, lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt) }
    })
    await this.#write(() => this.#store.db.insert(impactPrincipals).values(values))
  }

  /** What changes for them. */
  async changes(rows: readonly ChangeRow[]): Promise<void> {
    const values = rows.map((row) => ({ ...row, impactId: this.#impactId }))
    await this.#write(() => this.#store.db.insert(impactChanges).values(values))
  }

  /** The embedded database answers without leaving the turn of the event loop: each batch gets a turn of its own. */
  async #write(write: () => Promise<unknown>): Promise<void> {
    await letOthersRun()
    await write()
  }
}
