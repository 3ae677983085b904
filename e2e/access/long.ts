import { exitCodeOf, startNode } from '#lib/server/child.ts'

/** 1,000,000 closed cases and 250,000 open ones: fifty times what `npm test` goes through, and other ones in every run. */
const env = {
  ...process.env,
  ACCESS_SCALE: process.env.ACCESS_SCALE ?? '50',
  ACCESS_SEED: process.env.ACCESS_SEED ?? String(Date.now() % 2 ** 31),
}
console.log(`ACCESS_SEED=${env.ACCESS_SEED} ACCESS_SCALE=${env.ACCESS_SCALE}`)
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '-c', 'e2e/access/vitest.config.ts', 'differential', 'open']
process.exitCode = await exitCodeOf(startNode(vitest, env, 'inherit'))
