'use client'
import Badge from '@cloudscape-design/components/badge'
import Box from '@cloudscape-design/components/box'
import { Instant } from '#components/ui/instant.tsx'
import type { AffectedPrincipal } from '#lib/impact-review.ts'

type Named = Pick<AffectedPrincipal, 'arn' | 'name' | 'kind' | 'isOperator' | 'lastUsedAt' | 'lastUse'>

const kinds = { root: 'root user', user: 'user', role: 'role' } as const

/** Somebody of the account; the ARN is the title. AWS tells the last use of roles only, and not beyond 400 days. */
export function PrincipalName({ of: { arn, name, kind, isOperator, lastUsedAt, lastUse } }: { of: Named }) {
  return (
    <div title={arn} className="untag-break">
      {name} {isOperator && <Badge color="blue">You</Badge>}
      <Box variant="small" display="block">
        {kinds[kind]}
        {lastUsedAt !== null && (
          <>
            , last used <Instant at={lastUsedAt} as="age" />
          </>
        )}
        {lastUsedAt === null && kind === 'role' && !isOperator && ', no use known'}
      </Box>
      {lastUse !== null && (
        <Box variant="small" display="block">
          {lastUse.action} <Instant at={lastUse.at} as="age" /> on {lastUse.name}
        </Box>
      )}
    </div>
  )
}
