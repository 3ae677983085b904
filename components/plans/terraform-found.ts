import type { TerraformResource } from '#lib/terraform.ts'

/** What dropped Terraform files say, by ARN; one resource may stand in several files. */
export type TerraformFound = ReadonlyMap<string, readonly TerraformResource[]>

export const terraformByArn = (resources: readonly TerraformResource[]): TerraformFound =>
  Map.groupBy(resources, ({ arn }) => arn)
