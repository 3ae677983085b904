import { resolve } from 'node:path'
import { defineConfig } from '@playwright/test'
import { browserPath } from './support/browser.ts'

// Consoles and sandboxes start by the dozen; compiled once, each takes a fraction of the time.
process.env.NODE_COMPILE_CACHE ??= resolve(import.meta.dirname, '../.cache/compiled')

const flags =
  '--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run'

// One seed for all workers, which repeat a test under the name that has it.
process.env.SEED ??= String(Date.now() % 2 ** 31)

export default defineConfig({
  testMatch: '*.e2e.ts',
  outputDir: '../.test/e2e',
  globalSetup: './support/prepare.ts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // Nothing is timed here: a limit only ends what hangs, also where the computer has other work to do.
  timeout: 600_000,
  expect: { timeout: 240_000 },
  reporter: [['list'], ['json', { outputFile: '../.test/e2e.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: browserPath(), args: flags.split(' ') },
    viewport: { width: 1440, height: 900 },
    // What moves on a page is drawn in software, sixty times a second.
    contextOptions: { reducedMotion: 'reduce' },
    // What a failed test leaves: its actions and its network. A copy of the page at each action would slow every test.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false },
  },
})
