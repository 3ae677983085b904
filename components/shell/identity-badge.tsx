'use client'
import Badge from '@cloudscape-design/components/badge'
import Box from '@cloudscape-design/components/box'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Popover from '@cloudscape-design/components/popover'
import type { Identity } from '#lib/aws/identity.ts'

const kinds = { role: 'Role', user: 'User', root: 'Root user', federated: 'Federated user' } as const

/** Whom AWS takes us for, always in sight: what this console can do is what this identity may do. */
export function IdentityBadge({ identity }: { identity: Identity }) {
  const { account, arn, kind, name, session, endpoint, profile, partition } = identity
  return (
    <span className="untag-identity">
      {endpoint && <Badge color="severity-medium">not AWS: {endpoint}</Badge>}
      <Popover
        size="large"
        position="bottom"
        triggerType="text-inline"
        header="AWS identity"
        content={
          <KeyValuePairs
            items={[
              { label: 'Account', value: partition === 'aws' ? account : `${account} (${partition})` },
              { label: kinds[kind], value: name },
              ...(session ? [{ label: 'Session', value: session }] : []),
              { label: 'Profile', value: profile ?? 'none named; found by the default chain of AWS tools' },
              { label: 'Endpoint', value: endpoint ? `${endpoint} (not AWS)` : 'AWS' },
              { label: 'ARN', value: <Box variant="code">{arn}</Box> },
            ]}
          />
        }
      >
        <span className="untag-for-screen-readers">Signed in to AWS as </span>
        {account} · {name}
        {session && session !== name ? `/${session}` : ''}
      </Popover>
    </span>
  )
}
