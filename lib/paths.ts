import type { Arn } from './arn.ts'
import { type AuditView, formatAuditView } from './audit-view.ts'
import { formatResourcesView, type ResourcesView } from './resources-view.ts'

/** Every address of the console, so that no page spells one by hand. */
export const paths = {
  resources: (view: Partial<ResourcesView> = {}) => `/resources${formatResourcesView(view)}`,
  resource: (arn: Arn) => `/resources/detail?arn=${encodeURIComponent(arn)}`,
  tags: () => '/tags',
  account: () => '/account',
  plan: (planId: string) => `/plans/${planId}`,
  planFile: (planId: string, file: 'review.json' | 'review.html' | 'apply.sh' | 'restore.sh') =>
    `/api/plans/${planId}/${file}`,
  audit: (view: Partial<AuditView> = {}) => `/audit${formatAuditView(view)}`,
  auditEvents: (view: Partial<AuditView>) => `/api/audit/events.csv${formatAuditView(view)}`,
  auditLog: () => '/api/audit/log.jsonl',
  removals: () => '/removals',
  removal: (removalId: string) => `/removals/${removalId}`,
  removalCameBack: (removalId: string) => `/removals/${removalId}?show=cameBack`,
  removalFile: (removalId: string, file: 'report.html' | 'report.json') => `/api/removals/${removalId}/${file}`,
  settings: () => '/settings',
}
