import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { ProtectedTagPolicy } from '../../lib/protected-tags.ts'
import { serviceOf } from '../../lib/resource.ts'
import { isReservedTagKey } from '../../lib/tag.ts'
import { formatted } from './access-tables.ts'

const list = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat())
/** One policy writes `false` without quotation marks. */
const values = z.union([list, z.boolean().transform((value) => [String(value)])])
const statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: list.optional(),
  NotAction: list.optional(),
  Condition: z.record(z.string(), z.record(z.string(), values)).default({}),
})
const managedPolicy = z.object({
  name: z.string(),
  updatedate: z.string().nullable(),
  document: z.object({ Statement: z.union([statement.transform((one) => [one]), z.array(statement)]) }),
})
type Statement = z.infer<typeof statement>

/** Who uses a managed policy, by the beginning of its name. The first that fits counts. */
const features: readonly [RegExp, string][] = [
  [/^AWS-SSM|^AWSSystemsManager/, 'AWS Systems Manager'],
  [/^AWSApplicationMigration/, 'AWS Application Migration Service'],
  [/^AWSEC2SqlHa/, 'SQL Server high availability on Amazon EC2'],
  [/^AWSLicenseManager/, 'AWS License Manager'],
  [/^AWSObservabilityAdmin/, 'Amazon CloudWatch log centralization'],
  [/^AWSSupplyChain/, 'AWS Supply Chain'],
  [/^AWSTransform|^DBMod/, 'AWS Transform'],
  [/^AmazonBedrock/, 'Amazon Bedrock'],
  [/^AmazonDataZone/, 'Amazon DataZone'],
  [/^AmazonDocDB/, 'Amazon DocumentDB'],
  [/^AmazonEKS/, 'Amazon EKS'],
  [/^AmazonEVS/, 'Amazon Elastic VMware Service'],
  [/^AmazonEventBridge/, 'Amazon EventBridge'],
  [/^AmazonGrafana/, 'Amazon Managed Grafana'],
  [/^AmazonGuardDuty/, 'Amazon GuardDuty'],
  [/^AmazonInspector/, 'Amazon Inspector'],
  [/^AmazonRDS/, 'Amazon RDS Custom'],
  [/^AmazonRedshift/, 'Amazon Redshift'],
  [/^AmazonSageMaker/, 'Amazon SageMaker AI'],
  [/^AppStudio/, 'AWS App Studio'],
  [/^ROSA/, 'Red Hat OpenShift Service on AWS'],
  [/^SageMakerStudio/, 'Amazon SageMaker Unified Studio'],
]

/**
 * The generated table of protected tags: path → text. Made from a folder with one JSON file per AWS managed policy
 * (`name`, `updatedate`, `document`), as github.com/iann0036/iam-dataset keeps them under aws/managedpolicies.
 */
export function protectedTagTable(folder: string): Map<string, string> {
  const policies = globSync('*.json', { cwd: folder })
    .toSorted()
    .map((file) => managedPolicy.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
  const newest = policies
    .map((policy) => policy.updatedate ?? '')
    .toSorted()
    .at(-1)
  const rows = policies.flatMap(({ name, document }) =>
    document.Statement.flatMap((each) =>
      rowsOf(each).map((row) => ({ ...row, policy: name, feature: featureOf(name) })),
    ),
  )
  const groups = [...Map.groupBy(rows, place).values()]
  const table = groups.flatMap(([first, ...others]) => (first ? [merged([first, ...others])] : []))
  const sorted = table.toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
  const path = 'lib/protected-tag-policies.ts'
  const source = `// Made by \`npm run generate -- FOLDER\` from AWS managed policies, the newest of ${newest?.slice(0, 10)}. Not to be edited.
    import type { ProtectedTagPolicy } from './protected-tags.ts'
    export const protectedTagPolicies: readonly ProtectedTagPolicy[] = ${JSON.stringify(sorted)}`
  return new Map([[path, formatted(source)]])
}

type Row = Pick<ProtectedTagPolicy, 'tagKey' | 'type' | 'effect' | 'values'> & { beside: string[] }
type NamedRow = Row & Pick<ProtectedTagPolicy, 'feature'> & { policy: string }

function rowsOf(statement: Statement): Row[] {
  const tests = Object.entries(statement.Condition).flatMap(([operator, block]) =>
    Object.entries(block).map(([contextKey, values]) => ({ operator, contextKey, values })),
  )
  const byTagKey = Object.entries(Object.groupBy(tests, ({ contextKey }) => tagKeyOf(contextKey) ?? ''))
  return byTagKey.flatMap(([tagKey, ofTagKey = []]) => {
    if (tagKey === '' || isReservedTagKey(tagKey)) return []
    const effects = effectsOf(statement.Effect, ofTagKey)
    const others = byTagKey.filter(([other, tests = []]) => ![tagKey, ''].includes(other) && !tests.every(holdsWithout))
    const beside = others.map(([other]) => other)
    return typesOf(statement).flatMap((type) => effects.map((effect) => ({ tagKey, type, beside, ...effect })))
  })
}

function tagKeyOf(contextKey: string): string | undefined {
  return /^(?:aws|secretsmanager):ResourceTag\/(.+)$/i.exec(contextKey)?.[1]
}

interface TagTest {
  operator: string
  values: string[]
}

/** What a removal does to a statement, for the values that it lists and for all others. */
function effectsOf(effect: Statement['Effect'], tests: TagTest[]): Pick<Row, 'effect' | 'values'>[] {
  return [true, false].flatMap((listed) => {
    const before = tests.every((test) => holdsWith(test, listed))
    const after = tests.every(holdsWithout)
    if (before === after) return []
    const constants = tests.flatMap(({ operator, values }) => (operator === 'Null' ? [] : values))
    const any = !listed || constants.length === 0 || constants.some((value) => value === '*' || value.includes('${'))
    const less = (effect === 'Allow') === before
    return [{ effect: less ? ('breaks' as const) : ('opens' as const), ...(!any && { values: constants }) }]
  })
}

// IAM User Guide, "IAM JSON policy elements: Condition operators".
const isNull = ({ operator }: TagTest) => operator === 'Null'
const isNegated = ({ operator }: TagTest) => /Not(Equals|Like)/.test(operator)
const isIfExists = ({ operator }: TagTest) => operator.endsWith('IfExists')

function holdsWith(test: TagTest, listed: boolean): boolean {
  return isNull(test) ? test.values.includes('false') : isNegated(test) !== listed
}

function holdsWithout(test: TagTest): boolean {
  return isNull(test) ? test.values.includes('true') : isNegated(test) || isIfExists(test)
}

function typesOf({ Action = [], NotAction }: Statement): ProtectedTagPolicy['type'][] {
  return (['key', 'secret'] as const).filter((type) => {
    const service = serviceOf[type]
    if (NotAction) return !NotAction.some((action) => action === '*' || action === `${service}:*`)
    return Action.some((action) => action === '*' || action.toLowerCase().startsWith(`${service}:`))
  })
}

function featureOf(policyName: string): string {
  const feature = features.find(([begins]) => begins.test(policyName))?.[1]
  if (!feature) throw new Error(`the table of features has no row for the managed policy ${policyName}`)
  return feature
}

function merged(group: [NamedRow, ...NamedRow[]]): ProtectedTagPolicy {
  const [{ tagKey, type, effect, feature }] = group
  const policies = [...new Set(group.map(({ policy }) => policy))]
  const values = [...new Set(group.flatMap((row) => row.values ?? []))].toSorted()
  const any = group.some((row) => row.values === undefined)
  const [first, ...others] = group.map((row) => row.beside)
  const beside = (first ?? []).filter((other) => others.every((each) => each.includes(other)))
  return { tagKey, type, effect, feature, policies, ...(!any && { values }), ...(beside.length > 0 && { beside }) }
}

/** Rows of one place in the table become one row. */
function place({ tagKey, type, effect, feature }: Omit<ProtectedTagPolicy, 'policies'>): string {
  return [tagKey.toLowerCase(), type, effect, feature].join('\n')
}
