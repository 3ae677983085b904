'use client'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { paths } from '#lib/paths.ts'
import type { Plan } from '#lib/removal/read-plan.ts'

/** Back to where this was chosen: the resources, or the removal that is being reversed. A plan itself never changes. */
export function ChangeSelection({ plan: { reverses, filter } }: { plan: Plan }) {
  return (
    <SoftLink href={reverses === null ? paths.resources(filter ? { filter } : {}) : paths.removal(reverses)}>
      {reverses === null ? 'Change selection' : 'Back to the removal'}
    </SoftLink>
  )
}
