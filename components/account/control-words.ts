import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { ControlSummary } from '#lib/principals/account-summary.ts'
import type { ControlKind } from '#lib/principals/control-layers.ts'

/** What each kind is called. */
export const kindWords: Record<ControlKind, { title: string; short: string; limits: string }> = {
  scp: { title: 'Service control policies', short: 'SCPs', limits: 'what users and roles of the account may do' },
  rcp: { title: 'Resource control policies', short: 'RCPs', limits: 'who may use keys and secrets of the account' },
}

const reasons = {
  noOrganization: 'None: the account is in no organization',
  managementAccount: 'None: they do not bind the management account',
  notEnabled: 'None: the organization does not use them',
} as const

/** One sign and one sentence for where the policies of a kind come from. */
export function standingOf({ state, why }: ControlSummary): { type: StatusIndicatorProps.Type; text: string } {
  if (why !== null) return { type: 'success', text: reasons[why] }
  return standings[state]
}

const standings: Record<ControlSummary['state'], { type: StatusIndicatorProps.Type; text: string }> = {
  read: { type: 'success', text: 'Read from AWS' },
  imported: { type: 'success', text: 'Imported from files' },
  unread: { type: 'warning', text: 'Not known: AWS keeps them closed' },
  unknown: { type: 'pending', text: 'Not known: the account has not been read yet' },
  none: { type: 'success', text: 'None' },
}
