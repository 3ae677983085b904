import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { read } from '#components/ui/read.ts'
import type { ChangeQuestion } from '#lib/impact/explain-change.ts'
import { isUnderWay } from '#lib/under-way.ts'
import type { ImpactActions, ImpactProps } from './actions.ts'
import { AFFECTED_PER_PAGE, type AffectedFilter } from './affected-filter.ts'

type Of = Pick<ImpactProps, 'planId' | 'impactId'>

/** Without what else a component passes on. */
const refOf = ({ planId, impactId }: Of) => ({ planId, impactId })
/** Below the plan: what is dropped changes every count. */
export const affectedKey = ({ planId, impactId }: Of) => ['plans', planId, 'affected', impactId] as const

const POLL_MS = 1000

/** One page of those who are affected; asked every second while their last uses are looked up. */
export const affectedQuery = (listAffected: ImpactActions['listAffected'], of: Of, filter: AffectedFilter) =>
  queryOptions({
    queryKey: [...affectedKey(of), 'principals', filter],
    queryFn: () => read(listAffected, { ...refOf(of), ...filter, size: AFFECTED_PER_PAGE }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (isUnderWay(data?.useLookUp) ? POLL_MS : false),
  })

/** The resources of a cell. */
export const changedResourcesQuery = (
  changedResources: ImpactActions['changedResources'],
  of: Of,
  cell: Omit<ChangeQuestion, 'arn'>,
) =>
  queryOptions({
    queryKey: [...affectedKey(of), 'resources', cell],
    queryFn: () => read(changedResources, { ...refOf(of), ...cell }),
  })

/** Who is affected on one resource. */
export const changesOfQuery = (changesOf: ImpactActions['changesOf'], of: Of, arn: string) =>
  queryOptions({ queryKey: [...affectedKey(of), 'on', arn], queryFn: () => read(changesOf, { ...refOf(of), arn }) })

/** Why one change happens; within one analysis it stays as it is. */
export const explainQuery = (explainChange: ImpactActions['explainChange'], of: Of, question: ChangeQuestion) =>
  queryOptions({
    queryKey: [...affectedKey(of), 'why', question],
    queryFn: () => read(explainChange, { ...refOf(of), ...question }),
    staleTime: Number.POSITIVE_INFINITY,
  })
