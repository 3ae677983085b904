'use client'
import Alert from '@cloudscape-design/components/alert'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { counted } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Prose } from '#components/ui/prose.tsx'
import type { UseLookUp } from '#lib/use-evidence.ts'

/** How far last uses are looked up, and what kept AWS from telling: once, not at every resource. */
export function UseLookUpTold({ lookUp }: { lookUp: UseLookUp }) {
  const { state, calls, resources, unfinished, problems } = lookUp
  const [problem] = problems
  if (state === 'failed' && problem) return <ErrorNote title="Last uses could not be looked up" error={problem} />
  if (state !== 'done') {
    return (
      <StatusIndicator type="loading">
        Looking up last uses{resources > 0 && ` of ${counted(resources, 'key or secret', 'keys and secrets')}`}:{' '}
        {counted(calls, 'call')} made. CloudTrail answers one a second, so it takes up to half a minute; it goes on when
        you leave this page.
      </StatusIndicator>
    )
  }
  return (
    <>
      <StatusIndicator type={problem ? 'warning' : 'success'}>
        Last uses of {counted(resources, 'key or secret', 'keys and secrets')} were looked up
        {unfinished > 0 && `; of ${counted(unfinished, 'one', 'of them')} more can be told: look up again`}
      </StatusIndicator>
      {problem && (
        <Alert type="warning" header="Not all of them are known">
          {problems.map(({ message }) => (
            <div key={message} className="untag-break">
              <Prose text={message} />
            </div>
          ))}
        </Alert>
      )}
    </>
  )
}
