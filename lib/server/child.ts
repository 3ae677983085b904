import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from './next.ts'

const endWithParent = join(import.meta.dirname, 'end-with-parent.mjs')

/** Starts Node on `args` in the project's folder. The child ends with this process, even when that is killed with -9. */
export function startNode(args: string[], env: NodeJS.ProcessEnv, output: 'inherit' | 'pipe'): ChildProcess {
  return spawn(process.execPath, ['--import', endWithParent, ...args], {
    cwd: root,
    env,
    stdio: ['pipe', output, output],
  })
}

/** The exit code of a child, 1 when a signal ended it. */
export async function exitCodeOf(child: ChildProcess): Promise<number> {
  const [code] = (await once(child, 'close')) as [number | null]
  return code ?? 1
}
