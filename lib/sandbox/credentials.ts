import { randomBytes } from 'node:crypto'
import type { Principal } from './principals.ts'

/** Access keys and whom they stand for. Temporary ones (`ASIA…`) carry a session token and may be expired. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly principal: Principal
  expiresAt?: Date
}

export type CredentialStore = Map<string, Credentials>

// AWS's documented example values: no secret scanner raises an alarm over them.
const exampleSecret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'

/** The demo's session: the same at every start, so that it can be printed, copied and kept in a shell. */
export function demoSession(principal: Principal): Credentials {
  return {
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: exampleSecret,
    sessionToken: 'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQW',
    principal,
  }
}

/** The demo user's long-term access key: the same at every start. */
export function demoUserKey(principal: Principal): Credentials {
  return { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: exampleSecret, principal }
}

/** New credentials, temporary when an expiry is given; known to the store from now on. */
export function issueCredentials(store: CredentialStore, principal: Principal, expiresAt?: Date): Credentials {
  const suffix = randomBytes(8).toString('hex').toUpperCase()
  const issued: Credentials = {
    accessKeyId: `${expiresAt ? 'ASIA' : 'AKIA'}${suffix}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    ...(expiresAt && { sessionToken: randomBytes(96).toString('base64'), expiresAt }),
    principal,
  }
  store.set(issued.accessKeyId, issued)
  return issued
}
