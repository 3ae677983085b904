import type { Change, Read } from '#components/ui/read.ts'
import type { ChangedResource } from '#lib/impact/changed-resources.ts'
import type { ResourceChanges } from '#lib/impact/changes-of.ts'
import type { ChangeQuestion } from '#lib/impact/explain-change.ts'
import type { AffectedPage, AffectedView } from '#lib/impact/list-affected.ts'
import type { ImpactRef } from '#lib/impact/require-impact.ts'
import type { ExplainedChange } from '#lib/impact-review.ts'
import type { UseLookUp } from '#lib/use-evidence.ts'

/** The server actions that tell who is affected; the page in app/ hands them in. */
export interface ImpactActions {
  listAffected: Read<ImpactRef & AffectedView, AffectedPage>
  changedResources: Read<ImpactRef & Omit<ChangeQuestion, 'arn'>, { rows: ChangedResource[]; total: number }>
  changesOf: Read<ImpactRef & Pick<ChangeQuestion, 'arn'>, ResourceChanges>
  explainChange: Read<ImpactRef & ChangeQuestion, ExplainedChange>
  lookUpUse: Change<ImpactRef, UseLookUp>
}

/** An analysis as components pass it on. */
export interface ImpactProps extends ImpactRef {
  direction: 'remove' | 'putBack'
  actions: ImpactActions
}
