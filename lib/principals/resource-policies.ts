import type { Unread } from '../access/case.ts'
import { type Arn, isKeyArn } from '../arn.ts'
import { type Grant, readGrantsPage } from '../aws/grants.ts'
import { readKeyPolicy } from '../aws/key-details.ts'
import { readSecretPolicy } from '../aws/secrets.ts'
import type { Problem } from '../errors.ts'
import type { StoredGrant } from '../impact-facts.ts'
import { answerOf } from './answer.ts'
import type { PolicyText } from './parse-resource.ts'
import { readOfEach } from './read-of-each.ts'
import { pacedAt, type Reader } from './reader.ts'

// Enough for the pace, few enough that a burst of them keeps the event loop from nobody.
const READS_AT_ONCE_PER_PLACE = 10

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
  const read = new Map<Arn, PolicyText>()
  const resources = [...new Set(arns)].map((arn) => ({ arn }))
  await readOfEach(reader, resources, READS_AT_ONCE_PER_PLACE, async (own, { arn }) => {
    read.set(arn, await readPolicyText(own, arn))
    onProgress(read.size)
  })
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
 * Reads all grants of one key, in AWS's own words; where they are refused, that some were not read, and the reason. Their
 * quota is small: ask where it matters only.
 * @throws ExpectedError `credentialsExpired` and its like
 */
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
