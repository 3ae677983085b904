import Alert from '@cloudscape-design/components/alert'
import { counted } from '#components/ui/counted.ts'
import { Prose } from '#components/ui/prose.tsx'
import { ineligibilities } from '#lib/eligibility.ts'
import type { SelectionTags } from '#lib/inventory/facets.ts'

/** Says how many of the selected resources cannot take part, and why. */
export function LeftOut({ selected }: { selected: SelectionTags }) {
  const { ineligible, resources } = selected
  const leftOut = ineligible.reduce((sum, row) => sum + row.resources, 0)
  if (leftOut === 0) return null
  return (
    <Alert type="info" header={`${leftOut} of ${counted(resources, 'resource')} will be left out`}>
      <ul className="untag-tight-list">
        {ineligible.map(({ reason, resources: count }) => (
          <li key={reason}>
            {counted(count, 'resource')}: <Prose text={ineligibilities[reason].sentence} />
          </li>
        ))}
      </ul>
    </Alert>
  )
}
