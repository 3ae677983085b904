import { eq } from 'drizzle-orm'
import { importedPolicies, principalReadings } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { ControlKind, ImportedPolicies } from './control-layers.ts'
import { type AccountPicture, pictureOf } from './picture.ts'

/**
 * Gives back who is in the account of a scope, as it was last read; undefined before the first reading. Parses as
 * {@link pictureOf} does.
 */
export async function principalsOf(store: Store, scope: string): Promise<AccountPicture | undefined> {
  const [kept] = await store.db.select().from(principalReadings).where(eq(principalReadings.scope, scope))
  if (kept === undefined) return undefined
  const { reading, readAt } = kept
  const imports = await importsOf(store, reading.account)
  return pictureOf({ reading, readAt: readAt.toISOString(), imports })
}

/** The SCPs and RCPs that were imported for an account. */
export async function importsOf({ db }: Store, account: string): Promise<Map<ControlKind, ImportedPolicies>> {
  const rows = await db.select().from(importedPolicies).where(eq(importedPolicies.account, account))
  return new Map(rows.map((row) => [row.type, row]))
}
