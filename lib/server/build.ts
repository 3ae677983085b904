import { createHash } from 'node:crypto'
import { globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { exitCodeOf, startNode } from './child.ts'
import { root } from './next.ts'

const sources = ['app/**/*.*', 'components/**/*.*', 'lib/**/*.*', 'package.json', 'package-lock.json', 'next.config.js']
const isTest = (file: string) => /\.test\.tsx?$/.test(file)
// A route's folder is named like a file: review.json.
const isFile = (file: string) => statSync(join(root, file)).isFile()
const stampFile = join(root, '.next', 'untag-sources')

/** Builds the pages, unless .next was built from exactly these sources and packages. */
export async function buildWhenStale(): Promise<void> {
  const hash = sourcesHash()
  if (readStamp() === hash) return
  console.log('Building the pages, once after each change of the sources …')
  // An interrupted build leaves no stamp, so that the next start builds again.
  rmSync(stampFile, { force: true })
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  const child = startNode(['node_modules/next/dist/bin/next', 'build'], env, 'pipe')
  const [code, ...output] = await Promise.all([
    exitCodeOf(child),
    ...[child.stdout, child.stderr].map((from) => from && text(from)),
  ])
  if (code !== 0) throw new Error(`next build failed\n${output.join('\n')}`)
  writeFileSync(stampFile, hash)
}

/** Contents, not times: a fresh clone and `git checkout` give every file the time of their own. */
function sourcesHash(): string {
  const hash = createHash('sha256').update(process.version)
  for (const file of globSync(sources, { cwd: root }).sort()) {
    if (!isTest(file) && isFile(file)) hash.update(`${file}\0`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

function readStamp(): string | undefined {
  try {
    return readFileSync(stampFile, 'utf8')
  } catch {
    return undefined
  }
}
