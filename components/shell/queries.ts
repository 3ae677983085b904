import { queryOptions } from '@tanstack/react-query'
import { type Read, read } from '#components/ui/read.ts'
import type { Identity } from '#lib/aws/identity.ts'

const IDENTITY_EVERY_MS = 60_000

export type ReadIdentity = Read<Record<string, never>, Identity>

/** Who AWS says that we are, asked again each minute, so that ended credentials show before work is lost. */
export const identityQuery = (readIdentity: ReadIdentity) =>
  queryOptions({
    queryKey: ['identity'],
    queryFn: () => read(readIdentity, {}),
    refetchInterval: IDENTITY_EVERY_MS,
    staleTime: IDENTITY_EVERY_MS / 2,
  })
