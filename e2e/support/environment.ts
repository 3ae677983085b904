import { afterAll } from 'vitest'
import { withQuickDrizzle } from '#lib/store/quick-drizzle.ts'

// Runs before each test file. Files share a worker, and none finds in its environment what another one has set.
const environment = { ...process.env }

// Most of them want it.
await withQuickDrizzle(() => import('#lib/store/open.ts'))

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name]
  Object.assign(process.env, environment)
})
