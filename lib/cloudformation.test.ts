import { expect, test } from 'vitest'
import { cloudFormationOf, stackSentence } from './cloudformation.ts'

const stackName = { key: 'aws:cloudformation:stack-name', value: 'pay' }
const logicalId = { key: 'aws:cloudformation:logical-id', value: 'Key' }

test('is told by its own tags', () => {
  expect(cloudFormationOf([{ key: 'a', value: 'b' }, stackName, logicalId])).toEqual({
    stack: 'pay',
    logicalId: 'Key',
  })
  expect(cloudFormationOf([{ key: 'stack-name', value: 'pay' }, logicalId])).toBeUndefined()
})

test.each([
  [[stackName, logicalId], 'tags that its template gives `Key`'],
  [[stackName], 'tags that its template gives this resource'],
])('is named', (tags, part) => {
  const owner = cloudFormationOf(tags)
  expect(owner && stackSentence(owner)).toContain('the CloudFormation stack `pay` owns this resource')
  expect(owner && stackSentence(owner)).toContain(part)
})
