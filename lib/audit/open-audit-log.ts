import { mkdirSync } from 'node:fs'
import type { AuditActor } from '../audit-event.ts'
import { theConsole } from '../audit-event.ts'
import type { AuditFinding, AuditVerification } from '../audit-status.ts'
import { problemOf } from '../errors.ts'
import { lockFolder } from '../store/lock.ts'
import type { Store } from '../store/store.ts'
import { appendToConsole } from './append.ts'
import type { AuditLog } from './audit-log.ts'
import { readHeads } from './chain-heads.ts'
import { checkpointBytes, mendCheckpoints } from './checkpoint-file.ts'
import { CheckpointWriter, readSigned } from './checkpoint-writer.ts'
import { compareHeads } from './compare-heads.ts'
import { exportLog } from './export-log.ts'
import { Findings } from './findings.ts'
import { openSigningKey } from './signing-key.ts'
import { compareTold } from './told-checkpoints.ts'
import { verifyLog } from './verify-log.ts'

const SIGN_EVERY_MS = 5 * 60 * 1000
/** Of what was found, so much stands in the event that records it. */
const MESSAGES_MAX = 20

export interface OpenAuditLog extends AuditLog {
  /** Signs a last checkpoint and lets the folder go. */
  close(): Promise<void>
}

/**
 * Opens the signed side of the log in a folder outside the database, which belongs to this process alone: compares what
 * was signed with what is there, records a difference, and signs every five minutes from now on. Call it before anything
 * is told to the log. What fails later goes to `onError`.
 *
 * @throws ExpectedError `dataFolderInUse` (another console signs there), `invalidInput` (the key is gone or unusable)
 */
export async function openAuditLog(
  store: Store,
  folder: string,
  onError: (error: unknown) => void,
): Promise<OpenAuditLog> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder, 'audit')
  try {
    return await openLocked(store, folder, onError, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

async function openLocked(
  store: Store,
  folder: string,
  onError: (error: unknown) => void,
  unlock: () => void,
): Promise<OpenAuditLog> {
  const findings = new Findings()
  mendCheckpoints(folder)
  const key = openSigningKey(folder, checkpointBytes(folder) > 0)
  const { publicKey } = key
  const signed = await readSigned(folder, { publicKey, findings, lastSignatureOnly: true })
  await compareHeads(store, signed.heads.newest(), findings)
  // What was missing before then has been told by that start.
  await compareTold(store, { publicKey, findings, startsMax: 1 }, signed)
  const foundAtStart = findings.list()
  if (foundAtStart.length > 0) {
    const details = told(foundAtStart)
    await appendToConsole(store.db, { action: 'log.broken', actor: theConsole, details })
  }

  const writer = new CheckpointWriter(store, folder, key, signed)
  let problem: string | null = null
  let verification: AuditVerification = { state: 'never' }
  let verifying = Promise.resolve()
  const closing = new AbortController()

  async function sign(): Promise<void> {
    try {
      await writer.sign()
      problem = null
    } catch (error) {
      problem = `no checkpoint could be signed into \`${folder}\`: ${error instanceof Error ? error.message : error}`
      onError(error)
    }
  }

  async function verify(by: AuditActor): Promise<void> {
    try {
      const verdict = await verifyLog(store, folder, publicKey, (done, total) => {
        closing.signal.throwIfAborted()
        verification = { state: 'running', done, total }
      })
      const { events, chains, checkpoints } = verdict
      const details = { events, chains, checkpoints, ...told(verdict.findings) }
      await appendToConsole(store.db, { action: 'log.verified', actor: by, details })
      verification = { state: 'done', ...verdict }
    } catch (error) {
      verification = { state: 'failed', problem: problemOf(error) }
      if (!closing.signal.aborted) onError(error)
    }
  }

  const clock = setInterval(sign, SIGN_EVERY_MS)
  clock.unref()

  return {
    sign,
    async status() {
      const now = await readHeads(store)
      const events = now.heads.reduce((sum, { seq }) => sum + seq, 0)
      const checkpoint = writer.last
      const unsigned = writer.unsigned(now)
      const chains = now.heads.length
      return { events, chains, checkpoint, unsigned, publicKey, problem, foundAtStart, verification }
    },
    verify(by) {
      if (verification.state === 'running') return
      verification = { state: 'running', done: 0, total: 0 }
      verifying = verify(by)
    },
    async *export(scope, by) {
      await sign()
      yield* exportLog({ store, folder, key }, scope, by)
    },
    async close() {
      clearInterval(clock)
      closing.abort()
      await verifying
      await sign()
      unlock()
    },
  }
}

function told(findings: readonly AuditFinding[]): object {
  return { findings: findings.length, messages: findings.slice(0, MESSAGES_MAX).map(({ message }) => message) }
}
