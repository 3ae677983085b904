'use client'
import Alert from '@cloudscape-design/components/alert'
import { Prose } from '#components/ui/prose.tsx'
import type { MissingPart } from '#lib/impact-facts.ts'

const names: Record<MissingPart['part'], string> = {
  principals: 'IAM’s users, roles and policies',
  scps: 'SCPs',
  rcps: 'RCPs',
  sessionPolicy: 'The policy of your own session',
  aliases: 'Aliases of keys',
}

const listed = new Intl.ListFormat('en')

/** What is missing for every resource, told once, and what follows from that. */
export function NotRead({ parts }: { parts: readonly MissingPart[] }) {
  const title = listed.format(parts.map(({ part }) => names[part]))
  return (
    <Alert type="warning" header={`Not read: ${title}`}>
      “No change” means no change in the layers that were read.
      <ul className="untag-tight-list">
        {parts.map(({ part, problem }) => (
          <li key={part} className="untag-break">
            {names[part]}: <Prose text={problem.message} />
          </li>
        ))}
      </ul>
    </Alert>
  )
}
