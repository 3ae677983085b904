'use client'
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { directionWords } from '#components/removals/wording.ts'
import type { Direction } from '#lib/removal/state.ts'

const changes = {
  remove: 'this removal',
  putBack: 'putting these tags back',
} as const satisfies Record<Direction, string>

/** The place of the access impact. As long as it is not computed, it says so, and what follows from that. */
export function AccessImpact({ direction }: { direction: Direction }) {
  return (
    <Container header={<Header variant="h2">Access impact</Header>}>
      <Alert type="warning" header="Not analysed yet">
        <SpaceBetween size="xs">
          <div>
            Untag does not yet compute who would lose or gain access by {changes[direction]}. It may be nobody, and it
            may be you.
          </div>
          <div>
            Tags can drive permissions (ABAC): a policy with a condition on <Box variant="code">aws:ResourceTag/…</Box>{' '}
            can stop or begin to match the moment a tag is {directionWords[direction].past}. KMS does not guard against
            locking yourself out; Secrets Manager guards only the caller of the call, not the applications that read the
            secret.
          </div>
          <div>
            Before you start, search your key policies, resource policies, identity policies and service control
            policies for the tag keys below. KMS can take up to five minutes until its decisions follow. The values are
            stored, so that it can be reversed, as long as you are still permitted to change tags then.
          </div>
        </SpaceBetween>
      </Alert>
    </Container>
  )
}
