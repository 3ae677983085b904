import type { TerraformResource } from '#lib/terraform.ts'

/** Resources that the server takes at once, and characters that surely fit into the megabyte of a server action. */
const RESOURCES_MAX = 500
const CHARACTERS_MAX = 300_000

/**
 * What was found in Terraform files as the server takes it: slice by slice, at least one, and of tag keys only those that
 * go. Nothing else about the tags of other resources leaves the browser.
 */
export function ownerSlices(found: readonly TerraformResource[], tagKeys: readonly string[]): TerraformResource[][] {
  const going = new Set(tagKeys)
  const slices: TerraformResource[][] = [[]]
  let characters = 0
  for (const resource of found) {
    const slim = {
      ...resource,
      tagKeys: resource.tagKeys.filter((tagKey) => going.has(tagKey)),
      inheritedTagKeys: resource.inheritedTagKeys.filter((tagKey) => going.has(tagKey)),
    }
    const length = JSON.stringify(slim).length
    const last = slices.at(-1)
    if (last && last.length < RESOURCES_MAX && characters + length <= CHARACTERS_MAX) {
      last.push(slim)
      characters += length
    } else {
      slices.push([slim])
      characters = length
    }
  }
  return slices
}
