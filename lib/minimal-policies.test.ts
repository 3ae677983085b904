import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { minimalPolicy } from './minimal-policies.ts'
import { needs } from './needed-actions.ts'

const account = { account: '111122223333', partition: 'aws' }
const purposes = ['browse', 'remove', 'analyse'] as const
const statementsOf = (...asked: Parameters<typeof minimalPolicy>) => JSON.parse(minimalPolicy(...asked)).Statement

/** Package of the SDK → prefix of its IAM actions. */
const prefixes: Record<string, string> = { 'secrets-manager': 'secretsmanager' }
/** Asked without needing them: whether these are denied is itself the answer, or nobody can be denied. */
const asked = [
  'sts:GetCallerIdentity',
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'secretsmanager:ListSecretVersionIds',
]

/** Every operation of AWS that lib/aws imports from the SDK, as IAM spells it. */
function calledActions(): Set<string> {
  const files = globSync('lib/aws/*.ts').filter((file) => !file.endsWith('.test.ts'))
  const imports = files.flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/^import \{([^}]+)\} from '@aws-sdk\/client-([a-z-]+)'/gm),
  ])
  return new Set(
    imports.flatMap(([, names = '', service = '']) =>
      [...names.matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b/g)].map(
        ([, paginated, commanded]) => `${prefixes[service] ?? service}:${paginated ?? commanded}`,
      ),
    ),
  )
}

test('the policies allow every operation that is called, and no other', () => {
  const allowed = purposes.flatMap((purpose) =>
    statementsOf(purpose, account).flatMap(({ Action }: { Action: string[] }) => Action),
  )
  expect(new Set(allowed).size).toBe(allowed.length)
  expect(allowed.sort()).toEqual([...calledActions()].filter((action) => !asked.includes(action)).sort())
})

test('every need is for the service that its resource belongs to', () => {
  const services = { keys: /^kms:/, secrets: /^secretsmanager:/, any: /./ }
  const strays = Object.values(needs).filter(({ on, actions }) => !actions.every((action) => services[on].test(action)))
  expect(strays).toEqual([])
})

test('nothing reads a secret’s value or uses a key', () => {
  const all = purposes.map((purpose) => minimalPolicy(purpose, account)).join('')
  expect(all).not.toMatch(/GetSecretValue|kms:(Encrypt|Decrypt|GenerateDataKey)|"[a-z]+:\w*\*"/)
})

test('keys and secrets are those of the account and its partition, over all Regions', () => {
  const resources = statementsOf('browse', { account: '999988887777', partition: 'aws-us-gov' })
  expect(resources.map(({ Resource }: { Resource: string }) => Resource)).toEqual([
    '*',
    'arn:aws-us-gov:kms:*:999988887777:key/*',
    'arn:aws-us-gov:secretsmanager:*:999988887777:secret:*',
  ])
})

test('named tag keys narrow what may be removed, and nothing else', () => {
  const condition = {
    'ForAllValues:StringLike': { 'aws:TagKeys': ['temp-*'] },
    Null: { 'aws:TagKeys': 'false' },
  }
  const conditions = (...asked: Parameters<typeof minimalPolicy>) =>
    statementsOf(...asked).map(({ Condition }: { Condition?: object }) => Condition)
  expect(conditions('remove', account, ['temp-*'])).toEqual([condition, condition])
  expect(conditions('remove', account)).toEqual([undefined, undefined])
  expect(conditions('browse', account, ['temp-*'])).toEqual([undefined, undefined, undefined])
})

test('the policies of the README are these', () => {
  const blocks = [...readFileSync('README.md', 'utf8').matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => json)
  const shown = blocks.map((json) => JSON.parse(json))
  const narrowed = { browse: [], remove: ['temp-*', 'CostCenter'], analyse: [] } as const
  expect(shown).toEqual(purposes.map((purpose) => JSON.parse(minimalPolicy(purpose, account, narrowed[purpose]))))
})
