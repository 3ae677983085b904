import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ResourceDetail } from '#components/resources/resource-detail.tsx'
import { CredentialsPage } from '#components/shell/credentials-page.tsx'
import { isResourceArn } from '#lib/arn.ts'
import { pageActor } from '#lib/auth/actor.ts'
import { readDetailAction, readSelectionTagsAction, requestPlanAction } from '../actions.ts'

export const metadata: Metadata = { title: 'Resource' }

const actions = {
  readDetail: readDetailAction,
  readSelectionTags: readSelectionTagsAction,
  requestPlan: requestPlanAction,
}

type Search = Promise<{ arn?: string | string[] }>

export default async function ResourcePage({ searchParams }: { searchParams: Search }) {
  const asking = await pageActor()
  if (!asking.ok) return <CredentialsPage problem={asking.problem} />
  const { arn } = await searchParams
  if (typeof arn !== 'string' || !isResourceArn(arn)) notFound()
  return <ResourceDetail key={arn} arn={arn} actions={actions} />
}
