'use client'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import { counted } from '#components/ui/counted.ts'
import type { StoredOutsider } from '#lib/impact-facts.ts'

const names: Record<StoredOutsider['kind'], (name: string) => string> = {
  everybody: () => 'Everybody (*)',
  account: (name) => `Account ${name}`,
  service: (name) => `Service ${name}`,
  federated: (name) => (name.includes(':federated-user/') ? `Federated user ${name}` : `Identity provider ${name}`),
}

/** Who is named in policies and is nobody of this account: what becomes of their access is not analysed. */
export function Outsiders({ outsiders }: { outsiders: readonly StoredOutsider[] }) {
  return (
    <ExpandableSection
      variant="footer"
      headerText={`Not analysed: ${counted(outsiders.length, 'outsider')} that policies name`}
    >
      <ul className="untag-tight-list">
        {outsiders.map(({ kind, name, resources }) => (
          <li key={`${kind} ${name}`} className="untag-break">
            {names[kind](name)}: on {counted(resources, 'resource')}
          </li>
        ))}
      </ul>
    </ExpandableSection>
  )
}
