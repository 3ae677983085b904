import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import type { ResetChange } from '#lib/sandbox/settings.ts'
import { type ConsoleProcess, emptyData, shortLived, startConsoleProcess } from './console-process.ts'
import { type Sandbox, startSandbox } from './sandbox.ts'

interface Options {
  /** What the test's AWS account holds and how it behaves; the demo's company by default. */
  account: ResetChange
  /** More environment for the console, for example UNTAG_SHARE. */
  consoleEnv: Record<string, string>
  /** Messages of the browser that the test provokes on purpose; any other error in a page fails the test. */
  expectedErrors: RegExp[]
}

interface Fixtures {
  sandbox: Sandbox
  console: ConsoleProcess
  /** A page that is signed in, at the given path. */
  openConsole(path?: string): Promise<Page>
  noPageErrors: undefined
}

interface WorkerFixtures {
  sandboxOfWorker: Sandbox
}

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  account: [{}, { option: true }],
  consoleEnv: [{}, { option: true }],
  expectedErrors: [[], { option: true }],

  sandboxOfWorker: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the wanted fixtures out of the pattern.
    async ({}, use) => {
      const sandbox = await startSandbox()
      await use(sandbox)
      await sandbox.stop()
    },
    { scope: 'worker' },
  ],

  /** The worker's sandbox with the account of this test alone: its data, faults, log and credentials are new. */
  sandbox: async ({ sandboxOfWorker, account }, use) => {
    await sandboxOfWorker.reset(account)
    await use(sandboxOfWorker)
  },

  console: async ({ sandbox, consoleEnv, context }, use, { testId }) => {
    const dataFolder = join('.test', 'data', testId)
    // A repeated run starts with nothing, too.
    rmSync(dataFolder, { recursive: true, force: true })
    cpSync(emptyData, dataFolder, { recursive: true })
    const console = await startConsoleProcess(dataFolder, { ...sandbox.env, ...consoleEnv }, shortLived)
    await use(console)
    // A page that still polls would meet a console that is gone, which is not what the test is about.
    await Promise.all(context.pages().map((page) => page.close()))
    await console.stop()
  },

  openConsole: async ({ context, console }, use) => {
    await use(async (path = '/') => {
      const isSignedIn = (await context.cookies(console.url)).length > 0
      // Not by a page of its own: the resources, to which the link leads, would be loaded for nothing.
      if (!isSignedIn) await context.request.get(await console.link(), { maxRedirects: 0 })
      const page = await context.newPage()
      await page.goto(console.url + path)
      return page
    })
  },

  noPageErrors: [
    async ({ context, expectedErrors }, use) => {
      const errors = await watchForErrors(context)
      await use(undefined)
      expect(errors.filter((error) => !expectedErrors.some((expected) => expected.test(error)))).toEqual([])
    },
    { auto: true },
  ],
})

export { expect, type Page }

/** What a page may report while its console is gone, and once it is back and knows no session any more. */
export const connectionLost = /net::ERR_|Failed to fetch|NetworkError|status of 401/

/** Fails on anything that axe finds against WCAG 2.2 A and AA. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  expect(page.frames(), 'the one frame that axe looks at here').toHaveLength(1)
  const { violations } = await new AxeBuilder({ page })
    // Otherwise axe opens a page of its own to join what it found in each frame, which takes longer than to look.
    .setLegacyMode()
    // Of what is well it need not say where all it stands. Before the tags, which it would take back.
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(
    violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.target.join(' ')) })),
  ).toEqual([])
}

/** Uncaught errors, everything on the console's error level, and what violates the content security policy, caught or not. */
async function watchForErrors(context: BrowserContext): Promise<string[]> {
  const errors: string[] = []
  await context.exposeFunction('violated', (violation: string) => errors.push(violation))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      Reflect.get(window, 'violated')(`${sourceFile} violates ${violatedDirective} with ${blockedURI}`)
    })
  })
  context.on('weberror', (error) => errors.push(String(error.error())))
  context.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  return errors
}
