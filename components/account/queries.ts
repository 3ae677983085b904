import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { read } from '#components/ui/read.ts'
import type { AccountActions, ProtectedTagActions } from './actions.ts'

/** What the credentials may do; tried once, and again when the operator asks. Without a Region the server chooses one. */
export const accessQuery = (actions: AccountActions, region: string | undefined) =>
  queryOptions({
    queryKey: ['account-access', region ?? null],
    queryFn: () => read(actions.checkAccess, region === undefined ? {} : { region }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** The Regions that the account has enabled. */
export const regionsQuery = (actions: AccountActions) =>
  queryOptions({ queryKey: ['regions'], queryFn: () => read(actions.listRegions, {}), staleTime: 60_000 })

/** Where the summary of the account is kept. */
export const accountKey = ['account']

/** Who is in the account, in figures. */
export const accountQuery = (actions: AccountActions) =>
  queryOptions({ queryKey: accountKey, queryFn: () => read(actions.readAccount, {}), staleTime: 10_000 })

/** Where the operator's own list of protected tags is kept. */
export const patternsKey = ['protected-patterns']

/** The operator's own list of protected tags. */
export const patternsQuery = ({ listProtectedPatterns }: ProtectedTagActions) =>
  queryOptions({ queryKey: patternsKey, queryFn: () => read(listProtectedPatterns, {}), staleTime: 10_000 })
