import './zod-jitless.ts'
import { z } from 'zod'

/** One resource instance as any of the formats describes it. */
export interface DescribedResource {
  /** As Terraform prints it: `module.a.aws_kms_key.main[0]`. */
  address: string
  type: string
  name: string
  /** Its attributes, not looked into yet. */
  values: unknown
}

const types = new Set([
  'aws_kms_key',
  'aws_kms_replica_key',
  'aws_kms_external_key',
  'aws_kms_replica_external_key',
  'aws_secretsmanager_secret',
])

/** A resource of one of our types that Terraform manages, not one that it only reads, and no leftover of a replacement. */
function isOurs({ mode, type, deposed }: { mode: string; type: string; deposed?: string | undefined }): boolean {
  return mode === 'managed' && types.has(type) && deposed === undefined
}

const stateFile = z.object({
  version: z.literal(4),
  resources: z.array(
    z.object({
      module: z.string().optional(),
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.object({
          index_key: z.union([z.string(), z.number()]).optional(),
          deposed: z.string().optional(),
          attributes: z.unknown(),
        }),
      ),
    }),
  ),
})

function ofStateFile({ resources }: z.infer<typeof stateFile>): DescribedResource[] {
  return resources.flatMap(({ module, mode, type, name, instances }) =>
    instances
      .filter(({ deposed }) => isOurs({ mode, type, deposed }))
      .map(({ index_key, attributes }) => ({
        address:
          [module, type, name].filter(Boolean).join('.') +
          (index_key === undefined ? '' : `[${JSON.stringify(index_key)}]`),
        type,
        name,
        values: attributes,
      })),
  )
}

// HashiCorp: "Reject any input which reports an unsupported major version". 0.1 and 0.2 are alike in what is read here.
const format_version = z.string().regex(/^[01]\./)
const listed = z.object({ address: z.string(), mode: z.string(), type: z.string(), name: z.string() })

const shownPlan = z.object({
  format_version,
  resource_changes: z.array(
    listed.extend({
      deposed: z.string().optional(),
      change: z.object({ actions: z.array(z.string()), before: z.unknown(), after: z.unknown() }),
    }),
  ),
})

function ofShownPlan({ resource_changes }: z.infer<typeof shownPlan>): DescribedResource[] {
  return resource_changes
    .filter((each) => isOurs(each) && each.change.after !== null && !each.change.actions.includes('delete'))
    .map(({ address, type, name, change }) => ({
      address,
      type,
      name,
      // What will only be known after the apply, `tags_all` for example, is absent from `after`.
      values: { ...attributes(change.before), ...attributes(change.after) },
    }))
}

const attributes = (values: unknown) => z.record(z.string(), z.unknown()).catch({}).parse(values)

const shownModule = z.object({
  resources: z.array(listed.extend({ values: z.unknown() })).default([]),
  child_modules: z.array(z.unknown()).default([]),
})
const shownState = z.object({ format_version, values: z.object({ root_module: z.unknown() }).optional() })

/** Looks into one module after the other and not into one within the other: a file may nest them however deep. */
function ofShownState({ values }: z.infer<typeof shownState>): DescribedResource[] | undefined {
  const modules: unknown[] = values ? [values.root_module] : []
  const found: DescribedResource[] = []
  for (const each of modules) {
    const { data } = shownModule.safeParse(each)
    if (!data) return undefined
    for (const child of data.child_modules) modules.push(child)
    for (const { address, type, name, values } of data.resources.filter(isOurs))
      found.push({ address, type, name, values })
  }
  return found
}

/** Each format with what it makes of a file: undefined when the file is of another one. */
export const terraformFormats: readonly ((file: object) => DescribedResource[] | undefined)[] = [
  format(stateFile, ofStateFile),
  format(shownPlan, ofShownPlan),
  format(shownState, ofShownState),
]

function format<Schema extends z.ZodType>(
  schema: Schema,
  read: (file: z.infer<Schema>) => DescribedResource[] | undefined,
) {
  return (file: object) => {
    const fits = schema.safeParse(file)
    return fits.success ? read(fits.data) : undefined
  }
}
