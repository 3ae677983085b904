import { expect, test } from 'vitest'
import { readTerraformFiles } from './terraform-files.ts'

const ARN = 'arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555'
const instance = (attributes: object | null, index_key: number) => ({ attributes, index_key })
const state = (...instances: object[]) =>
  JSON.stringify({ version: 4, resources: [{ mode: 'managed', type: 'aws_kms_key', name: 'a', instances }] })
const file = (text: string) => new File([text], 'terraform.tfstate')

test('each file has its own answer', async () => {
  const good = instance({ arn: ARN, tags: { temp: '' } }, 0)
  const readings = await readTerraformFiles([
    file(state(good)),
    file('locals {\n}'),
    file(state(good, instance(null, 1), instance(null, 2), instance(null, 3))),
  ])
  expect(readings.map(({ resources }) => resources.length)).toEqual([1, 0, 1])
  expect(readings.map(({ problem }) => problem)).toEqual([
    null,
    'This is Terraform source, where no ARN stands; drop a state, or what terraform show -json prints.',
    'The tags of aws_kms_key.a[1] cannot be read. 2 more could not be read.',
  ])
})

test('a file that is too large is not read', async () => {
  const large = Object.defineProperties(file(''), {
    size: { value: 100_000_001 },
    text: { value: () => Promise.reject(new Error('was read')) },
  })
  const [reading] = await readTerraformFiles([large])
  expect(reading).toMatchObject({ resources: [], problem: expect.stringContaining('larger than 100 MB') })
})
