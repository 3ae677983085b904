import pLimit from 'p-limit'
import type { CaseGrant, CasePolicy, Unread } from '../access/case.ts'
import type { Problem as PolicyProblem } from '../access/problem.ts'
import { type Arn, isKeyArn } from '../arn.ts'
import { SOCKETS_PER_CLIENT } from '../aws/clients.ts'
import { type Grant, readGrantsPage } from '../aws/grants.ts'
import { readKeyPolicy } from '../aws/key-details.ts'
import { readSecretPolicy } from '../aws/secrets.ts'
import type { Problem } from '../errors.ts'
import { answerOf } from './answer.ts'
import { PolicyShelf } from './policy-shelf.ts'
import { pacedAt, type Reader } from './reader.ts'

/** The policy of one key or secret. */
export interface ResourcePolicy {
  /** For the engine; undefined: the secret has none. */
  readonly policy: CasePolicy | undefined
  /** As AWS gave it; null when there is none or it could not be read. */
  readonly text: string | null
  /** Why it could not be read. */
  readonly problem: Problem | null
  /** What of it could not be parsed; the engine then takes it for unread. */
  readonly policyProblems: readonly PolicyProblem[]
}

/**
 * Reads the key policies and secret policies of these resources, at half the pace that AWS allows. A resource whose
 * policy is refused is there as unread, with the reason. Equal policies are one object.
 * @throws ExpectedError `credentialsExpired` and its like
 */
export async function readPolicies(
  reader: Reader,
  arns: readonly Arn[],
  onProgress: (done: number) => void = () => {},
): Promise<Map<Arn, ResourcePolicy>> {
  const shelf = new PolicyShelf()
  const limit = pLimit(SOCKETS_PER_CLIENT)
  // What is queued when the credentials end must not be sent any more.
  const ending = new AbortController()
  const signal = AbortSignal.any([ending.signal, reader.signal ?? []].flat())
  const read = new Map<Arn, ResourcePolicy>()
  const readOne = async (arn: Arn) => {
    try {
      read.set(arn, await readPolicy({ ...reader, signal }, arn, shelf))
      onProgress(read.size)
    } catch (error) {
      ending.abort(error)
    }
  }
  await limit.map(new Set(arns), readOne)
  signal.throwIfAborted()
  return read
}

async function readPolicy(reader: Reader, arn: Arn, shelf: PolicyShelf): Promise<ResourcePolicy> {
  const isKey = isKeyArn(arn)
  const quota = isKey ? 'kms:GetKeyPolicy' : 'secretsmanager:ResourcePolicy'
  const read = () => (isKey ? readKeyPolicy : readSecretPolicy)(reader.aws, arn)
  const answer = await answerOf(() => pacedAt(reader, arn, quota, read))
  if ('problem' in answer) return { policy: 'unread', text: null, problem: answer.problem, policyProblems: [] }
  const text = answer.value
  if (text === null) return { policy: undefined, text, problem: null, policyProblems: [] }
  const { policy, problems } = shelf.read(text, isKey ? 'key' : 'secret')
  return { policy, text, problem: null, policyProblems: problems }
}

/**
 * Reads all grants of one key, for the engine; where they are refused, that some were not read, and the reason. Their
 * quota is small: ask where it matters only.
 * @throws ExpectedError `credentialsExpired` and its like
 */
export async function readGrants(
  reader: Reader,
  arn: Arn,
): Promise<{ grants: readonly (CaseGrant | Unread)[]; problem: Problem | null }> {
  const answer = await answerOf(async () => {
    const grants: Grant[] = []
    let marker: string | undefined
    do {
      const from = marker
      const page = await pacedAt(reader, arn, 'kms:ListGrants', () => readGrantsPage(reader.aws, arn, from))
      grants.push(...page.grants)
      marker = page.next
    } while (marker !== undefined)
    return grants
  })
  if ('problem' in answer) return { grants: ['unread'], problem: answer.problem }
  return { grants: answer.value.map(caseGrant), problem: null }
}

function caseGrant(grant: Grant): CaseGrant {
  const { grantId, granteePrincipal, retiringPrincipal, operations, sourceArn } = grant
  const [equals, subset] = [grant.encryptionContextEquals, grant.encryptionContextSubset]
  const constraints = {
    ...(equals && { encryptionContextEquals: new Map(Object.entries(equals)) }),
    ...(subset && { encryptionContextSubset: new Map(Object.entries(subset)) }),
    ...(sourceArn !== null && { sourceArn }),
  }
  return {
    grantId,
    granteePrincipal,
    ...(retiringPrincipal !== null && { retiringPrincipal }),
    operations,
    ...(Object.keys(constraints).length > 0 && { constraints }),
  }
}
