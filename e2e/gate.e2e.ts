import { startConsoleProcess } from './support/console-process.ts'
import { expect, expectNoAxeViolations, test } from './support/fixtures.ts'

/** The failed loads that a refused page writes to the browser's console. */
const refused = /Failed to load resource: the server responded with a status of (401|404)/

test('the link from the terminal signs a browser in, once, until the console restarts; every answer has security headers, each page a nonce of its own', async ({
  console,
  page,
  browser,
}) => {
  const link = await console.link()
  await page.goto(link)
  await expect(page).toHaveURL(/\/resources/)
  const [cookie] = await page.context().cookies()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/', name: `untag-${new URL(link).port}` })

  const stranger = await browser.newPage()
  const refusal = await stranger.goto(link)
  expect(refusal?.status()).toBe(401)
  await expect(stranger.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
  await stranger.goto(await console.link())
  await expect(stranger).toHaveURL(/\/resources/)
  await stranger.close()

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

  await page.close()
  await console.kill()
  await console.restart()
  const answer = await page.context().request.get(`${console.url}/resources`)
  expect(answer.status()).toBe(401)
})

test.describe('pages that are refused', () => {
  test.use({ expectedErrors: [refused] })

  test('say how to get in and ask AWS nothing, or lead back to the resources', async ({
    console,
    page,
    openConsole,
    sandbox,
  }) => {
    const answer = await page.goto(`${console.url}/resources`)
    expect(answer?.status()).toBe(401)
    await expect(page.getByText('Press Enter in that terminal for a new one')).toBeVisible()
    await expectNoAxeViolations(page)
    expect(await sandbox.calls()).toEqual([])

    const missing = await openConsole('/no-such-page')
    await expect(missing.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible()
    await expectNoAxeViolations(missing)
    await missing.getByRole('link', { name: 'Go to the resources' }).click()
    await expect(missing).toHaveURL(/\/resources/)
  })
})

test('of a second console one line tells that the data folder is in use, or that its port is passed over', async ({
  console,
  sandbox,
}) => {
  const { dataFolder } = console
  const refusal = /link:\nUntag cannot start: the data folder `\S+` is in use by process \d+; stop it, .*\n$/
  await expect(startConsoleProcess(dataFolder, {})).rejects.toThrow(refusal)

  const { port } = new URL(console.url)
  const second = await startConsoleProcess(`${console.dataFolder}/second`, { ...sandbox.env, PORT: port })
  expect(second.output()).toContain(`Port ${port} is in use; using ${new URL(second.url).port}.\n`)
  expect(await second.stop()).toBe(0)
})

test('a bad setting ends the start with a sentence and no stack', async () => {
  const refusal = /link:\nUntag cannot start: PORT is `no`; it must be a whole number from 0 to 65535, .*\n$/
  await expect(startConsoleProcess('.test/data/never', { PORT: 'no' })).rejects.toThrow(refusal)
})
