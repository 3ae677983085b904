import { PutResourcePolicyCommand } from '@aws-sdk/client-secrets-manager'
import type { Arn } from '../arn.ts'
import { readSecretPolicy, untagSecret } from '../aws/secrets.ts'
import { translated } from '../aws/translate-error.ts'
import { secondsUntil } from './patience.ts'
import { type Refusal, refusalOf } from './refusal.ts'
import { didNotHold, held, notTested, type Place, type Rule } from './rule.ts'
import { ACCESS } from './throwaway.ts'

const NOT_IN_FORCE = 'the policy that was put on the secret did not come into force'
const BY_OUR_POLICY = /secretsmanager:GetResourcePolicy\b.*explicit deny in a resource-based policy/i

/** What Secrets Manager alone promises. */
export const secretRules: readonly Rule[] = [
  {
    on: 'secret',
    rule: 'a denial is an AccessDeniedException that names the action and the kind of policy that decided',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html',
    when: 'inUse',
    async attempt(place, arn) {
      const denial = await denialByPolicy(place, arn)
      if (denial === undefined) return notTested(NOT_IN_FORCE)
      const isNamed = denial.name === 'AccessDeniedException' && BY_OUR_POLICY.test(denial.words)
      return isNamed ? held(denial.words) : didNotHold(told(denial))
    },
  },
  {
    on: 'secret',
    rule: 'Secrets Manager refuses an untag that would take away the caller’s own access, and says so',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html',
    when: 'inUse',
    async attempt(place, arn) {
      if ((await denialByPolicy(place, arn)) === undefined) return notTested(NOT_IN_FORCE)
      const refusal = await refusalOf(() => untagSecret(place.aws, arn, [ACCESS]))
      if (refusal === undefined)
        return didNotHold('AWS removed the tag; nothing but secretsmanager:DeleteSecret was left')
      if (refusal.told.code === 'lockoutRefused') return held(told(refusal))
      return didNotHold(`it is refused in words by which the product does not know it: ${told(refusal)}`)
    },
  },
]

const told = ({ name, words }: Refusal) => `${name}: ${words}`

/**
 * Puts a policy on the secret that denies the caller one read at once, by which one sees that it is in force, and
 * everything once the tag is gone. Deleting stays allowed, whatever AWS does. The denial of that read; undefined when it
 * never came.
 */
async function denialByPolicy(place: Place, arn: Arn): Promise<Refusal | undefined> {
  const { aws, region } = place
  const before = await refusalOf(() => readSecretPolicy(aws, arn))
  if (before && BY_OUR_POLICY.test(before.words)) return before
  if (before) throw before.told
  const command = new PutResourcePolicyCommand({ SecretId: arn, ResourcePolicy: JSON.stringify(policyFor(place)) })
  await translated({ operation: 'secretsmanager:PutResourcePolicy', resource: arn }, () =>
    aws.secrets(region).send(command),
  )
  let denial: Refusal | undefined
  await secondsUntil(place, async () => {
    denial = await refusalOf(() => readSecretPolicy(aws, arn))
    return denial !== undefined
  })
  return denial
}

function policyFor({ identity }: Place): object {
  const caller = { Effect: 'Deny', Principal: { AWS: identity.arn }, Resource: '*' }
  return {
    Version: '2012-10-17',
    Statement: [
      { ...caller, Action: 'secretsmanager:GetResourcePolicy' },
      {
        ...caller,
        NotAction: 'secretsmanager:DeleteSecret',
        Condition: { Null: { [`aws:ResourceTag/${ACCESS}`]: 'true' } },
      },
    ],
  }
}
