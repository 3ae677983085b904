import { eventsOf, type Habit } from '../cloudtrail/habits.ts'
import type { Account, Key, Secret, Tags } from '../state.ts'

interface Rule extends Pick<Habit, 'action' | 'hoursAgo' | 'everyHours'> {
  /** A role or user; `undefined` where nobody has the habit on this resource. */
  readonly who: (tags: Tags) => string | undefined
}

const owner = (role: string) => (tags: Tags) => (tags.has('owner') ? `${tags.get('owner')}-${role}` : undefined)
const ofPayments = (name: string) => (tags: Tags) => (tags.get('owner') === 'payments' ? name : undefined)
const beforeProduction = (name: string) => (tags: Tags) =>
  /^(dev|staging)$/.test(tags.get('env') ?? '') ? name : undefined

// What the policies of company-principals.ts let them do, at the pace of their work.
const onKeys: readonly Rule[] = [
  { who: owner('service'), action: 'kms:Decrypt', hoursAgo: 0.4, everyHours: 1 },
  { who: owner('service'), action: 'kms:GenerateDataKey', hoursAgo: 5, everyHours: 12 },
  { who: ofPayments('settlement-batch'), action: 'kms:Decrypt', hoursAgo: 24, everyHours: 24 },
  { who: beforeProduction('notebooks'), action: 'kms:Decrypt', hoursAgo: 72, everyHours: 70 },
  { who: ofTerraform, action: 'kms:DescribeKey', hoursAgo: 190, everyHours: 336 },
]
const onClosedKeys: readonly Rule[] = [
  { who: () => 'card-vault', action: 'kms:Decrypt', hoursAgo: 0.2, everyHours: 0.5 },
]
const onSecrets: readonly Rule[] = [
  { who: owner('service'), action: 'secretsmanager:GetSecretValue', hoursAgo: 2, everyHours: 6 },
  { who: owner('admin'), action: 'secretsmanager:DescribeSecret', hoursAgo: 216, everyHours: 400 },
  { who: ofPayments('settlement-batch'), action: 'secretsmanager:GetSecretValue', hoursAgo: 24, everyHours: 24 },
  { who: beforeProduction('notebooks'), action: 'secretsmanager:GetSecretValue', hoursAgo: 73, everyHours: 70 },
  { who: beforeProduction('grace'), action: 'secretsmanager:GetSecretValue', hoursAgo: 700, everyHours: 900 },
]
const cryptographic = new Set(['kms:Decrypt', 'kms:GenerateDataKey'])
// Not all at the same minute.
const minutesApart = 50

/** Who has used what in the demo's company until it started; the keys remember their last use by themselves, too. */
export function companyHabits(account: Account, startedAt: Date): Habit[] {
  const habits = [...account.regions].flatMap(([region, { keys, secrets }]) => [
    ...[...keys.values()]
      .filter(isUsable)
      .flatMap((key, index) => habitsOf(account, rulesFor(key), key.tags, { region, resource: key.arn }, index)),
    ...[...secrets.values()]
      .filter((secret) => secret.region === region && isRead(secret))
      .flatMap(({ tags, arn, name }, index) =>
        // Some name a secret by its name, some by its ARN.
        habitsOf(account, onSecrets, tags, { region, resource: index % 2 === 0 ? arn : name }, index),
      ),
  ])
  for (const habit of habits) noteLastUse(account, habit, startedAt)
  return habits
}

function ofTerraform(tags: Tags): string | undefined {
  return tags.get('ManagedBy') === 'terraform' ? 'ci-deploy' : undefined
}

const isUsable = ({ manager, state, usage, tags }: Key) =>
  manager === 'CUSTOMER' && state === 'Enabled' && usage === 'ENCRYPT_DECRYPT' && !tags.has('quarantine')
const isRead = ({ accessedAt, deletedAt, owningService, tags }: Secret) =>
  accessedAt !== undefined && !deletedAt && !owningService && !tags.has('quarantine')

function rulesFor({ policy }: Key): readonly Rule[] {
  return policy.includes('Only the vault role') ? onClosedKeys : onKeys
}

function habitsOf(
  { roles, users }: Account,
  rules: readonly Rule[],
  tags: Tags,
  at: Pick<Habit, 'region' | 'resource'>,
  index: number,
): Habit[] {
  return rules.flatMap(({ who: find, action, hoursAgo, everyHours }) => {
    const who = find(tags)
    if (who === undefined || !(roles.has(who) || users.has(who))) return []
    return { who, action, everyHours, hoursAgo: hoursAgo + (index % minutesApart) / 60, ...at }
  })
}

function noteLastUse(account: Account, habit: Habit, startedAt: Date): void {
  const { action, region, resource } = habit
  const key = account.regions.get(region)?.keys.get(resource.split('key/')[1] ?? '')
  const [last] = eventsOf(habit, account, startedAt)
  if (!key || !last || !cryptographic.has(action) || (key.lastUsage && key.lastUsage.at > last.at)) return
  key.lastUsage = { operation: action.slice('kms:'.length), at: last.at, requestId: last.id }
}
