import { type Need, needs, type Purpose } from './needed-actions.ts'

interface Statement {
  Sid: string
  Effect: 'Allow'
  Action: string[]
  Resource: string
  Condition?: object
}

const statements: { on: Need['on']; sid: string; resource(partition: string, account: string): string }[] = [
  { on: 'any', sid: 'Account', resource: () => '*' },
  { on: 'keys', sid: 'Keys', resource: (partition, account) => `arn:${partition}:kms:*:${account}:key/*` },
  {
    on: 'secrets',
    sid: 'Secrets',
    resource: (partition, account) => `arn:${partition}:secretsmanager:*:${account}:secret:*`,
  },
]

/**
 * The smallest identity policy for a purpose, as JSON text to paste. With tag keys (`*` and `?` are wildcards) no others
 * can be removed or put back. A key’s own policy must leave it to IAM, which no identity policy can bring about.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tagkeys
 */
export function minimalPolicy(
  purpose: Purpose,
  { account, partition }: { account: string; partition: string },
  tagKeys: readonly string[] = [],
): string {
  const wanted: Need[] = Object.values<Need>(needs).filter((need) => need.purpose === purpose)
  const Statement = statements.flatMap(({ on, sid, resource }): Statement[] => {
    const Action = wanted.filter((need) => need.on === on).flatMap(({ actions }) => actions)
    if (Action.length === 0) return []
    return [{ Sid: sid, Effect: 'Allow', Action, Resource: resource(partition, account), ...onlyFor(purpose, tagKeys) }]
  })
  return JSON.stringify({ Version: '2012-10-17', Statement }, null, 2)
}

/** ForAllValues holds for a request without tag keys, too; Null keeps that one out. */
function onlyFor(purpose: Purpose, tagKeys: readonly string[]): Pick<Statement, 'Condition'> {
  if (purpose !== 'remove' || tagKeys.length === 0) return {}
  return { Condition: { 'ForAllValues:StringLike': { 'aws:TagKeys': tagKeys }, Null: { 'aws:TagKeys': 'false' } } }
}
