import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isKeyArn, isResourceArn, keyIdOf, parseArn, regionOf } from './arn.ts'
import { fuzz, SEED, tampered } from './testing.ts'

const key = 'arn:aws:kms:eu-central-1:111122223333:key/a08ff49b-6f77-2632-716c-43069c43a8c3'
const multiRegion = 'arn:aws:kms:us-east-1:111122223333:key/mrk-892b284361060a247d8f558469771490'
const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:pay/db+x=@!-1-AbC12f'

test.each([
  ['a key by its id', key, true],
  ['a multi-Region key', multiRegion, true],
  ['a secret with its six last characters', secret, true],
  ['a key in China', key.replace('arn:aws:', 'arn:aws-cn:'), true],
  ['a secret without them', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:pay', false],
  ['an alias', 'arn:aws:kms:eu-central-1:111122223333:alias/pay', false],
  ['a bare key id', 'a08ff49b-6f77-2632-716c-43069c43a8c3', false],
  ['a custom key store', 'arn:aws:kms:eu-central-1:111122223333:custom-key-store/cks-1', false],
  ['something behind a line break', `${key}\nx`, false],
  ['no account', key.replace('111122223333', ''), false],
])('%s: %s', (_, arn, isOne) => {
  expect(isResourceArn(arn)).toBe(isOne)
})

test('the parts of an ARN; a resource may hold colons itself', () => {
  expect(parseArn(secret)).toEqual({
    partition: 'aws',
    service: 'secretsmanager',
    region: 'eu-west-1',
    account: '111122223333',
    resource: 'secret:pay/db+x=@!-1-AbC12f',
  })
  expect(parseArn('no arn')).toBeUndefined()
})

test('what a key is called', () => {
  expect([isKeyArn(key), isKeyArn(secret)]).toEqual([true, false])
  expect(keyIdOf(multiRegion)).toBe('mrk-892b284361060a247d8f558469771490')
  expect(regionOf(multiRegion)).toBe('us-east-1')
})

test(`whatever stands for an ARN is none, or comes back from its parts (seed ${SEED})`, () => {
  const seen = { ours: 0, others: 0, none: 0 }
  fc.assert(
    fc.property(tampered(fc.constantFrom(key, multiRegion, secret, 'arn:aws:kms:::alias/x', '')), (text) => {
      const parts = parseArn(text)
      const isOurs = isResourceArn(text)
      seen[isOurs ? 'ours' : parts ? 'others' : 'none']++
      if (parts) {
        const { partition, service, region, account, resource } = parts
        expect(`arn:${partition}:${service}:${region}:${account}:${resource}`).toBe(text)
      }
      if (!isOurs) return
      expect(parts).toMatchObject({ account: expect.stringMatching(/^\d{12}$/), region: regionOf(text) })
      // It goes into addresses, names of files and logs as it is.
      expect(text).toMatch(/^[\w:/+=.@!-]+$/)
      expect(parts?.service).toBe(isKeyArn(text) ? 'kms' : 'secretsmanager')
    }),
    fuzz,
  )
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(100)
})
