import type { Metadata } from 'next'
import { RemovalDetail } from '#components/removals/removal-detail.tsx'
import { CredentialsPage } from '#components/shell/credentials-page.tsx'
import { pageActor, ports } from '#lib/auth/actor.ts'
import { readRemoval } from '#lib/removal/read-removal.ts'
import { lookUpUseAction } from '../../plans/evidence-actions.ts'
import {
  listRemovalItemsAction,
  moveRemovalAction,
  planRestAction,
  putBackAction,
  readRemovalAction,
} from '../actions.ts'
import { purgeRemovalAction, watchRemovalAction } from '../afterwards-actions.ts'
import { affectedByCanaryAction, answerCanaryAction } from '../canary-actions.ts'
import { found } from '../found.ts'
import { compareTrailAction, readTrailAction } from '../trail-actions.ts'

export const metadata: Metadata = { title: 'Removal' }

const actions = {
  readRemoval: readRemovalAction,
  listItems: listRemovalItemsAction,
  move: moveRemovalAction,
  putBack: putBackAction,
  planRest: planRestAction,
  watch: watchRemovalAction,
  purge: purgeRemovalAction,
  readTrail: readTrailAction,
  compareTrail: compareTrailAction,
  affectedByCanary: affectedByCanaryAction,
  lookUpUse: lookUpUseAction,
  answerCanary: answerCanaryAction,
}

export default async function RemovalPage({ params }: { params: Promise<{ removalId: string }> }) {
  const { removalId } = await params
  const asking = await pageActor()
  if (!asking.ok) return <CredentialsPage problem={asking.problem} />
  const { store, scope } = ports(asking.actor)
  const removal = await found(removalId, (id) => readRemoval(store, scope, id))
  return <RemovalDetail key={removal.id} initial={removal} actions={actions} />
}
