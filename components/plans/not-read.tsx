'use client'
import Alert from '@cloudscape-design/components/alert'
import { Prose } from '#components/ui/prose.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import type { MissingPart } from '#lib/impact-facts.ts'
import { paths } from '#lib/paths.ts'

const names: Record<MissingPart['part'], string> = {
  principals: 'IAM’s users, roles and policies',
  scps: 'SCPs',
  rcps: 'RCPs',
  sessionPolicy: 'the policy of your own session',
  aliases: 'aliases of keys',
}

const listed = new Intl.ListFormat('en')
const namesOf = (parts: readonly MissingPart[]) => listed.format(parts.map(({ part }) => names[part]))

/** What is missing for every resource, told once, and what follows from that. */
export function NotRead({ parts }: { parts: readonly MissingPart[] }) {
  return (
    <Alert
      type="warning"
      header={`Not read: ${namesOf(parts)}`}
      action={<SoftLink href={paths.account()}>See what can be read or imported</SoftLink>}
    >
      “No change” means no change in the layers that were read.
      <ul className="untag-tight-list">
        {[...Map.groupBy(parts, ({ problem }) => problem.message)].map(([message, alike]) => (
          <li key={message} className="untag-break">
            <Prose text={`${namesOf(alike)}: ${message}`} />
          </li>
        ))}
      </ul>
    </Alert>
  )
}
