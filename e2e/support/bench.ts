import { exitCodeOf, startNode } from '#lib/server/child.ts'

const names = ['inventory', 'removal', 'page', 'impact', 'review', 'audit', 'load']
const [name = '', ...rest] = process.argv.slice(2)

if (names.includes(name)) {
  process.exitCode = await exitCodeOf(startNode([`e2e/bench/${name}.ts`, ...rest], process.env, 'inherit'))
} else {
  console.error(`npm run bench -- <name>, where the name is one of: ${names.join(', ')}`)
  process.exitCode = 1
}
