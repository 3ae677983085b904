import type { Change, Read } from '#components/ui/read.ts'
import type { Retention } from '#lib/removal/retention.ts'

/** The server actions that the settings page works with; the page in app/ hands them in. */
export interface SettingsActions {
  readRetention: Read<Record<string, never>, Retention>
  countOverdue: Read<{ days: number | null }, number>
  setRetention: Change<{ days: number | null }, void>
}
