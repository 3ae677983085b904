import { parseArgs } from 'node:util'
import { withQuickDrizzle } from '../store/quick-drizzle.ts'
import { readEnvironment } from './environment.ts'
import { listen } from './listen.ts'
import { run } from './run.ts'

/** `--built` serves .next as it is: for tests and for images that were built elsewhere. */
const { values } = parseArgs({ options: { built: { type: 'boolean', default: false } } })

await run(async () => {
  const { startConsole } = await withQuickDrizzle(() => import('./console.ts'))
  const environment = readEnvironment(process.env)
  return startConsole({ environment, ...(await listen(environment.port)), pages: values.built ? 'built' : 'stale' })
})
