import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { Ineligibility } from '#lib/eligibility.ts'
import type { Resource, ResourceType } from '#lib/resource.ts'

export const typeLabels = { key: 'KMS key', secret: 'Secret' } as const satisfies Record<ResourceType, string>

export const managerLabel = (manager: string) =>
  ({ customer: 'Customer', AWS: 'AWS' })[manager] ?? `${manager} (AWS service)`

/** A few words for each reason; the sentence stands in `ineligibilities`. */
export const ineligibleLabels = {
  awsManaged: 'AWS managed',
  otherAccount: 'Other account',
  pendingDeletion: 'Pending deletion',
  replica: 'Replica',
  serviceOwned: 'Service-owned',
  tagsUnreadable: 'Tags unreadable',
} as const satisfies Record<Ineligibility, string>

interface StateLabel {
  type: StatusIndicatorProps.Type
  label: string
}

/** AWS's states in words, with the sign that each carries besides its colour. */
export const stateLabels: Record<Resource['state'], StateLabel> = {
  Enabled: { type: 'success', label: 'Enabled' },
  Disabled: { type: 'stopped', label: 'Disabled' },
  PendingDeletion: { type: 'warning', label: 'Pending deletion' },
  PendingReplicaDeletion: { type: 'warning', label: 'Pending replica deletion' },
  PendingImport: { type: 'pending', label: 'Pending import' },
  Unavailable: { type: 'error', label: 'Unavailable' },
  Creating: { type: 'in-progress', label: 'Creating' },
  Updating: { type: 'in-progress', label: 'Updating' },
  unknown: { type: 'info', label: 'Unknown' },
}
