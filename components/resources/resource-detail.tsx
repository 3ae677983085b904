'use client'
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group'
import Button from '@cloudscape-design/components/button'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ChooseTags } from '#components/choosing/choose-tags.tsx'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { useFollow } from '#components/ui/follow.ts'
import { Instant } from '#components/ui/instant.tsx'
import { type Arn, keyIdOf } from '#lib/arn.ts'
import { paths } from '#lib/paths.ts'
import type { DetailActions } from './actions.ts'
import { DetailFacts } from './detail-facts.tsx'
import { DetailGrants } from './detail-grants.tsx'
import { DetailPolicy } from './detail-policy.tsx'
import { DetailTags } from './detail-tags.tsx'
import { typeLabels } from './labels.ts'
import { detailQuery } from './queries.ts'

/** One key or secret as AWS has it at this moment. */
export function ResourceDetail({ arn, actions }: { arn: Arn; actions: DetailActions }) {
  const follow = useFollow()
  const detail = useQuery(detailQuery(actions, arn))
  const [removing, setRemoving] = useState<string[]>()
  const { resource } = detail.data ?? {}
  const name = resource?.name ?? keyIdOf(arn)
  return (
    <ContentLayout
      breadcrumbs={
        <BreadcrumbGroup
          items={[
            { text: 'Resources', href: paths.resources() },
            { text: name, href: paths.resource(arn) },
          ]}
          onFollow={follow}
        />
      }
      header={
        <Header
          variant="h1"
          description={
            detail.data && (
              <>
                {typeLabels[detail.data.resource.type]} in {detail.data.resource.region}, read from AWS{' '}
                <Instant at={detail.data.readAt} as="age" />
              </>
            )
          }
          actions={
            <Button
              iconName="refresh"
              loading={detail.isFetching}
              loadingText="Reading from AWS"
              onClick={() => void detail.refetch()}
            >
              Read again
            </Button>
          }
        >
          <bdi className="untag-break">{name}</bdi>
        </Header>
      }
    >
      <SpaceBetween size="l">
        {detail.error && (
          <ErrorNote
            title={detail.data ? 'It could not be read again; this is older' : 'This resource could not be read'}
            error={detail.error}
            retry={() => void detail.refetch()}
          />
        )}
        {detail.isPending && (
          <span role="status">
            <Spinner /> Reading from AWS
          </span>
        )}
        {detail.data && <DetailFacts detail={detail.data} />}
        {detail.data && <DetailTags detail={detail.data} onRemove={setRemoving} />}
        {detail.data && <DetailPolicy detail={detail.data} />}
        {detail.data?.grants && <DetailGrants grants={detail.data.grants} />}
      </SpaceBetween>
      {removing && (
        <ChooseTags
          actions={actions}
          selection={{ by: 'arns', arns: [arn] }}
          initialKeys={removing}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </ContentLayout>
  )
}
