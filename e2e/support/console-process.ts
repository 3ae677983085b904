import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { exitCodeOf, startNode } from '#lib/server/child.ts'
import { withoutOwnAws } from '#lib/server/without-own-aws.ts'

export interface ConsoleProcess {
  readonly url: string
  readonly dataFolder: string
  /** A fresh one-time link, as Enter in the terminal gives one. */
  link(): Promise<string>
  /** SIGKILL: nothing of the process runs any more when it resolves. */
  kill(): Promise<void>
  /** The end that Ctrl-C brings; the exit code. */
  stop(): Promise<number>
  /** Starts again, after kill() or stop(), on the same data folder and port. */
  restart(): Promise<void>
  /** SIGSTOP: nothing of it runs until `thaw`. */
  freeze(): void
  thaw(): void
  /** False once it has ended, by itself too. */
  isRunning(): boolean
  /** Everything that the terminal has shown. */
  output(): string
}

/**
 * Flags of Node for a console that lives for one test, or until it is killed. V8's second compiler of WebAssembly makes the embedded database
 * faster by a tenth; it takes a second of CPU first, which so few queries never get back.
 */
export const shortLived: readonly string[] = ['--liftoff-only']

/** A data folder with an empty store and queue: a copy of it costs half of what a new one costs. See prepare.ts. */
export const emptyData = '.test/empty'

/** Starts the console as a user would, on any free port, with nothing of the developer's own AWS settings. */
export async function startConsoleProcess(
  dataFolder: string,
  env: Record<string, string>,
  flags: readonly string[] = [],
): Promise<ConsoleProcess> {
  let child: ChildProcess
  let links: AsyncIterator<string>
  let url = ''
  let output = ''

  async function start(port: string) {
    const childEnv = { ...withoutOwnAws(process.env), UNTAG_DATA: dataFolder, PORT: port, ...env }
    child = startNode([...flags, 'lib/server/main.ts', '--built'], childEnv, 'pipe')
    child.stderr?.on('data', (chunk) => (output += chunk))
    child.stdout?.on('data', (chunk) => (output += chunk))
    links = linksOf(child)
    url = new URL(await nextLink()).origin
  }

  /** The link that is printed first is kept for whoever asks first. */
  let unused: string | undefined
  async function nextLink() {
    const { value, done } = await links.next()
    if (done) throw new Error(`the console ended without a link:\n${output}`)
    unused = value
    return value
  }

  const isRunning = () => child.exitCode === null && child.signalCode === null

  async function end(signal: 'SIGKILL' | 'SIGINT') {
    if (!isRunning()) return child.exitCode ?? 1
    const ended = exitCodeOf(child)
    child.kill(signal)
    return ended
  }

  await start('0')
  return {
    dataFolder,
    get url() {
      return url
    },
    async link() {
      if (!unused) {
        child.stdin?.write('\n')
        await nextLink()
      }
      const link = unused ?? ''
      unused = undefined
      return link
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGINT'),
    restart: () => start(new URL(url).port),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    isRunning,
    output: () => output,
  }
}

async function* linksOf(child: ChildProcess): AsyncGenerator<string, undefined> {
  if (!child.stdout) return
  for await (const line of createInterface({ input: child.stdout })) {
    const [link] = /http:\S+\/_open\?t=\S+/.exec(line) ?? []
    if (link) yield link
  }
}
