import type { AuditFinding } from '../audit-status.ts'
import type { Store } from '../store/store.ts'

/** What the terminal says at a start that found the log otherwise than it was signed. */
export function brokenLog(found: readonly AuditFinding[], { connection }: Pick<Store, 'connection'>): string {
  return [
    'THE AUDIT LOG IS NOT AS IT WAS SIGNED:',
    ...found.map(({ message }) => `  - ${message}`),
    connection.dialect === 'pglite'
      ? 'A power cut can lose the newest events of the embedded database, which does not flush each one to the disk. If there was none,'
      : 'PostgreSQL loses nothing that it has confirmed, unless a backup was put back; and what was signed may be of another database, when DATABASE_URL has changed since (then set UNTAG_AUDIT to a folder of its own). If neither is so,',
    'somebody has changed the log or put back an older one. This start is recorded in it; the page "Audit log" shows more.',
    'Keep copies of the database and of the folder of the checkpoints as they are now: from here on the log is signed anew,',
    'and `npm run verify-audit` with checkpoints that were kept elsewhere shows what was changed, and since when.',
  ].join('\n')
}
