'use client'
import Alert from '@cloudscape-design/components/alert'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import { percentOf } from '#components/removals/wording.ts'
import { figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import type { ImpactReview } from '#lib/impact-review.ts'
import { paths } from '#lib/paths.ts'

const WORSE_SHOWN_MAX = 20

/** What became of the check right before the start, or how far it is. */
export function StartCheck({ start }: { start: NonNullable<ImpactReview['start']> }) {
  switch (start.state) {
    case 'checking':
      return (
        <ProgressBar
          label="Checking once more"
          description="Policies are read anew; the removal starts when nothing has become worse."
          value={start.total === 0 ? 0 : percentOf(start.done, start.total)}
        />
      )
    case 'failed':
      return <ErrorNote title="The check before the start failed" error={start.problem} />
    case 'refused':
      return (
        <Alert type="error" header="Something has become worse since you reviewed it">
          Nothing was started. The review now shows the access impact as it is; read again what becomes of:
          <ul className="untag-tight-list">
            {start.worse.slice(0, WORSE_SHOWN_MAX).map(({ arn, name }) => (
              <li key={arn} className="untag-break">
                <SoftLink href={paths.resource(arn)}>{name}</SoftLink>
              </li>
            ))}
          </ul>
          {start.worse.length > WORSE_SHOWN_MAX && `and ${figure(start.worse.length - WORSE_SHOWN_MAX)} more`}
        </Alert>
      )
  }
}
