import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { AuditVerification } from '../audit-status.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { appendEvents, appendToConsole } from './append.ts'
import { FIRST_PREVIOUS } from './hash-event.ts'
import { checkpointShape, readLine } from './log-line.ts'
import { type OpenAuditLog, openAuditLog } from './open-audit-log.ts'
import { signatureHolds } from './signed-line.ts'
import { ada, readChain, tamper } from './testing.ts'
import { startEvent } from './told-checkpoints.ts'

const removal = '11111111-1111-4111-8111-111111111111'

describe.each(dialects)('the signed side of the log on %s', (dialect) => {
  let store: Store
  let folder: string
  let log: OpenAuditLog
  beforeAll(async () => {
    store = await openTestStore(dialect)
  })
  beforeEach(async () => {
    await tamper(store, sql`truncate audit_events`)
    folder = mkdtempSync(join(tmpdir(), 'untag-audit-'))
    await open()
  })
  afterEach(async () => {
    await log.close()
    rmSync(folder, { recursive: true })
  })
  afterAll(() => store.close())

  async function open(onError: (error: unknown) => void = console.error): Promise<string[]> {
    log = await openAuditLog(store, join(folder, 'audit'), onError)
    return (await log.status()).foundAtStart.map(({ message }) => message)
  }

  const tell = (chain: string, count = 1) =>
    appendEvents(store.db, chain, Array(count).fill({ action: 'plan.requested', actor: ada }))
  const file = () => join(folder, 'audit', 'checkpoints.jsonl')
  const lines = () => readFileSync(file(), 'utf8').split('\n').slice(0, -1)
  const checkpoints = () => lines().map((line) => readLine(checkpointShape, line))

  async function reopen(): Promise<string[]> {
    await log.close()
    return open()
  }

  async function verified(): Promise<AuditVerification> {
    log.verify(ada)
    await vi.waitUntil(async () => (await log.status()).verification.state !== 'running', { timeout: 10_000 })
    return (await log.status()).verification
  }

  test('a checkpoint tells of the chains that changed, and follows on the one before', async () => {
    await tell('console', 2)
    await tell(removal, 3)
    await log.sign()
    await log.sign()
    await tell(removal)
    expect(await log.status()).toMatchObject({ events: 6, chains: 2, unsigned: 1, checkpoint: { number: 1 } })
    await log.sign()
    const { publicKey } = await log.status()
    expect(checkpoints()).toMatchObject([
      {
        number: 1,
        publicKey,
        chains: 2,
        events: 5,
        heads: [
          { chain: removal, seq: 3 },
          { chain: 'console', seq: 2 },
        ],
      },
      { number: 2, publicKey, chains: 2, events: 6, heads: [{ chain: removal, seq: 4 }] },
    ])
    expect(checkpoints().map((checkpoint) => checkpoint && signatureHolds(publicKey, checkpoint))).toEqual([true, true])
    expect(statSync(join(folder, 'audit', 'signing-key.pem')).mode & 0o777).toBe(0o600)
  })

  test('after a restart the chain of checkpoints goes on with the same key', async () => {
    await tell('console')
    expect(await reopen()).toEqual([])
    await tell('console')
    await log.sign()
    expect(checkpoints().map((checkpoint) => checkpoint?.number)).toEqual([1, 2])
    expect(await verified()).toMatchObject({ state: 'done', events: 2, chains: 1, checkpoints: 2, findings: [] })
  })

  test('what was cut, edited or replaced while no console ran is told at the start, and recorded', async () => {
    await tell(removal, 5)
    await tell('console', 2)
    await log.close()
    await tamper(store, sql`delete from audit_events where chain = ${removal} and seq > 3`)
    await tamper(store, sql`update audit_events set hash = repeat('f', 64) where chain = 'console' and seq = 2`)
    expect(await open()).toEqual([
      expect.stringMatching(/^events 4 to 5 are missing at the end of the chain of removal 1.*, although checkpoint 1/),
      expect.stringMatching(/^event 2 of the chain of the console is not the one that checkpoint 1 signed/),
    ])
    const [broken] = (await readChain(store.db, 'console')).filter(({ action }) => action === 'log.broken')
    expect(broken?.details).toContain('missing at the end')
    expect(await reopen()).toEqual([])
    expect(await verified()).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringMatching(/events 4 to 5 are missing at the end/) }),
        expect.objectContaining({
          message: expect.stringMatching(/^event 2 of the chain of the console is not the one/),
        }),
      ]),
    })
  })

  test.each([
    ['cut', sql`delete from audit_events where chain = ${removal} and seq = 3`],
    ['edited', sql`update audit_events set hash = ${'f'.repeat(64)} where chain = ${removal} and seq = 3`],
    ['deleted', sql`delete from audit_events where chain = ${removal}`],
  ])(
    'what is %s under a running console is never signed over: that is told at once, and at the next start',
    async (_, change) => {
      const errors: unknown[] = []
      await log.close()
      await open((error) => errors.push(error))
      await tell('console')
      await tell(removal, 3)
      await log.sign()
      await tamper(store, change)
      await log.sign()
      expect((await log.status()).problem).toMatch(
        /although checkpoint 1 signed|that checkpoint 1 signed .*; nothing more is signed until Untag is started again/,
      )
      expect(errors).toHaveLength(1)
      expect(await reopen()).toHaveLength(1)
      await tell('console')
      await log.sign()
      expect((await log.status()).problem).toBeNull()
    },
  )

  test('what is cut is not signed over either when the chain has grown longer than before since', async () => {
    await log.close()
    await open(() => {})
    await tell(removal, 3)
    await log.sign()
    await tamper(store, sql`delete from audit_events where chain = ${removal} and seq = 3`)
    await tell(removal, 2)
    await log.sign()
    expect((await log.status()).problem).toMatch(/event 3 of .* is not the one that checkpoint 1 signed.*nothing more/)
    expect(checkpoints()).toHaveLength(1)
    expect(await reopen()).toEqual([expect.stringMatching(/event 3 of .* is not the one that checkpoint 1 signed/)])
  })

  describe('a start tells the log of the newest checkpoint', () => {
    beforeEach(async () => {
      for (let times = 0; times < 3; times += 1) {
        await tell('console')
        await log.sign()
      }
      await log.close()
      await open()
      await appendToConsole(store.db, startEvent(await log.status()))
      await log.close()
    })

    test.each<[what: string, kept: number, told: RegExp]>([
      ['gone', 0, /^checkpoint 3, signed at .*, is missing, although the log tells of it: it was taken away/],
      ['cut', 2, /^checkpoint 3, signed at .*, is missing/],
    ])('so a file of them that is %s is told once, and whenever everything is verified', async (_, kept, told) => {
      writeFileSync(file(), lines().slice(0, kept).join('\n') + (kept > 0 ? '\n' : ''))
      expect(await open()).toEqual([expect.stringMatching(told)])
      await appendToConsole(store.db, startEvent(await log.status()))
      expect(await reopen()).toEqual([])
      const replaced = expect.stringMatching(/^checkpoint 3 is not the one, .* of which the log tells: it was replaced/)
      for (let times = checkpoints().length; times < 3; times += 1) {
        expect(await verified()).toMatchObject({ findings: [{ message: expect.stringMatching(told) }] })
        await tell('console')
        await log.sign()
      }
      expect(await verified()).toMatchObject({ findings: [{ message: replaced }] })
    })

    test('another console signs with a key of its own, of which it tells nothing', async () => {
      const other = await openAuditLog(store, join(folder, 'other'), console.error)
      expect((await other.status()).foundAtStart).toEqual([])
      await other.close()
      expect(await open()).toEqual([])
    })
  })

  test('a chain that is gone altogether is told', async () => {
    await tell(removal, 2)
    await tell('console')
    await log.close()
    await tamper(store, sql`delete from audit_events where chain = ${removal}`)
    expect(await open()).toEqual([expect.stringMatching(/^events 1 to 2 are missing/)])
    await log.sign()
    expect(checkpoints().at(-1)?.heads).toContainEqual({ chain: removal, seq: 0, hash: FIRST_PREVIOUS })
    expect(await reopen()).toEqual([])
    expect(await verified()).toMatchObject({
      findings: [{ chain: removal, message: expect.stringMatching(/^events 1 to 2 are missing/) }],
    })
  })

  test('verifying looks at every event, not only at the newest', async () => {
    await tell('console', 9)
    await log.sign()
    expect(await verified()).toMatchObject({ findings: [] })
    await tamper(store, sql`update audit_events set actor_name = 'somebody else' where chain = 'console' and seq = 4`)
    expect(await verified()).toMatchObject({
      findings: [{ chain: 'console', seq: 4, message: expect.stringContaining('event 4 was changed') }],
    })
    const told = (await readChain(store.db, 'console')).filter(({ action }) => action === 'log.verified')
    expect(told.map(({ details }) => JSON.parse(details ?? '').findings)).toEqual([0, 1])
  })

  test('a checkpoint that was changed, or taken out, is found', async () => {
    for (let times = 0; times < 3; times += 1) {
      await tell('console')
      await log.sign()
    }
    const [first, , third] = lines()
    await log.close()
    writeFileSync(file(), `${first}\n${third}\n`)
    expect(await open()).toEqual([expect.stringContaining('checkpoint 3 stands after checkpoint 1')])
    await log.close()
    writeFileSync(file(), `${first?.replace('"events":1', '"events":2')}\n`)
    expect(await open()).toContainEqual(expect.stringContaining('the signature of checkpoint 1 is wrong'))
    await log.sign()
    expect(await reopen()).toEqual([])
    expect(await verified()).toMatchObject({
      findings: [{ message: expect.stringContaining('the signature of checkpoint 1 is wrong') }],
    })
  })

  test('a checkpoint of the same key and number from another course of things is found', async () => {
    await tell('console')
    await log.sign()
    const [first] = lines()
    await tell('console')
    await log.sign()
    const [, second] = lines()
    await log.close()
    writeFileSync(file(), `${first}\n`)
    await open()
    for (let times = 0; times < 2; times += 1) {
      await tell('console')
      await log.sign()
    }
    const [, , third] = lines()
    await log.close()
    writeFileSync(file(), `${first}\n${second}\n${third}\n`)
    expect(await open()).toEqual([expect.stringContaining('checkpoint 3 does not follow on checkpoint 2')])
  })

  test('checkpoints that somebody signed with a key of their own are found', async () => {
    await tell('console')
    await log.sign()
    const theirs = readFileSync(file())
    await log.close()
    for (const name of ['checkpoints.jsonl', 'signing-key.pem']) rmSync(join(folder, 'audit', name))
    await open()
    await log.close()
    writeFileSync(file(), theirs)
    expect(await open()).toEqual([expect.stringContaining('checkpoint 1 is signed with another key')])
  })

  test('half a line that a crash left is taken away, for it was never signed', async () => {
    await tell('console')
    await log.sign()
    appendFileSync(file(), '{"kind":"checkpoint","numb')
    expect(await reopen()).toEqual([])
    await tell('console')
    await log.sign()
    expect(checkpoints().map((checkpoint) => checkpoint?.number)).toEqual([1, 2])
  })

  test('one console at a time signs in a folder, and never goes on with another key', async () => {
    await expect(open()).rejects.toMatchObject({ code: 'dataFolderInUse' })
    await tell('console')
    await log.close()
    rmSync(join(folder, 'audit', 'signing-key.pem'))
    await expect(open()).rejects.toMatchObject({
      code: 'invalidInput',
      message: expect.stringContaining('is gone, with which checkpoints were signed'),
    })
    truncateSync(file())
    await open()
  })

  test('a checkpoint that cannot be written is told, and does not hold up the work', async () => {
    await log.close()
    const told = vi.fn()
    await open(told)
    await appendToConsole(store.db, { action: 'scan.started', actor: ada })
    await store.db.execute(sql`alter table audit_events rename to hidden`)
    await log.sign()
    await store.db.execute(sql`alter table hidden rename to audit_events`)
    expect(await log.status()).toMatchObject({ problem: expect.stringContaining(folder), unsigned: 1 })
    expect(told).toHaveBeenCalledOnce()
    await log.sign()
    expect(await log.status()).toMatchObject({ problem: null, unsigned: 0 })
  })
})
