'use client'
import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { Prose } from '#components/ui/prose.tsx'
import type { DecidingStatement } from '#lib/impact-review.ts'
import { HighlightedPolicy } from './highlighted-policy.tsx'

const wordOf = (matches: boolean, isSure: boolean) => (matches ? (isSure ? 'matches' : 'may match') : 'does not match')

interface StatementViewProps {
  statement: DecidingStatement
  /** False: whether it matches hangs on what nobody knows. */
  isSure: boolean
}

/** A statement that decides a change: what it asks, on which side it matches, and where it stands in its policy. */
export function StatementView({ statement, isSure }: StatementViewProps) {
  const { layer, policyArn, text, index, sid, effect, matches, asks } = statement
  const name = sid ?? `statement ${index + 1}`
  return (
    <section aria-label={`${name} in ${layer.replaceAll('`', '')}`}>
      <SpaceBetween size="xxs">
        <Box variant="h3" padding="n">
          <span className="untag-break">
            {effect}: {name}
          </span>
        </Box>
        <div className="untag-break">
          <Prose text={`In ${layer}`} />
          {policyArn !== null && (
            <Box variant="small" display="block">
              {policyArn}
            </Box>
          )}
        </div>
        <div>
          Before it <strong>{wordOf(matches.before, isSure)}</strong>, after it{' '}
          <strong>{wordOf(matches.after, isSure)}</strong>.
        </div>
        {asks.length > 0 && (
          <div className="untag-break">
            It asks:
            <ul className="untag-tight-list">
              {asks.map((words) => (
                <li key={words}>
                  <Prose text={words} />
                </li>
              ))}
            </ul>
          </div>
        )}
        <HighlightedPolicy label={`Policy with ${name}`} text={text} index={index} />
      </SpaceBetween>
    </section>
  )
}
