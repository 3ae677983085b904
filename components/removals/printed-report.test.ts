import { expect, test } from 'vitest'
import type { RemovalItem } from '#lib/removal/list-removal-items.ts'
import type { ReportInPieces } from '#lib/removal/removal-report.ts'
import { printedReport } from './printed-report.ts'

const at = '2026-11-21T09:30:05.123Z'
const hostile = `"><script>alert('1')</script>&amp;\u202e`

function item(changes: Partial<RemovalItem>): RemovalItem {
  return {
    id: 1,
    arn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-AbCdEf',
    type: 'secret',
    region: 'eu-central-1',
    name: 'a',
    state: 'settled',
    sentAt: at,
    settledAt: at,
    attempts: 1,
    wentFirst: false,
    tags: [
      {
        key: 'team',
        value: 'pay',
        outcome: 'removed',
        problem: null,
        requestId: 'request-1',
        answeredAt: '2026-11-21T09:30:06.000Z',
        provedAt: '2026-11-21T09:30:12.000Z',
        cameBack: null,
      },
    ],
    ...changes,
  }
}

const tag = (changes: Partial<RemovalItem['tags'][number]>) => item({}).tags.map((one) => ({ ...one, ...changes }))

async function* piecesOf(pieces: RemovalItem[][]) {
  yield* pieces
}

async function printed(pieces: RemovalItem[][], removal: Partial<ReportInPieces['report']['removal']> = {}) {
  const report: ReportInPieces['report'] = {
    format: 'untag-removal-report-1',
    exportedAt: at,
    account: '111122223333',
    planReadAt: at,
    removal: {
      id: '1',
      planId: '2',
      direction: 'remove',
      state: 'settled',
      cancelled: false,
      startedAt: at,
      startedBy: `arn:aws:sts::111122223333:assumed-role/${hostile}`,
      settledAt: at,
      planDigest: 'a'.repeat(64),
      impactDigest: 'b'.repeat(64),
      reverses: null,
      putBackBy: [],
      acknowledgements: [{ kind: 'irreversible', typed: hostile }],
      share: 0.8,
      items: { total: 2, settled: 2 },
      tags: { total: 2, byOutcome: { removed: 2 } as ReportInPieces['report']['removal']['tags']['byOutcome'] },
      lanes: [],
      canary: null,
      watch: null,
      cameBack: 0,
      oldValues: { purgedAt: null, keptUntil: null },
      ...removal,
    },
  }
  const came = pieces.map((some) => some.filter(({ tags }) => tags.some(({ cameBack }) => cameBack)))
  const parts: string[] = []
  for await (const part of printedReport({ report, cameBack: piecesOf(came), items: piecesOf(pieces) }))
    parts.push(part)
  return parts.join('')
}

test('nothing that AWS or somebody has named becomes markup, or hides, or turns the line around', async () => {
  const page = await printed([
    [
      item({
        name: hostile,
        arn: `arn:${hostile}`,
        tags: tag({
          key: hostile,
          value: hostile,
          outcome: 'failed',
          problem: { code: 'serviceError', message: hostile },
          requestId: hostile,
          cameBack: { at, value: hostile },
        }),
      }),
    ],
  ])
  expect(page).not.toMatch(/<script|&amp;amp;lt|\bon\w+=/i)
  expect(page).not.toContain("alert('1')")
  expect(page).toContain('U+202E')
})

test('every tag stands there with its old value, outcome, request id, and the times of answer and proof', async () => {
  const page = await printed([[item({ name: 'first' })], [item({ name: 'second', tags: tag({ value: '' }) })]])
  for (const text of [
    'first',
    'second',
    'team = pay',
    'team = (empty)',
    'Removed',
    'request-1',
    '09:30:06',
    '09:30:12',
  ])
    expect(page).toContain(text)
  expect(page.match(/<tbody>\s*<tr><td rowspan/g)).toHaveLength(2)
  expect(page).toContain('you cannot put these tags back')
  expect(page.endsWith('</html>\n')).toBe(true)
})

test('what came back, what put it back, and a watch in which nobody has looked are told', async () => {
  const back = item({ name: 'back', tags: tag({ cameBack: { at, value: 'theirs' } }) })
  const page = await printed([[item({}), back]], {
    cameBack: 1,
    watch: { until: at, isOver: true, lookedAt: null },
    putBackBy: [{ id: 'reverse-1', state: 'settled', startedAt: at, startedBy: 'ada' }],
  })
  expect(page).toContain('Came back since (1 tag)')
  expect(page).toContain('team = theirs')
  expect(page).toContain('no scan has looked at all of it')
  expect(page).toContain('reverse-1')
})

test('a canary is told with its checks, its answer, and what put it back', async () => {
  const page = await printed([[item({ wentFirst: true })]], {
    canary: {
      state: 'failed',
      resources: 1,
      rest: 41,
      waitUntil: at,
      checks: [
        {
          action: 'kms:DescribeKey',
          result: 'lost',
          resources: 7,
          named: [{ arn: 'arn', name: hostile, message: null }],
        },
      ],
      failure: 'answer',
      answeredBy: 'ada',
      endedAt: at,
      putBack: 'reverse-1',
    },
  })
  for (const text of [
    'Canary failed',
    '1 of 42 resources',
    'something broke',
    'kms:DescribeKey',
    'reverse-1',
    'with the canary',
  ])
    expect(page).toContain(text)
  expect(page).not.toContain('<script')
})

test('a purged value says since when it is gone', async () => {
  const tags = tag({ value: null, cameBack: { at, value: null } })
  const page = await printed([[item({ tags })]], { cameBack: 1, oldValues: { purgedAt: at, keptUntil: null } })
  expect(page.match(/value purged on 2026-11-21/g)).toHaveLength(2)
})
