import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { ada } from '#lib/audit/testing.ts'
import { openAws } from '#lib/aws/clients.ts'
import { readIdentity } from '#lib/aws/identity.ts'
import { runScan, startScan } from '#lib/inventory/scan.ts'
import { paths } from '#lib/paths.ts'
import { openStore } from '#lib/store/open.ts'
import playwright from '../playwright.config.ts'
import { startConsoleProcess } from '../support/console-process.ts'
import prepare from '../support/prepare.ts'
import { startSandbox } from '../support/sandbox.ts'
import { median, percentile, printMeasures } from './print.ts'

const RESOURCES = 4000
const LOADS = 5
const TYPED = ['cost-center = 4100', 'Owner : payments', 'eu-central-1 prod']
// A quick typist. Milliseconds.
const BETWEEN_KEYS = 80

await prepare()
await using sandbox = await startSandbox({ resources: RESOURCES, quotas: 'off' })
Object.assign(process.env, sandbox.env)
const dataFolder = mkdtempSync(join(tmpdir(), 'untag-bench-'))
await scan()
const untag = await startConsoleProcess(dataFolder, sandbox.env)
const browser = await chromium.launch(playwright.use?.launchOptions)

/** The account is in the store before the console opens it. */
async function scan() {
  const store = await openStore({ dataFolder })
  const aws = openAws()
  const { scope } = await readIdentity(aws)
  const ports = { store, queue: { enqueue: async () => {} }, scope, by: ada }
  const { snapshotId } = await startScan(ports, {})
  await runScan({ store, aws }, { snapshotId, signal: new AbortController().signal })
  await store.close()
}

/** A browser that has nothing cached, signed in. */
function newContext(storageState: Awaited<ReturnType<BrowserContext['storageState']>>) {
  return browser.newContext({ storageState, viewport: { width: 1440, height: 900 } })
}

async function signIn() {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(await untag.link())
  await page.goto(untag.url + paths.resources())
  await firstRow(page).waitFor()
  const state = await context.storageState()
  await context.close()
  return state
}

const firstRow = (page: Page) => page.getByRole('checkbox', { name: /^Choose .+ in / }).first()

/** Milliseconds from the navigation until a resource is to be seen, and kilobytes until nothing more is loaded. */
async function load(page: Page) {
  const from = performance.now()
  await page.goto(untag.url + paths.resources(), { waitUntil: 'commit' })
  await firstRow(page).waitFor()
  const rowsVisibleMs = performance.now() - from
  await page.waitForLoadState('networkidle')
  const bytes = await page.evaluate(() =>
    performance
      .getEntries()
      .reduce((sum, entry) => sum + (entry instanceof PerformanceResourceTiming ? entry.transferSize : 0), 0),
  )
  return { rowsVisibleMs, kilobytes: bytes / 1024 }
}

/** Milliseconds from each keystroke until the frame that shows it has been painted. */
async function type(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const keystrokes: number[] = []
    Object.assign(window, { keystrokes })
    addEventListener(
      'keydown',
      ({ timeStamp }) =>
        requestAnimationFrame(() => {
          const painted = new MessageChannel()
          painted.port1.onmessage = () => keystrokes.push(performance.now() - timeStamp)
          painted.port2.postMessage(undefined)
        }),
      { capture: true },
    )
  })
  const filter = page.getByRole('combobox', { name: 'Filter resources' })
  for (const text of TYPED) {
    await filter.pressSequentially(text, { delay: BETWEEN_KEYS })
    await filter.fill('')
  }
  return page.evaluate(() => (window as unknown as { keystrokes: number[] }).keystrokes)
}

const signedIn = await signIn()
const loads: Awaited<ReturnType<typeof load>>[] = []
let keystrokes: number[] = []
for (let round = 0; round < LOADS; round += 1) {
  const context = await newContext(signedIn)
  const page = await context.newPage()
  loads.push(await load(page))
  if (round === LOADS - 1) keystrokes = await type(page)
  await context.close()
}
printMeasures('page', [
  { metric: 'rowsVisibleMs', value: median(loads.map(({ rowsVisibleMs }) => rowsVisibleMs)), unit: 'ms' },
  { metric: 'keystrokeP95Ms', value: percentile(keystrokes, 0.95), unit: 'ms' },
  { metric: 'firstLoadKb', value: median(loads.map(({ kilobytes }) => kilobytes)), unit: 'kB' },
])
await browser.close()
await untag.stop()
rmSync(dataFolder, { recursive: true })
rmSync(`${dataFolder}.lock`, { force: true })
