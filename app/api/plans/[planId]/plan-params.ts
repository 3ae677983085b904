import { z } from 'zod'
import { ExpectedError } from '#lib/errors.ts'

export interface PlanParams {
  planId: string
}

/** The plan of an address. @throws ExpectedError `notFound` for what cannot be the id of a plan */
export function readPlanId({ planId }: PlanParams): string {
  const id = z.uuid().safeParse(planId)
  if (!id.success) throw new ExpectedError('notFound', 'there is no such plan')
  return id.data
}
