import './zod-jitless.ts'
import { z } from 'zod'
import { isResourceArn } from './arn.ts'
import { TAG_KEY_LENGTH_MAX } from './tag.ts'
import { type DescribedResource, terraformFormats } from './terraform-formats.ts'

// AWS allows 50 tags on a resource; a plan can name more than it will get.
const tagKeys = z.array(z.string().min(1).max(TAG_KEY_LENGTH_MAX)).max(100)

/** All that is kept of a key or secret in a Terraform file: no value of a tag, and nothing of the secrets in a state. */
export const terraformResource = z.object({
  arn: z.string().refine(isResourceArn),
  /** As Terraform prints it: `module.a.aws_kms_key.main[0]`. */
  address: z.string().max(1000),
  type: z.string().max(100),
  name: z.string().max(200),
  /** What stands in the resource's own `tags`. */
  tagKeys,
  /** What is in `tags_all` only: it comes from the `default_tags` of the resource's provider. */
  inheritedTagKeys: tagKeys,
})
export type TerraformResource = z.infer<typeof terraformResource>

export interface TerraformReading {
  resources: TerraformResource[]
  /** What could not be read and why: sentences that start lower-case and have no stop. */
  problems: string[]
}

/** A larger file would stop a browser for many seconds. */
export const TERRAFORM_BYTES_MAX = 100_000_000

/**
 * The KMS keys and secrets of a Terraform or OpenTofu file: a state (format version 4), or what `terraform show -json`
 * prints of a state or a plan; of a plan, as they will be after it. What has no ARN yet, what is to be destroyed and
 * what is only read (data sources) is left out. Never throws, whatever the text is.
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function readTerraform(text: string): TerraformReading {
  const { file, problem } = parsed(text)
  if (!file) return { resources: [], problems: [problem] }
  const described = describedIn(file)
  if (!described)
    return { resources: [], problems: [refusals.find(({ of }) => of.safeParse(file).success)?.problem ?? NEITHER] }
  const read = described.map((each) => ({ address: each.address, resource: resourceOf(each) }))
  return {
    resources: read.flatMap(({ resource }) => resource ?? []),
    problems: [
      ...read
        .filter(({ resource }) => resource === null)
        .map(({ address }) => `the tags of \`${address.slice(0, 200)}\` cannot be read`),
      ...(read.length === 0 ? ['no KMS key and no secret is managed in this file'] : []),
    ],
  }
}

const WANTED = 'drop a state, or what `terraform show -json` prints'
const NEITHER = `this JSON is neither a state nor a plan of Terraform; ${WANTED}`

const refusals = [
  {
    of: z.union([z.object({ encrypted_data: z.string() }), z.object({ sops: z.object({}) })]),
    problem:
      'this file is encrypted; drop what `terraform show -json` or `tofu show -json` prints where it can be decrypted',
  },
  {
    of: z.object({ version: z.number(), terraform_version: z.string() }),
    problem: 'this state has another format version than 4; drop what `terraform show -json` prints',
  },
  {
    of: z.object({ format_version: z.string() }),
    problem: 'this output of `terraform show -json` has a format version that Untag does not know, or is damaged',
  },
]

/** What a file that is no JSON may be. The first that fits counts. */
const notJson: readonly [RegExp, string][] = [
  [/^\s*$/, 'this file is empty'],
  [/^PK/, 'this is a saved plan, which is binary; drop what `terraform show -json FILE` prints of it'],
  [/\0/, 'this file is not in UTF-8; in PowerShell, write it with `| Out-File -Encoding utf8` instead of `>`'],
  [
    /^\{"@level"/,
    'this is the log of a run with `-json`; save the plan, and drop what `terraform show -json FILE` prints',
  ],
  [
    // Only blanks, no line breaks: else every empty line of many would be looked at from each one before it.
    /^[^\S\n]*(resource|provider|module|terraform|variable|locals|data|output)\b.*\{/m,
    `this is Terraform source, where no ARN stands; ${WANTED}`,
  ],
]

function parsed(text: string): { file: object; problem?: never } | { file?: never; problem: string } {
  try {
    const file: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return typeof file === 'object' && file !== null ? { file } : { problem: NEITHER }
  } catch {
    return {
      problem: notJson.find(([looks]) => looks.test(text))?.[1] ?? `this file is no JSON, or not complete; ${WANTED}`,
    }
  }
}

function describedIn(file: object): DescribedResource[] | undefined {
  for (const format of terraformFormats) {
    const described = format(file)
    if (described) return described
  }
  return undefined
}

// Not a record of zod's: that loses a tag key `__proto__`.
const isTags = (value: unknown) =>
  typeof value === 'object' && !Array.isArray(value) && Object.values(value ?? {}).every(isTagValue)
const isTagValue = (value: unknown) => value === null || typeof value === 'string'
const tags = z.custom<Record<string, string | null> | null>(isTags).optional()
const attributes = z.object({ arn: z.string().nullish(), tags, tags_all: tags })

/** Undefined for a resource without an ARN, null for one that cannot be understood. */
function resourceOf({ address, type, name, values }: DescribedResource): TerraformResource | null | undefined {
  const { data } = attributes.safeParse(values)
  if (!data) return null
  if (!data.arn) return undefined
  const own = data.tags ?? {}
  const inherited = Object.entries(data.tags_all ?? {}).filter(([key, value]) => own[key] !== value)
  const resource = {
    arn: data.arn,
    address,
    type,
    name,
    tagKeys: Object.keys(own),
    inheritedTagKeys: inherited.map(([key]) => key),
  }
  return terraformResource.safeParse(resource).data ?? null
}
