import { expect, test } from 'vitest'
import type { TerraformResource } from './terraform.ts'
import { patchFor } from './terraform-patch.ts'

const resource: TerraformResource = {
  arn: 'arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555',
  type: 'aws_kms_key',
  name: 'main',
  inheritedTagKeys: ['CostCenter'],
  address: 'module.a.aws_kms_key.main',
  tagKeys: ['temp', 'kubernetes.io/x'],
}

test('tags of the resource', () => {
  expect(patchFor(resource, ['temp', 'kubernetes.io/x', 'by hand'])).toEqual([
    {
      place: 'tags of module.a.aws_kms_key.main',
      sentence:
        'remove `temp`, `kubernetes.io/x` from `tags` of `module.a.aws_kms_key.main`, or from what the call of its module gives it as tags',
      hcl: `  resource "aws_kms_key" "main" {
    tags = {
-     temp = …
-     "kubernetes.io/x" = …
    }
  }`,
    },
  ])
})

test('a default tag, of the provider or by another provider', () => {
  const [patch, ...others] = patchFor({ ...resource, address: 'aws_kms_key.main' }, ['CostCenter'])
  expect(others).toEqual([])
  expect(patch?.sentence).toMatch(/^remove `CostCenter` from `default_tags` of the provider of `aws_kms_key.main`/)
  expect(patch?.place).toBe('default_tags of the provider of aws_kms_key.main')
  expect(patch?.hcl).toContain('-       CostCenter = …')
  expect(patch?.hcl).toContain('+   provider = aws.other_default_tags')
})

test('what Terraform does not set needs none', () => {
  expect(patchFor(resource, ['Temp'])).toEqual([])
})
