import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { Client } from 'pg'
import { startTestServer } from '#lib/store/testing.ts'
import { expect, test } from './support/fixtures.ts'
import { analysed, expectEnd, reviewAll, start } from './support/steps.ts'

const password = 'canary-database-password'
const secretValue = 'canary-value-of-the-secret'

test.use({
  account: {
    exactly: [
      { type: 'key', alias: 'alias/pay', tags: { temp: 'true' } },
      { type: 'secret', name: 'pay/db', value: secretValue, tags: { temp: 'true' } },
      { type: 'secret', region: 'us-east-1', name: 'pay/api', value: secretValue, tags: { temp: 'true' } },
    ],
  },
  /** A database of a server whose password can be told from all other texts. */
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the wanted fixtures out of the pattern.
  consoleEnv: async ({}, use) => {
    const stop = await startTestServer()
    const server = process.env.UNTAG_TEST_POSTGRES ?? ''
    await asked(server, `create role untag superuser login password '${password}'`)
    await asked(server, 'create database untag owner untag')
    const url = new URL(`${server}/untag`)
    Object.assign(url, { username: 'untag', password })
    await use({ DATABASE_URL: url.href })
    await stop()
  },
  expectedErrors: [/status of 401/],
})

async function asked(url: string, query: string): Promise<Record<string, unknown>[]> {
  const client = new Client(url)
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}

/** Every row of every table, those of the job queue too, as text. */
async function dump(url: string): Promise<string> {
  const tables = await asked(
    url,
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const rows = []
  for (const { name } of tables) rows.push(name, ...(await asked(url, `select t::text as row from ${name} t`)))
  return JSON.stringify(rows)
}

function textOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}

/** The bodies of all that the console answers: pages, their data, server actions, scripts. */
function listen(context: BrowserContext, origin: string): Promise<string>[] {
  const bodies: Promise<string>[] = []
  context.on('response', (response) => {
    // What is left for another page before it was read whole has no body any more.
    if (response.url().startsWith(origin)) bodies.push(response.text().catch(() => ''))
  })
  return bodies
}

/** The addresses of all files that can be saved, of this plan and this removal. */
function downloads(planId: string, removalId: string): string[] {
  const routes: Record<string, string> = JSON.parse(readFileSync('.next/server/app-paths-manifest.json', 'utf8'))
  return Object.keys(routes)
    .filter((route) => /^\/api\/.*\/route$/.test(route))
    .map((route) =>
      route
        .replace(/\/route$/, '')
        .replace('[planId]', planId)
        .replace('[removalId]', removalId),
    )
}

/** A text as it is, and as it would stand in an address, in base64 and in hexadecimal. */
const forms = (text: string) => [
  text,
  encodeURIComponent(text),
  Buffer.from(text).toString('base64').replace(/=+$/, ''),
  Buffer.from(text).toString('base64url'),
  Buffer.from(text).toString('hex'),
]

test('no credential, cookie, password or secret value is shown, answered, saved or stored', async ({
  console,
  consoleEnv,
  openConsole,
  sandbox,
}) => {
  const page = await openConsole()
  const bodies = listen(page.context(), console.url)
  const [cookie] = await page.context().cookies()

  await sandbox.faults({ operation: 'secretsmanager:ListSecrets', region: 'eu-west-1', kind: 'html' })
  await page.reload()
  await reviewAll(page, 'temp')
  await expect(page.getByText(analysed)).toBeVisible()
  const planId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  // Nothing can end before the credentials do; then the removal is paused until they are renewed.
  await sandbox.faults({ operation: 'secretsmanager:UntagResource', kind: 'throttle' })
  await start(page)
  const removalId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await expect.poll(() => sandbox.calls({ operation: 'kms:UntagResource', outcome: 'OK' })).toHaveLength(1)
  await sandbox.expireCredentials()
  await expect(page.getByText('This removal is paused')).toBeVisible()
  await expect(page.getByText('Once that is mended, resume.')).toBeVisible()
  await sandbox.faults()
  await sandbox.renewCredentials()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expectEnd(page, '3 tags: 3 removed and proved')
  expect((await sandbox.resources()).map(({ tags }) => tags)).toEqual([{}, {}, {}])
  for (const path of [`/removals/${removalId}`, '/tags', '/account', '/removals', '/audit', '/settings'])
    await page.goto(console.url + path)

  const files = await Promise.all(
    downloads(planId, removalId).map(async (path) => (await page.request.get(console.url + path)).text()),
  )
  const places = {
    answers: (await Promise.all(bodies)).join('\n'),
    files: files.join('\n'),
    terminal: console.output(),
    database: await dump(consoleEnv.DATABASE_URL ?? ''),
    'data folder': textOf(console.dataFolder),
  }
  // What is looked for is found where it may stand; else nothing is proved.
  expect(places.answers).toContain('pay/db')
  expect(places.files).toContain('pay/db')
  expect(places.database).toContain('pay/db')
  expect(places.terminal).toContain('Untag is ready')

  const canaries = {
    'secret access key': sandbox.credentials.secretAccessKey,
    'session token': sandbox.credentials.sessionToken ?? '',
    'session cookie': cookie?.value ?? '',
    'database password': password,
    'value of a secret': secretValue,
  }
  for (const [what, canary] of Object.entries(canaries)) {
    expect(canary.length, what).toBeGreaterThan(20)
    const found = Object.entries(places).filter(([, text]) => forms(canary).some((form) => text.includes(form)))
    expect([what, found.map(([place]) => place)]).toEqual([what, []])
  }
})
