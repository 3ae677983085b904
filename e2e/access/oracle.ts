import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { services } from './alphabet.ts'
import type { CaseFile, PolicyFile } from './case-file.ts'

/** `@cloud-copilot/iam-simulate` in a process of its own: cases in, its decision for the state before and after out. */
export async function askOracle(files: readonly CaseFile[]): Promise<{ before: string; after: string }[]> {
  // It ends by itself when its input does.
  const child = spawn(process.execPath, [join(import.meta.dirname, 'oracle-process.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const said: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => said.push(JSON.parse(line)))
  const ended = once(child, 'close')
  child.stdin.end(
    files
      .flatMap((file) =>
        [simulation(file, 'before'), simulation(file, 'after')].map((each) => `${JSON.stringify(each)}\n`),
      )
      .join(''),
  )
  await ended
  return files.map((_, at) => ({ before: said[2 * at] ?? 'none', after: said[2 * at + 1] ?? 'none' }))
}

function simulation(
  { principal, scps = [], rcps = [], resource, action, context = {}, removeTags }: CaseFile,
  side: 'before' | 'after',
) {
  const named = (policies: readonly PolicyFile[]) => policies.map((policy, at) => ({ name: `policy-${at}`, policy }))
  const leveled = (levels: readonly PolicyFile[][]) =>
    levels.map((level, at) => ({ orgIdentifier: `level-${at}`, policies: named(level) }))
  const all = isDoneToResource(action) ? Object.entries(resource.tags) : []
  const tags = all.filter(([key]) => side === 'before' || !removeTags.includes(key))
  const groups = (principal.groups ?? []).flatMap((group) => group.policies)
  return {
    request: {
      // It knows sessions only, not roles.
      principal: principal.arn.replace(/^arn:aws:iam::(\d+):role\/(.*)$/, 'arn:aws:sts::$1:assumed-role/$2/q-oracle'),
      action,
      resource: { resource: isDoneToResource(action) ? resource.arn : '*', accountId: accountOf(resource.arn) },
      contextVariables: { ...derivedContext(principal, resource, tags), ...context },
    },
    identityPolicies: named([...principal.identityPolicies, ...groups]),
    serviceControlPolicies: leveled(scps),
    resourceControlPolicies: isDoneToResource(action) ? leveled(rcps) : [],
    ...(resource.policy && isDoneToResource(action) && { resourcePolicy: resource.policy }),
    ...(principal.boundary && { permissionBoundaryPolicies: named([principal.boundary]) }),
    ...(principal.sessionPolicy && { sessionPolicy: principal.sessionPolicy }),
  }
}

/** It derives nothing itself: what every request carries is part of the question, but secretsmanager:ResourceTag, of which it fails. */
function derivedContext(principal: CaseFile['principal'], resource: CaseFile['resource'], tags: [string, string][]) {
  return {
    'aws:PrincipalArn': principal.arn.replace(/^arn:aws:sts::(\d+):assumed-role\/(.*)\/.*$/, 'arn:aws:iam::$1:role/$2'),
    'aws:PrincipalAccount': accountOf(principal.arn),
    'aws:PrincipalType': principal.arn.includes(':user/') ? 'User' : 'AssumedRole',
    'aws:ResourceAccount': accountOf(resource.arn),
    'aws:RequestedRegion': resource.arn.split(':')[3] ?? '',
    'aws:SecureTransport': 'true',
    ...Object.fromEntries(Object.entries(principal.tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
    ...(resource.type === 'kms-key' && { 'kms:CallerAccount': accountOf(principal.arn) }),
    ...(resource.aliases && { 'kms:ResourceAliases': resource.aliases }),
    ...(resource.type === 'secret' && { 'secretsmanager:SecretId': resource.arn }),
  }
}

const isDoneToResource = (action: string) =>
  !Object.values(services).some(({ resourceless }) => resourceless === action)

const accountOf = (arn: string) => arn.split(':')[4] ?? ''
