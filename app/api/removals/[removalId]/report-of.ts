import { z } from 'zod'
import { type Actor, ports } from '#lib/auth/actor.ts'
import { ExpectedError } from '#lib/errors.ts'
import { type ReportInPieces, removalReport } from '#lib/removal/removal-report.ts'

export interface RemovalParams {
  removalId: string
}

/** The report of the removal of an address. @throws ExpectedError `notFound`, for what cannot be an id too */
export async function reportOf({ removalId }: RemovalParams, actor: Actor): Promise<ReportInPieces> {
  const id = z.uuid().safeParse(removalId)
  if (!id.success) throw new ExpectedError('notFound', 'there is no such removal')
  return removalReport({ ...ports(actor), account: actor.identity.account }, id.data)
}
