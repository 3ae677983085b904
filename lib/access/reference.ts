import { actions } from './actions.ts'
import { conditionKeys } from './condition-keys.ts'

/** A row of the Service Authorization Reference. */
export interface Action {
  /** `kms:Decrypt` */
  readonly name: string
  readonly level: 'Read' | 'List' | 'Write' | 'Tagging' | 'Permissions management'
  /** The resources that each call needs; none: the action knows no resource, and so no resource tags. */
  readonly resourceTypes: readonly ('alias' | 'key' | 'secret')[]
  /** Besides those of its resources. The reference has gaps: a key that is not listed may yet be present. */
  readonly conditionKeys: readonly string[]
}

export interface ConditionKey {
  /** `aws:SourceIp`; a `*` at the end stands for a tag key or another name of the user's own. */
  readonly name: string
  /** The operators that AWS documents for it. */
  readonly type: 'ARN' | 'Bool' | 'Date' | 'IPAddress' | 'Numeric' | 'String'
  /** A request may carry several values; policies read them with ForAnyValue and ForAllValues. */
  readonly multivalued?: true
}

const actionsByName = new Map(actions.map((action) => [action.name.toLowerCase(), action]))
const keysByName = new Map(conditionKeys.map((key) => [key.name.toLowerCase(), key]))

/** The action of this name, whose case does not matter; undefined when the reference does not know it. */
export function actionNamed(name: string): Action | undefined {
  return actionsByName.get(name.toLowerCase())
}

/**
 * What is known of a context key, whose case does not matter; undefined for keys of other services and misspelled ones.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function conditionKeyNamed(contextKey: string): ConditionKey | undefined {
  const name = contextKey.toLowerCase()
  // `aws:ResourceTag/*`, `kms:EncryptionContext:*`, `kms:RecipientAttestation:*`: the part before the free name.
  const family = /^(?:[^/]*\/|\w+:\w+:)/.exec(name)?.[0]
  return keysByName.get(name) ?? (family === undefined || family === name ? undefined : keysByName.get(`${family}*`))
}

/** A context key, which is lower-case in a parsed policy, as AWS spells it; names of the user's own stay as they are. */
export function spelledContextKey(contextKey: string): string {
  const name = conditionKeyNamed(contextKey)?.name ?? contextKey
  return name.endsWith('*') ? `${name.slice(0, -1)}${contextKey.slice(name.length - 1)}` : name
}
