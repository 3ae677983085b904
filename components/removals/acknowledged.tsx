import Box from '@cloudscape-design/components/box'
import { sentence } from '#components/ui/problem.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import { acknowledgedClauses } from './acknowledgement-words.ts'

/** What the operator took note of before the start, with the names that were typed. */
export function Acknowledged({ removal: { acknowledgements, direction } }: { removal: Removal }) {
  if (acknowledgements.length === 0) return 'nothing had to be'
  return (
    <ul className="untag-tight-list">
      {acknowledgements.map(({ kind, typed }) => (
        <li key={kind} className="untag-break">
          {sentence(acknowledgedClauses[direction][kind])}
          {typed !== null && (
            <>
              {' '}
              Typed: <Box variant="code">{typed}</Box>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
