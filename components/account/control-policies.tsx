'use client'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { AccountSummary } from '#lib/principals/account-summary.ts'
import type { AccountActions } from './actions.ts'
import { ControlKindSection } from './control-kind-section.tsx'

interface ControlPoliciesProps {
  actions: AccountActions
  control: AccountSummary['control']
}

/** The organization's policies that count for the account, where they come from, and their import. */
export function ControlPolicies({ actions, control }: ControlPoliciesProps) {
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="They limit everybody in the account. AWS shows them to the management account and delegated administrators only; elsewhere they can be imported as files."
        >
          Policies of the organization
        </Header>
      }
    >
      <SpaceBetween size="l">
        <ControlKindSection actions={actions} kind="scp" control={control.scp} />
        <ControlKindSection actions={actions} kind="rcp" control={control.rcp} />
      </SpaceBetween>
    </Container>
  )
}
