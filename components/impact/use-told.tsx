'use client'
import Box from '@cloudscape-design/components/box'
import { Instant } from '#components/ui/instant.tsx'
import { isKeyArn } from '#lib/arn.ts'
import type { StoredEvidence } from '#lib/use-evidence.ts'

type KeyUsage = NonNullable<StoredEvidence['keyUsage']>

/** Who last used a key or secret, as far as it was looked up. */
export function UseTold({ arn, use: { keyUsage, history } }: { arn: string; use: StoredEvidence }) {
  const { uses, since } = history
  return (
    <section aria-label="Last use">
      <Box variant="h3" padding="n">
        Last use of this {isKeyArn(arn) ? 'key' : 'secret'}
      </Box>
      <ul className="untag-tight-list">
        {uses.map(({ principalArn, action, at }) => (
          <li key={`${principalArn} ${action}`} title={principalArn}>
            <code>{action}</code> <Instant at={at} as="age" /> by {principalArn.split(/[:/]/).at(-1)}
          </li>
        ))}
        {uses.length === 0 && since !== null && (
          <li>
            CloudTrail knows of none since <Instant at={since} as="day" />
          </li>
        )}
        {keyUsage && <KeyUsageTold usage={keyUsage} />}
      </ul>
    </section>
  )
}

/** What KMS counts itself. A key without a use since it began to count may well have been used before. */
function KeyUsageTold({ usage }: { usage: KeyUsage }) {
  if ('problem' in usage) return null
  const { last, trackedSince, isUnused } = usage.value
  if (last) {
    return (
      <li>
        For cryptography, by KMS’s own count: <code>{last.action}</code> <Instant at={last.at} as="age" />
      </li>
    )
  }
  if (isUnused) return <li>Never for cryptography, by KMS’s own count</li>
  return trackedSince === null ? null : (
    <li>
      Not for cryptography since <Instant at={trackedSince} as="day" />, when KMS began to count
    </li>
  )
}
