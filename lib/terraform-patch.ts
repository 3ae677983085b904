import type { TerraformResource } from './terraform.ts'

export interface TerraformPatch {
  /** Where the change belongs: `tags of aws_kms_key.main`. */
  place: string
  /** What to change, as a sentence without its stop. */
  sentence: string
  /** The change in the configuration language, its lines marked with `-` and `+`. */
  hcl: string
}

/**
 * How to change the configuration so that the next apply does not put these tags back: none, one change for tags of
 * the resource itself, one for tags from `default_tags`. A default tag cannot be left out for a single resource; it
 * goes for all resources of the provider, or the resource gets another provider.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/resource-tagging
 */
export function patchFor(resource: TerraformResource, tagKeys: readonly string[]): TerraformPatch[] {
  const own = tagKeys.filter((tagKey) => resource.tagKeys.includes(tagKey))
  const inherited = tagKeys.filter((tagKey) => resource.inheritedTagKeys.includes(tagKey))
  return [
    ...(own.length > 0 ? [ownPatch(resource, own)] : []),
    ...(inherited.length > 0 ? [defaultPatch(resource, inherited)] : []),
  ]
}

function ownPatch({ address, type, name }: TerraformResource, tagKeys: string[]): TerraformPatch {
  const given = address.startsWith('module.') ? ', or from what the call of its module gives it as tags' : ''
  return {
    place: `tags of ${address}`,
    sentence: `remove ${listOf(tagKeys)} from \`tags\` of \`${address}\`${given}`,
    hcl: [
      `  resource "${type}" "${name}" {`,
      '    tags = {',
      ...tagKeys.map((key) => `-     ${hclKey(key)} = …`),
      '    }',
      '  }',
    ].join('\n'),
  }
}

function defaultPatch({ address, type, name }: TerraformResource, tagKeys: string[]): TerraformPatch {
  return {
    place: `default_tags of the provider of ${address}`,
    sentence: `remove ${listOf(tagKeys)} from \`default_tags\` of the provider of \`${address}\`, which takes it from everything else of that provider too, or give this resource a provider without it`,
    hcl: [
      '  provider "aws" {',
      '    default_tags {',
      '      tags = {',
      ...tagKeys.map((key) => `-       ${hclKey(key)} = …`),
      '      }',
      '    }',
      '  }',
      '',
      '# or, for this resource alone:',
      '+ provider "aws" {',
      '+   alias = "other_default_tags"',
      '+   # region, credentials and the other default tags as above',
      '+ }',
      `  resource "${type}" "${name}" {`,
      '+   provider = aws.other_default_tags',
      '  }',
    ].join('\n'),
  }
}

const listOf = (tagKeys: string[]) => tagKeys.map((key) => `\`${key}\``).join(', ')

/** A key of a map as HCL writes it: a bare word where that is allowed, else a string. */
function hclKey(tagKey: string): string {
  return /^[A-Za-z_][\w-]*$/.test(tagKey) ? tagKey : JSON.stringify(tagKey)
}
