import type { ManagedReading } from '../account-reading.ts'
import { readManagedPolicy } from '../aws/iam-policies.ts'
import { askIam, type Reader } from './reader.ts'

/** Reads the managed policies of these ARNs by single calls; one that is refused is there with the reason. */
export async function readManagedPolicies(
  reader: Reader,
  arns: Iterable<string>,
): Promise<Record<string, ManagedReading>> {
  const managed: Record<string, ManagedReading> = {}
  for (const arn of new Set(arns)) {
    const answer = await askIam(reader, () => readManagedPolicy(reader.aws, arn))
    managed[arn] = 'value' in answer ? answer.value : { name: nameOf(arn), problem: answer.problem }
  }
  return managed
}

const nameOf = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)
