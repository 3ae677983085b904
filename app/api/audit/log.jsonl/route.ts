import { auditLog } from '#lib/audit/audit-log.ts'
import { download } from '#lib/auth/download.ts'

/** The audit log with its signed checkpoints, for `npm run verify-audit`. */
export const GET = download('audit:export', async (_params, { scope, by }) => ({
  name: 'untag-audit.jsonl',
  type: 'application/jsonl',
  text: auditLog().export(scope, by),
}))
