import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditEvent } from '../audit-event.ts'
import { openTestStore } from '../store/testing.ts'
import { SEED } from '../testing.ts'
import { appendEvents } from './append.ts'
import { FIRST_PREVIOUS, hashEvent } from './hash-event.ts'
import { linesOf } from './lines.ts'
import { eventShape, headerShape, readLine } from './log-line.ts'
import { openAuditLog } from './open-audit-log.ts'
import { publicKeyText } from './public-key.ts'
import { signedLine } from './signed-line.ts'
import { ada, exported, openTestLog, tamper } from './testing.ts'
import { verifyExport } from './verify-export.ts'

const [own, others] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
const bob = { ...ada, id: '111122223333:AROABOB', name: 'bob' }

const store = await openTestStore()
const log = await openTestLog(store)
afterAll(async () => {
  await log.close()
  await store.close()
})

const tell = (chain: string, actor: AuditEvent['actor'], ...actions: AuditEvent['action'][]) =>
  appendEvents(
    store.db,
    chain,
    actions.map((action) => ({ action, actor, details: { naïve: '“é”\n' } })),
  )
const checkpoints = () => readFileSync(join(log.folder, 'checkpoints.jsonl'), 'utf8')

/** An export of two own chains, with three checkpoints; between them others did something too. */
let good: string
beforeAll(async () => {
  await tell('console', ada, 'scan.started', 'plan.requested', 'plan.changed')
  await log.sign()
  await tell(own, ada, 'removal.started', 'call.sent', 'tag.outcome', 'removal.paused')
  await tell(others, bob, 'removal.started')
  await tell('console', bob, 'session.opened')
  await log.sign()
  await tell(own, ada, 'removal.resumed', 'call.sent', 'tag.outcome')
  good = await exported(log)
})

async function verdictOf(text: string | Uint8Array, outside: { copies?: string[]; keys?: string[] } = {}) {
  const copies = outside.copies?.map((copy) => ({ name: 'the copy', lines: lines(copy) }))
  return verifyExport(lines(text), copies, outside.keys)
}
const lines = (text: string | Uint8Array) => linesOf([Buffer.from(text)])
const messagesOf = async (...asked: Parameters<typeof verdictOf>) =>
  (await verdictOf(...asked))?.findings.map(({ message }) => message)

test('what was exported is whole; what others did is left out, or only has its place', async () => {
  const verdict = await verdictOf(good, { copies: [checkpoints()], keys: [(await log.status()).publicKey] })
  expect(verdict).toMatchObject({ findings: [], chains: 2, events: 11, checkpoints: 3 })
  expect(verdict?.header).toMatchObject({ exportedBy: ada, withoutChains: [others] })
  expect(verdict?.notes).toEqual([
    expect.stringContaining("other people's removals that are not in this export: 1."),
    expect.stringContaining('because others did them at the console: 1.'),
    expect.stringContaining('Whoever holds the signing key'),
  ])
  expect(good).not.toContain('bob')
})

test('without a key and a copy it says what it cannot know', async () => {
  expect((await verdictOf(good))?.notes.slice(0, 2)).toEqual([
    expect.stringContaining('whoever makes a key can make such a file'),
    expect.stringContaining('An older log, put back whole'),
  ])
})

const at = (all: string[], what: string, count = 0) => {
  const found = all.flatMap((line, place) => (line.includes(what) ? [place] : []))[count]
  if (found === undefined) throw new Error(`no line has ${what}`)
  return found
}
const event = (seq: number, chain = own) => `"kind":"event","chain":"${chain}","seq":${seq},`
const without = (all: string[], place: number, count = 1) => all.toSpliced(place, count)

/** Puts an event in, or another in its place, and gives every later event of the chain the hashes that fit. */
function rehashed(all: string[], seq: number, change: (line: string) => string): string[] {
  let previous: string | undefined
  return all.map((line) => {
    const found = readLine(eventShape, line)
    if (!found || found.chain !== own || found.seq < seq) return line
    const changed = JSON.parse(found.seq === seq ? change(line) : line)
    const linked = { ...changed, previous: previous ?? changed.previous }
    previous = hashEvent(linked)
    return JSON.stringify({ ...linked, hash: previous })
  })
}

/** By somebody who has a key of their own: the closing line fits again. */
function closedAgain(all: string[], privateKey: KeyObject): string[] {
  const body = all.slice(0, -1)
  const { signature: _, ...end } = JSON.parse(all.at(-1) ?? '')
  const digest = createHash('sha256')
    .update(`${body.join('\n')}\n`)
    .digest('hex')
  return [...body, signedLine(privateKey, { ...end, digest })]
}

const { privateKey: foreignKey, publicKey: foreignPublic } = generateKeyPairSync('ed25519')

describe('tampering is told in a sentence that names the event', () => {
  const cases: [string, (all: string[]) => string[], RegExp][] = [
    [
      'an event is edited',
      (all) => all.with(at(all, event(2)), (all[at(all, event(2))] ?? '').replace('call.sent', 'tag.outcome')),
      /^event 2 was changed: its hash is not that of what it says \(the chain of removal 1/,
    ],
    [
      'an event is edited, and all hashes after it are made to fit',
      (all) => rehashed(all, 2, (line) => line.replace('call.sent', 'tag.outcome')),
      /^event 4 of the chain of removal 1.* is not the one that checkpoint 2 signed/,
    ],
    [
      'an event is edited, and its own hash is made to fit',
      (all) => {
        const edited = JSON.parse((all[at(all, event(2))] ?? '').replace('call.sent', 'tag.outcome'))
        return all.with(at(all, event(2)), JSON.stringify({ ...edited, hash: hashEvent(edited) }))
      },
      /^event 3 does not follow on event 2: one of the two was replaced/,
    ],
    ['an event is deleted', (all) => without(all, at(all, event(3))), /^event 3 is missing \(the chain of removal 1/],
    ['events are deleted', (all) => without(all, at(all, event(3)), 2), /^events 3 to 4 are missing/],
    [
      'two events change places',
      (all) => {
        const place = at(all, event(5))
        return all.with(place, all[place + 1] ?? '').with(place + 1, all[place] ?? '')
      },
      /^event 5 stands after event 6: one of the two was moved/,
    ],
    [
      'an event is put in twice',
      (all) => all.toSpliced(at(all, event(3)), 0, all[at(all, event(3))] ?? ''),
      /^event 3 stands there twice: one of the two was put in/,
    ],
    [
      'an event is put in at the end, and fits there',
      (all) => {
        const place = at(all, event(7))
        const last = JSON.parse(all[place] ?? '')
        const added = { ...last, seq: 8, previous: last.hash }
        return all.toSpliced(place + 1, 0, JSON.stringify({ ...added, hash: hashEvent(added) }))
      },
      /^the closing line tells of 11 events, the file has 12/,
    ],
    [
      'an event is put behind another chain',
      (all) => without(all, at(all, event(3))).toSpliced(-1, 0, all[at(all, event(3))] ?? ''),
      /^event 3 stands behind those of another chain \(the chain of removal 1/,
    ],
    [
      'the tail of a chain is cut off',
      (all) => without(all, at(all, event(6)), 2),
      /^events 6 to 7 are missing at the end of the chain of removal 1.*, although checkpoint 3 signed them/,
    ],
    [
      'a chain is taken out',
      (all) => all.filter((line) => !line.includes(`"kind":"event","chain":"${own}"`)),
      /^events 1 to 7 are missing at the end of the chain of removal 1/,
    ],
    [
      'what an event says is withheld',
      (all) => {
        const { chain, seq, previous, hash } = JSON.parse(all[at(all, event(2))] ?? '')
        return all.with(at(all, event(2)), JSON.stringify({ kind: 'withheld', chain, seq, previous, hash }))
      },
      /^the file is not the one that its closing line is of/,
    ],
    ['the file is cut', (all) => all.slice(0, -1), /^the closing line is missing/],
    [
      'a checkpoint is changed',
      (all) => all.with(2, (all[2] ?? '').replace('"chains":3', '"chains":2')),
      /^the signature of checkpoint 2 is wrong/,
    ],
    ['a checkpoint is taken out', (all) => without(all, 2), /^checkpoint 3 stands after checkpoint 1/],
    [
      'the newest checkpoint is taken out',
      (all) => without(all, 3),
      /^the closing line tells of 3 checkpoints, the file has 2/,
    ],
    ['a line is no longer JSON', (all) => all.with(at(all, event(2)), '{'), /^line \d+ is damaged/],
    [
      'a line is spaced otherwise',
      (all) => all.with(at(all, event(2)), ` ${all[at(all, event(2))]}`),
      /^line \d+ is damaged/,
    ],
    ['something is added behind', (all) => [...all, '{}'], /^line \d+ stands after the closing line/],
    [
      'the header names another',
      (all) => all.with(0, (all[0] ?? '').replace(ada.name, 'eve')),
      /^the file is not the one that its closing line is of/,
    ],
    [
      'the signature of the closing line is spelled otherwise',
      (all) =>
        all.with(
          -1,
          (all.at(-1) ?? '').replace(/[a-f]/g, (letter, place) => (place > 150 ? letter.toUpperCase() : letter)),
        ),
      /^the signature of the closing line is wrong/,
    ],
    [
      'another key closes the file',
      (all) => closedAgain(all, foreignKey),
      /^the signature of the closing line is wrong/,
    ],
  ]
  test.each(cases)('%s', async (_, change, message) => {
    const all = good.slice(0, -1).split('\n')
    expect(await messagesOf(`${change(all).join('\n')}\n`)).toContainEqual(expect.stringMatching(message))
  })

  test('an event that was moved is not called missing as well; what stands behind it is in order', async () => {
    const all = good.slice(0, -1).split('\n')
    const moved = all[at(all, event(5))] ?? ''
    const sooner = without(all, at(all, event(5))).toSpliced(at(all, event(2)), 0, moved)
    const messages = await messagesOf(`${sooner.join('\n')}\n`)
    expect(messages).toEqual([
      expect.stringMatching(/^event 2 stands after event 5: one of the two was moved/),
      'the file is not the one that its closing line is of',
    ])
  })

  test('the last line lacks its end', async () => {
    expect(await messagesOf(good.slice(0, -1))).toEqual([expect.stringMatching(/^line \d+ has no end/)])
  })
})

describe('with what was kept elsewhere', () => {
  test('a file that somebody made with a key of their own is found by the key, and by a copy', async () => {
    const text = publicKeyText(foreignPublic)
    const all = good.slice(0, -1).split('\n')
    const header = { ...readLine(headerShape, all[0] ?? ''), publicKey: text }
    let previous = FIRST_PREVIOUS
    const signed = all.slice(1, 4).map((line) => {
      const { signature: _, ...content } = JSON.parse(line)
      const again = signedLine(foreignKey, { ...content, publicKey: text, previous })
      previous = createHash('sha256').update(again).digest('hex')
      return again
    })
    const forged = closedAgain([JSON.stringify(header), ...signed, ...all.slice(4)], foreignKey)
    const file = `${forged.join('\n')}\n`
    expect(await messagesOf(file)).toEqual([])
    const keys = [(await log.status()).publicKey]
    expect(await messagesOf(file, { keys })).toEqual([
      `the export is signed with another key than the one given: ${text}`,
    ])
  })

  test('an older log that was put back whole is found by a copy of the checkpoints', async () => {
    const aside = `${log.folder}-aside`
    cpSync(log.folder, aside, { recursive: true })
    await tell('console', ada, 'scan.started')
    await log.sign()
    const copy = checkpoints()
    await store.db.execute(sql`create table as_it_was as select * from audit_events`)
    await tamper(
      store,
      sql`delete from audit_events where chain = 'console' and seq = (
      select max(seq) from audit_events where chain = 'console')`,
    )
    const putBack = await openAuditLog(store, aside, console.error)
    await tell('console', ada, 'scan.started', 'scan.started')
    const file = await exported(putBack)
    await putBack.close()
    rmSync(aside, { recursive: true })
    await expect(log.sign()).rejects.toThrow(/not the one that checkpoint 4 signed.*nothing more is signed/)
    await tamper(store, sql`delete from audit_events`)
    await tamper(store, sql`insert into audit_events select * from as_it_was`)
    expect(await messagesOf(file)).toEqual([])
    expect(await messagesOf(file, { copies: [copy] })).toEqual([
      'checkpoint 4 is another than that in the copy',
      expect.stringMatching(/^event 5 of the chain of the console is not the one that checkpoint 4 signed/),
    ])
  })

  test('an export that is older than the copy is only told to be', async () => {
    const verdict = await verdictOf(good, { copies: [checkpoints()] })
    expect(verdict?.findings).toEqual([])
    expect(verdict?.notes).toContainEqual(expect.stringMatching(/signed after the export was taken at .*: 1\./))
  })

  test('checkpoints that the export lacks are found, and a copy may begin in the middle', async () => {
    const newest = checkpoints().split('\n').slice(1, 3).join('\n')
    expect(await messagesOf(good, { copies: [`${newest}\n`] })).toEqual([])
    const all = good.slice(0, -1).split('\n')
    expect(await messagesOf(`${without(all, 3).join('\n')}\n`, { copies: [`${newest}\n`] })).toContainEqual(
      'checkpoint 3, which the copy has, is missing in the export',
    )
  })

  test('a copy that was taken while its last line was written is a copy all the same', async () => {
    const cut = checkpoints().slice(0, -20)
    expect(await messagesOf(good, { copies: [cut] })).toEqual([])
  })

  test('a damaged copy is told', async () => {
    expect(await messagesOf(good, { copies: ['nothing\n'] })).toEqual([
      'the line after checkpoint 0 is damaged (checkpoints in the copy)',
      'the copy has no checkpoint',
    ])
  })
})

describe('no single change goes unseen', () => {
  const isFound = async (changed: Uint8Array) => {
    const verdict = await verdictOf(changed)
    return verdict === undefined || verdict.findings.length > 0
  }

  test(`of a byte (seed ${SEED})`, async () => {
    const bytes = Buffer.from(good)
    const place = fc.nat(bytes.length - 1)
    const byte = fc.nat(255)
    await fc.assert(
      fc.asyncProperty(place, byte, fc.constantFrom(0, 1), fc.boolean(), async (from, value, taken, put) => {
        const added = put ? [value] : []
        const changed = Buffer.concat([bytes.subarray(0, from), Buffer.from(added), bytes.subarray(from + taken)])
        fc.pre(!changed.equals(bytes))
        expect(await isFound(changed)).toBe(true)
      }),
      { seed: SEED, numRuns: 1000 },
    )
  })

  test(`of a line (seed ${SEED})`, async () => {
    const all = good.split('\n').slice(0, -1)
    const place = fc.nat(all.length - 1)
    const changes = {
      delete: (from: number) => without(all, from),
      repeat: (from: number, to: number) => all.toSpliced(to, 0, all[from] ?? ''),
      swap: (from: number, to: number) => all.with(from, all[to] ?? '').with(to, all[from] ?? ''),
      cut: (from: number) => all.slice(0, from),
    }
    const kind = fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[]))
    await fc.assert(
      fc.asyncProperty(kind, place, place, async (what, from, to) => {
        const changed = changes[what](from, to)
        fc.pre(changed.join('\n') !== all.join('\n'))
        expect(await isFound(Buffer.from(changed.map((line) => `${line}\n`).join('')))).toBe(true)
      }),
      { seed: SEED, numRuns: 300 },
    )
  })
})

test('what is no export is not taken for one', async () => {
  for (const text of ['', '\n', '{}\n', '{"kind":"header"}\n', good.slice(good.indexOf('\n') + 1)])
    expect(await verdictOf(text)).toBeUndefined()
})
