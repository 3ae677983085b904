import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { parseJson } from '../access/parse-json.ts'
import { parsePolicy } from '../access/parse-policy.ts'
import { memberPath, type Problem as PolicyProblem } from '../access/problem.ts'
import type { ControlLevel } from '../account-reading.ts'
import { appendToConsole } from '../audit/append.ts'
import type { AuditActor } from '../audit-event.ts'
import { importedPolicies } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { ControlKind } from './control-layers.ts'

// Organizations API Reference, "DescribePolicy".
const describedPolicy = z.object({ Policy: z.object({ Content: z.string() }) })

interface Ports {
  store: Store
  by: AuditActor
}

/** A file: a policy, or what `aws organizations describe-policy` printed of one. */
export interface PolicyFile {
  readonly name: string
  readonly text: string
}

/**
 * Keeps SCPs or RCPs that somebody got from the organization's administrators, level by level from the root to the
 * account, in place of earlier ones of the kind. With any problem nothing is kept; all problems come at once, each with
 * file and path.
 */
export async function importControlPolicies(
  { store, by }: Ports,
  { account, kind, levels }: { account: string; kind: ControlKind; levels: readonly (readonly PolicyFile[])[] },
): Promise<{ problems: readonly PolicyProblem[] }> {
  const read = levels.map((files, index) => readLevel(files, index, kind))
  const problems = read.flatMap((level) => level.problems)
  if (levels.length === 0) problems.push({ path: '', message: 'there is no level; add at least the account’s' })
  if (problems.length > 0) return { problems }
  const change = { importedAt: new Date(), levels: read.map(({ level }) => level) }
  await store.db.transaction(async (tx) => {
    await tx
      .insert(importedPolicies)
      .values({ account, type: kind, ...change })
      .onConflictDoUpdate({ target: [importedPolicies.account, importedPolicies.type], set: change })
    const details = { account, kind, policies: levels.map((level) => level.map(({ name }) => name)) }
    await appendToConsole(tx, { action: 'policies.imported', actor: by, details })
  })
  return { problems: [] }
}

/** Forgets the SCPs or RCPs that were imported for an account. */
export async function forgetControlPolicies(
  { store, by }: Ports,
  { account, kind }: { account: string; kind: ControlKind },
): Promise<void> {
  const imported = and(eq(importedPolicies.account, account), eq(importedPolicies.type, kind))
  await store.db.transaction(async (tx) => {
    await tx.delete(importedPolicies).where(imported)
    await appendToConsole(tx, { action: 'policies.forgotten', actor: by, details: { account, kind } })
  })
}

function readLevel(files: readonly PolicyFile[], index: number, kind: ControlKind) {
  const target = `level ${index + 1}`
  const read = files.map((file) => readFile(file, kind))
  const problems = read.flatMap((file) => file.problems)
  // Organizations User Guide, "SCP evaluation": without any, everything is denied, and AWS does not let that happen.
  if (kind === 'scp' && files.length === 0) {
    problems.push({ path: target, message: 'has no SCP; AWS keeps at least one on every level: add `FullAWSAccess`' })
  }
  const level: ControlLevel = { target, policies: read.map(({ policy }) => policy) }
  return { level, problems }
}

function readFile({ name, text }: PolicyFile, kind: ControlKind) {
  const path = memberPath('', name)
  const outer = parseJson(text, path)
  const content = contentOf(outer.value)
  const inner = content === undefined ? outer : parseJson(content, `${path}.Policy.Content`)
  const unreadable = [...outer.problems, ...(inner === outer ? [] : inner.problems)]
  const where = content === undefined ? path : `${path}.Policy.Content`
  const problems = unreadable.length > 0 ? unreadable : parsePolicy(inner.value, where, kind).problems
  return { policy: { name, text: content ?? text }, problems }
}

/** The policy as text in the answer of DescribePolicy; undefined in a policy itself. */
function contentOf(value: unknown): string | undefined {
  return describedPolicy.safeParse(value).data?.Policy.Content
}
