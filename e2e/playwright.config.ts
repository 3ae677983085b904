import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { chromium, defineConfig } from '@playwright/test'

// Consoles and sandboxes start by the dozen; compiled once, each takes a fraction of the time.
process.env.NODE_COMPILE_CACHE ??= resolve(import.meta.dirname, '../.cache/compiled')

const flags =
  '--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run'

// One seed for all workers, which repeat a test under the name that has it.
process.env.SEED ??= String(Date.now() % 2 ** 31)

/** What the computer has, in this order: as told, Playwright's own, the system's, and one that comes as a package. */
async function browser(): Promise<string> {
  const installed = [
    process.env.CHROMIUM_PATH,
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
  ].find((path) => path && existsSync(path))
  if (installed) return installed
  const { default: packaged } = await import('@sparticuz/chromium')
  return packaged.executablePath()
}

export default defineConfig({
  testMatch: '*.e2e.ts',
  outputDir: '../.test/e2e',
  globalSetup: './support/prepare.ts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '../.test/e2e.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: await browser(), args: flags.split(' ') },
    viewport: { width: 1440, height: 900 },
    trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
  },
})
