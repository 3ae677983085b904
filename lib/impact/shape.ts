import { createHash } from 'node:crypto'
import { type Arn, parseArn } from '../arn.ts'
import { signsOf } from '../impact-signs.ts'
import type { ItemImpact } from '../item-impact.ts'
import type { PolicyText } from '../principals/parse-resource.ts'

const BYTES = 12

interface Analysed {
  readonly arn: Arn
  readonly policy: PolicyText
  readonly impact: ItemImpact
}

/**
 * A name for all resources of which the same is to be expected: of one service, with the same key or resource policy but
 * for their own ARN and id, and of which the analysis says the same. 24 hex digits of a SHA-256.
 */
export function shapeOf({ arn, policy, impact }: Analysed): string {
  const { service = '', resource = '' } = parseArn(arn) ?? {}
  const id = resource.slice(service === 'kms' ? 'key/'.length : 'secret:'.length)
  const text = policy.text?.replaceAll(arn, '*').replaceAll(id, '*').replace(/\s+/g, '')
  const told = [service, text ?? policy.problem?.code ?? null, impact.verdict, signsOf(impact)]
  return createHash('sha256')
    .update(JSON.stringify(told))
    .digest('hex')
    .slice(0, BYTES * 2)
}
