import { sql } from 'drizzle-orm'
import type { AccountPrincipal, AccountResource } from '../access/account.ts'
import type { StoredPrincipal } from '../impact-facts.ts'
import type { Reader } from '../principals/reader.ts'
import { listGrants } from '../principals/resource-policies.ts'
import type { ResourceType } from '../resource.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import { type ImpactRef, requireImpact } from './require-impact.ts'
import { type StoredResource, storedParts } from './stored-case.ts'

/** Calls are made for each of them, and one of each class tells as much as all. */
const SAMPLE_MAX = 8

/** What the operator's present access is tried on. */
export interface Sample {
  /** As the analysis took it. */
  readonly operator: AccountPrincipal
  readonly tried: readonly { readonly name: string; readonly type: ResourceType; readonly resource: AccountResource }[]
}

/**
 * One resource of each class of an analysis (type, resource policy, verdict), those of the largest classes, as they are
 * now and with their grants; first of all those that are asked for. Undefined when the operator is none of the account's
 * principals.
 *
 * @throws ExpectedError `notFound`; `credentialsExpired` and its like
 */
export async function calibrationSample(
  { store, reader, scope }: { store: Store; reader: Reader; scope: string },
  ref: ImpactRef,
  asked: readonly string[],
): Promise<Sample | undefined> {
  const { direction, picture } = await requireImpact(store, scope, ref)
  const [own] = await rowsOf<{ principal: StoredPrincipal }>(
    store,
    sql`select principal from impact_principals where impact_id = ${ref.impactId} and is_operator`,
  )
  const rows = await sampleRows(store, ref, asked)
  if (own === undefined || picture === null || rows.length === 0) return undefined
  const parts = rows.map(async ({ name, ...row }) => {
    const grants = row.type === 'key' ? (await listGrants(reader, row.arn)).grants : []
    const { principal, states } = storedParts({
      direction,
      principal: own.principal,
      resource: { ...row, grants },
      picture,
    })
    return { principal, tried: { name, type: row.type, resource: { ...states.removal, ...states.now } } }
  })
  const read = await Promise.all(parts)
  const [first] = read
  return first && { operator: first.principal, tried: read.map(({ tried }) => tried) }
}

type SampleRow = Omit<StoredResource, 'grants'> & { readonly name: string }

function sampleRows(store: Store, { planId, impactId }: ImpactRef, asked: readonly string[]): Promise<SampleRow[]> {
  return rowsOf(
    store,
    sql`
    with classed as (
      select i.arn, i.policy, i.policy_problem, i.aliases, p.name, p.type, p.region, p.primary_region, p.facts, p.tags, p.skipped,
        p.arn in (select jsonb_array_elements_text(${JSON.stringify(asked)}::jsonb)) as asked,
        row_number() over (class order by p.skipped is not null, p.name, p.arn) as place,
        count(*) over class as size
      from impact_items i
      join plan_items p on p.plan_id = ${planId} and p.arn = i.arn and p.facts is not null
      where i.impact_id = ${impactId}
      window class as (partition by p.type, md5(coalesce(i.policy, '')), i.verdict))
    select arn, name, type, region, primary_region as "primaryRegion", facts, tags as changed, aliases,
      jsonb_build_object('text', policy, 'problem', policy_problem) as policy
    from classed where asked or (place = 1 and skipped is null) order by asked desc, size desc, name, arn limit ${SAMPLE_MAX}`,
  )
}
