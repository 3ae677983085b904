'use client'
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import { useQuery } from '@tanstack/react-query'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Prose } from '#components/ui/prose.tsx'
import type { ChangeQuestion } from '#lib/impact/explain-change.ts'
import type { Decision } from '#lib/impact-facts.ts'
import type { ExplainedChange } from '#lib/impact-review.ts'
import type { ImpactProps } from './actions.ts'
import { explainQuery } from './queries.ts'
import { StatementView } from './statement-view.tsx'

const decisionWords: Record<Decision, string> = {
  allow: 'allowed',
  deny: 'denied',
  depends: 'depends on the circumstances',
  unknown: 'unknown',
}

/** Why an action of a principal changes on a resource: in a sentence, then by the statements that decide it. */
export function Explanation({ question, ...props }: ImpactProps & { question: ChangeQuestion }) {
  const { data, error, refetch } = useQuery(explainQuery(props.actions.explainChange, props, question))
  if (error) return <ErrorNote title="The explanation could not be made" error={error} retry={refetch} />
  if (!data) {
    return (
      <Box>
        <Spinner /> Looking for the statements that decide it
      </Box>
    )
  }
  return <Explained change={data} />
}

function Explained({ change }: { change: ExplainedChange }) {
  const { sentence, effect, before, after, when, reason, statements, services } = change
  return (
    <SpaceBetween size="s">
      <div className="untag-break">
        <Prose text={sentence} />
      </div>
      <ul className="untag-tight-list">
        <li>
          Before: {decisionWords[before]}. After: {decisionWords[after]}.
        </li>
        {when !== null && (
          <li className="untag-break">
            For example when <Prose text={when} />
          </li>
        )}
        {services.length > 0 && (
          <li className="untag-break">
            Through AWS services ({services.join(', ')}): what they do for this principal changes with it.
          </li>
        )}
      </ul>
      {reason !== null && !sentence.includes(reason) && (
        <Alert type="warning" header="Not everything about it is known">
          <Prose text={reason} />
        </Alert>
      )}
      {statements.map((statement) => (
        <StatementView
          key={`${statement.layer} ${statement.index}`}
          statement={statement}
          isSure={!effect.includes('unknown')}
        />
      ))}
    </SpaceBetween>
  )
}
