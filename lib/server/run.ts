import { isExpectedError } from '../errors.ts'

interface Running {
  stop(): Promise<void>
}

/** npm passes on what the terminal has sent to the whole process group already: each Ctrl-C arrives twice. */
const repeatMs = 1000

/**
 * Runs a program of this project until it is told to stop: by Ctrl-C, SIGTERM, a closed terminal or the end of the npm
 * or the watcher that started it. What a person can act on ends the start with one line and no stack.
 */
export async function run(start: () => Promise<Running>): Promise<void> {
  let running: Running | undefined
  let stoppingSince: number | undefined

  async function stop() {
    if (stoppingSince !== undefined && Date.now() - stoppingSince < repeatMs) return
    if (stoppingSince !== undefined) process.exit(1)
    stoppingSince = Date.now()
    await running?.stop().catch((error: unknown) => fail(error))
    process.exit(0)
  }

  // Whoever read what we print may be gone. Unheard, the error would be reported where it comes from, for ever.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => {})
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  process.on('disconnect', stop)
  if (process.env.npm_lifecycle_event) stopWithParent(stop)

  try {
    running = await start()
  } catch (error) {
    fail(error)
  }
}

/** A killed npm cannot pass anything on; it is noticed by the process getting another parent. */
function stopWithParent(stop: () => void): void {
  const { ppid } = process
  setInterval(() => process.ppid !== ppid && stop(), 1000).unref()
}

function fail(error: unknown): never {
  console.error(isExpectedError(error) ? `Untag cannot start: ${error.message}` : error)
  process.exit(1)
}
