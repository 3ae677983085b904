import type { CaseGrant, Unread } from '../access/case.ts'
import { type Arn, isKeyArn } from '../arn.ts'
import { type Grant, readGrantsPage } from '../aws/grants.ts'
import { readKeyPolicy } from '../aws/key-details.ts'
import { readSecretPolicy } from '../aws/secrets.ts'
import type { Problem } from '../errors.ts'
import type { StoredGrant } from '../impact-facts.ts'
import { answerOf } from './answer.ts'
import { limitsByPlace } from './limits.ts'
import { caseGrant, type PolicyText, parseResourcePolicy, type ResourcePolicy } from './parse-resource.ts'
import { PolicyShelf } from './policy-shelf.ts'
import { pacedAt, type Reader } from './reader.ts'

// Enough for the pace, few enough that a burst of them keeps the event loop from nobody.
const READS_AT_ONCE_PER_PLACE = 10

/** Reads the policies of these resources, as {@link readPolicyTexts} does. Equal policies are one object. */
export async function readPolicies(
  reader: Reader,
  arns: readonly Arn[],
  onProgress?: (done: number) => void,
): Promise<Map<Arn, ResourcePolicy>> {
  const shelf = new PolicyShelf()
  const texts = await readPolicyTexts(reader, arns, onProgress)
  return new Map([...texts].map(([arn, text]) => [arn, parseResourcePolicy(arn, text, shelf)]))
}

/**
 * Reads the key policies and secret policies of these resources, at half the pace that AWS allows. A resource whose
 * policy is refused is there without text, with the reason.
 * @throws ExpectedError `credentialsExpired` and its like
 */
export async function readPolicyTexts(
  reader: Reader,
  arns: readonly Arn[],
  onProgress: (done: number) => void = () => {},
): Promise<Map<Arn, PolicyText>> {
  const limitOf = limitsByPlace(READS_AT_ONCE_PER_PLACE)
  // What is queued when the credentials end must not be sent any more.
  const ending = new AbortController()
  const signal = AbortSignal.any([ending.signal, reader.signal ?? []].flat())
  const read = new Map<Arn, PolicyText>()
  const readOne = async (arn: Arn) => {
    try {
      read.set(arn, await readPolicyText({ ...reader, signal }, arn))
      onProgress(read.size)
    } catch (error) {
      ending.abort(error)
    }
  }
  await Promise.all([...new Set(arns)].map((arn) => limitOf(arn)(readOne, arn)))
  signal.throwIfAborted()
  return read
}

async function readPolicyText(reader: Reader, arn: Arn): Promise<PolicyText> {
  const isKey = isKeyArn(arn)
  const quota = isKey ? 'kms:GetKeyPolicy' : 'secretsmanager:ResourcePolicy'
  const read = () => (isKey ? readKeyPolicy : readSecretPolicy)(reader.aws, arn)
  const answer = await answerOf(() => pacedAt(reader, arn, quota, read))
  return 'problem' in answer ? { text: null, problem: answer.problem } : { text: answer.value, problem: null }
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
  const { grants, problem } = await listGrants(reader, arn)
  return { grants: grants.map(caseGrant), problem }
}

/** As {@link readGrants}, in AWS's own words. */
export async function listGrants(
  reader: Reader,
  arn: Arn,
): Promise<{ grants: readonly (StoredGrant | Unread)[]; problem: Problem | null }> {
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
  return { grants: answer.value, problem: null }
}
