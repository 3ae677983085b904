import { startConsoleProcess } from './support/console-process.ts'
import { expect, expectNoAxeViolations, test } from './support/fixtures.ts'

/** The failed loads that a refused page writes to the browser's console. */
const refused = /Failed to load resource: the server responded with a status of (401|404)/

test('the link from the terminal signs a browser in, once', async ({ console, page, browser }) => {
  const link = await console.link()
  await page.goto(link)
  await expect(page).toHaveURL(/\/resources/)
  const [cookie] = await page.context().cookies()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/', name: `untag-${new URL(link).port}` })

  const stranger = await browser.newPage()
  const answer = await stranger.goto(link)
  expect(answer?.status()).toBe(401)
  await expect(stranger.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
  await stranger.goto(await console.link())
  await expect(stranger).toHaveURL(/\/resources/)
  await stranger.close()
})

test.describe('without a session', () => {
  test.use({ expectedErrors: [refused] })

  test('a page says how to get in, and nothing asks AWS', async ({ console, page, sandbox }) => {
    const answer = await page.goto(`${console.url}/resources`)
    expect(answer?.status()).toBe(401)
    await expect(page.getByText('Press Enter in that terminal for a new one')).toBeVisible()
    await expectNoAxeViolations(page)
    expect(await sandbox.calls()).toEqual([])
  })
})

test.describe('an address that does not exist', () => {
  test.use({ expectedErrors: [refused] })

  test('leads back to the resources', async ({ openConsole }) => {
    const page = await openConsole('/no-such-page')
    await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible()
    await expectNoAxeViolations(page)
    await page.getByRole('link', { name: 'Go to the resources' }).click()
    await expect(page).toHaveURL(/\/resources/)
  })
})

test('every answer carries the security headers, and each page a nonce of its own', async ({ openConsole }) => {
  const page = await openConsole()
  const policies = []
  for (const attempt of [1, 2]) {
    const headers = (await page.reload())?.headers() ?? {}
    expect(headers, `attempt ${attempt}`).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': expect.stringContaining('no-store'),
    })
    expect(headers['x-powered-by']).toBeUndefined()
    policies.push(headers['content-security-policy'])
  }
  expect(policies[0]).toMatch(/script-src 'self' 'nonce-[^']+';/)
  expect(policies[0]).not.toBe(policies[1])
})

test('a browser that was signed in before a restart must open the new link', async ({ console, openConsole }) => {
  const page = await openConsole()
  await page.close()
  await console.kill()
  await console.restart()
  const answer = await page.context().request.get(`${console.url}/resources`)
  expect(answer.status()).toBe(401)
})

test('a second console on the same data folder is refused in one line that names the first', async ({ console }) => {
  const { dataFolder } = console
  const refusal = /link:\nUntag cannot start: the data folder `\S+` is in use by process \d+; stop it, .*\n$/
  await expect(startConsoleProcess(dataFolder, {})).rejects.toThrow(refusal)
})

test('a port that is in use is passed over, in a line that says so', async ({ console, sandbox }) => {
  const { port } = new URL(console.url)
  const second = await startConsoleProcess(`${console.dataFolder}/second`, { ...sandbox.env, PORT: port })
  expect(second.output()).toContain(`Port ${port} is in use; using ${new URL(second.url).port}.\n`)
  expect(await second.stop()).toBe(0)
})

test('a bad setting ends the start with a sentence and no stack', async () => {
  const refusal = /link:\nUntag cannot start: PORT is `no`; it must be a whole number from 0 to 65535, .*\n$/
  await expect(startConsoleProcess('.test/data/never', { PORT: 'no' })).rejects.toThrow(refusal)
})
