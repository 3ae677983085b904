import { useMutation, useQueryClient } from '@tanstack/react-query'
import { change } from '#components/ui/read.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { TerraformResource } from '#lib/terraform.ts'
import type { PlanActions } from './actions.ts'
import { ownerSlices } from './owner-slices.ts'
import { planKey } from './queries.ts'

/** Noting which resources of a plan were found in Terraform files. Files that follow each other wait for each other. */
export function useOwners(plan: Plan, noteOwners: PlanActions['noteOwners']) {
  const client = useQueryClient()
  return useMutation({
    scope: { id: `owners of ${plan.id}` },
    mutationFn: async (found: readonly TerraformResource[]) => {
      const slices = ownerSlices(
        found,
        plan.tagKeys.map(({ key }) => key),
      )
      for (const [index, resources] of slices.entries()) {
        await change(noteOwners, { planId: plan.id, resources, isFirst: index === 0 })
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: planKey(plan.id) }),
  })
}
