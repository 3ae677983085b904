import { resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isExpectedError } from '../errors.ts'
import { fuzz, hostileText, SEED, tampered } from '../testing.ts'
import { readEnvironment } from './environment.ts'

const read = (env: Record<string, string>) => readEnvironment(env as NodeJS.ProcessEnv)

test('nothing needs to be set', () => {
  expect(read({})).toEqual({ port: 4400, dataFolder: resolve('data'), auditFolder: resolve('data/audit') })
})

test('everything may be set', () => {
  const databaseUrl = 'postgres://untag@localhost:5432/untag'
  const env = {
    PORT: '0',
    HOST: 'localhost',
    UNTAG_DATA: '/tmp/x',
    UNTAG_AUDIT: '/tmp/y',
    DATABASE_URL: databaseUrl,
    UNTAG_SHARE: '0.05',
    UNTAG_CANARY_WAIT: '20',
  }
  expect(read({ ...env, AWS_ENDPOINT_URL: '' })).toEqual({
    port: 0,
    dataFolder: '/tmp/x',
    auditFolder: '/tmp/y',
    databaseUrl,
  })
})

test.each([
  ['PORT', 'abc'],
  ['UNTAG_CANARY_WAIT', '-1'],
  ['UNTAG_CANARY_WAIT', '4000'],
  ['UNTAG_CANARY_WAIT', '0.5'],
  ['PORT', ''],
  ['PORT', '-1'],
  ['PORT', '65536'],
  ['PORT', '44.5'],
  ['PORT', '0x10'],
  ['HOST', '0.0.0.0'],
  ['HOST', '::'],
  ['HOST', 'untag.example.com'],
  ['UNTAG_DATA', ''],
  ['UNTAG_AUDIT', ''],
  ['UNTAG_SHARE', '0'],
  ['UNTAG_SHARE', '0.04'],
  ['UNTAG_SHARE', '1.1'],
  ['UNTAG_SHARE', '80%'],
  ['UNTAG_SHARE', ''],
  ['AWS_ENDPOINT_URL', 'localhost:4599'],
  ['AWS_ENDPOINT_URL', 'file:///etc/passwd'],
])('%s=%s is refused with a sentence that names it and says what to write', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(
    expect.objectContaining({
      code: 'invalidInput',
      message: expect.stringContaining(`${name} is \`${value}\`; it must be `),
    }),
  )
})

test('a bad DATABASE_URL is refused without repeating the password in it', () => {
  const message = 'DATABASE_URL has a value that cannot be used; it must be a PostgreSQL address'
  expect(() => read({ DATABASE_URL: 'mysql://untag:hunter2@db/untag' })).toThrow(message)
  expect(() => read({ DATABASE_URL: 'mysql://untag:hunter2@db/untag' })).not.toThrow(/hunter2/)
})

test('the role that owns the tables belongs to a server', () => {
  const databaseUrl = 'postgres://untag@localhost:5432/untag'
  const databaseOwnerUrl = 'postgres://owner@localhost:5432/untag'
  const both = { DATABASE_URL: databaseUrl, DATABASE_OWNER_URL: databaseOwnerUrl }
  expect(read(both)).toMatchObject({ databaseUrl, databaseOwnerUrl })
  expect(() => read({ DATABASE_OWNER_URL: databaseOwnerUrl })).toThrow('set both or neither')
})

test('every bad variable is told at once', () => {
  expect(() => read({ PORT: 'x', UNTAG_SHARE: 'x' })).toThrow(/PORT is `x`.*\nUNTAG_SHARE is `x`/)
})

test(`no environment breaks the start: it is taken or refused with what to write instead (seed ${SEED})`, () => {
  const names = ['PORT', 'HOST', 'UNTAG_DATA', 'DATABASE_URL', 'DATABASE_OWNER_URL', 'UNTAG_SHARE', 'AWS_ENDPOINT_URL']
  const password = 'hunter2-hunter2'
  const valid = fc.constantFrom('4400', '127.0.0.1', '0.5', `postgres://untag:${password}@127.0.0.1/untag`)
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.oneof(hostileText, tampered(valid)), (name, value) => {
      try {
        const { port, dataFolder } = read({ [name]: value })
        expect(port >= 0 && port <= 65_535 && dataFolder === resolve(dataFolder)).toBe(true)
      } catch (error) {
        if (!isExpectedError(error)) throw error
        expect(error.message).toMatch(new RegExp(`^${name} (.*; it must be |is set without )`, 's'))
        if (name.startsWith('DATABASE')) expect(error.message).not.toContain(password)
      }
    }),
    fuzz,
  )
})
