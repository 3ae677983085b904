'use client'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { protectedTagPolicies } from '#lib/protected-tag-policies.ts'
import type { ProtectedTagActions } from './actions.ts'
import { ProtectedPatterns } from './protected-patterns.tsx'
import { ProtectedTagPolicies } from './protected-tag-policies.tsx'

/** Which tags a review warns of: the operator's own list, and what AWS managed policies ask for. */
export function ProtectedTags({ actions }: { actions: ProtectedTagActions }) {
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="A review warns before such a tag is removed, and its start asks for it to be acknowledged."
        >
          Protected tags
        </Header>
      }
    >
      <SpaceBetween size="l">
        <ProtectedPatterns actions={actions} />
        <ExpandableSection
          headerText={`Built in: tags on which AWS managed policies hang (${protectedTagPolicies.length})`}
        >
          <ProtectedTagPolicies />
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  )
}
