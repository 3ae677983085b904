import '#server-only'
import { cache } from 'react'
import type { AuditActor } from '../audit-event.ts'
import { type Aws, aws } from '../aws/clients.ts'
import { currentIdentity, type Identity } from '../aws/identity.ts'
import { ExpectedError, isExpectedError, type Problem, problemOf } from '../errors.ts'
import { type Queue, queue } from '../jobs/queue.ts'
import { type Store, store } from '../store/store.ts'
import { consoleRoles, type Permission } from './permissions.ts'
import { requireSession } from './session.ts'

/** The person behind a request, with the AWS identity that all their calls are made as. */
export interface Actor {
  identity: Identity
  /** What they may see in the store: account and unique id of the AWS identity. */
  scope: string
  /** The same person, as the audit log names them. */
  by: AuditActor
  role: keyof typeof consoleRoles
}

/** What the library functions work with on behalf of one actor. */
export interface Ports {
  store: Store
  queue: Queue
  aws: Aws
  identity: Identity
  scope: string
  by: AuditActor
}

/**
 * Who is asking. In local mode whoever holds a session acts with the AWS credentials of this computer.
 *
 * @throws ExpectedError `signedOut`, `credentialsMissing`, `credentialsExpired`, `credentialsInvalid`, `unreachable`
 */
export async function requireActor(): Promise<Actor> {
  const { address } = await requireSession()
  const identity = await currentIdentity(aws())
  const by = { id: identity.scope, name: identity.arn, address }
  return { identity, scope: identity.scope, by, role: 'operator' }
}

/**
 * The same, and that this actor may do what they ask for.
 *
 * @throws ExpectedError `denied` besides those of {@link requireActor}
 */
export async function requirePermission(permission: Permission): Promise<Actor> {
  const actor = await requireActor()
  if (consoleRoles[actor.role].includes(permission)) return actor
  throw new ExpectedError('denied', `your role \`${actor.role}\` does not include \`${permission}\``)
}

/**
 * For pages: the actor, or the problem that the page shows instead of its content. What surrounds a page and the page
 * ask the store once.
 */
export const pageActor = cache(async (): Promise<{ ok: true; actor: Actor } | { ok: false; problem: Problem }> => {
  try {
    return { ok: true, actor: await requireActor() }
  } catch (error) {
    if (!isExpectedError(error)) throw error
    return { ok: false, problem: problemOf(error) }
  }
})

/** Wires up the process's store, queue and AWS clients for an actor. */
export function ports({ identity, scope, by }: Actor): Ports {
  return { store: store(), queue: queue(), aws: aws(), identity, scope, by }
}
