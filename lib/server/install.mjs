// Runs before every script, so that a fresh clone needs no step of its own. Plain JavaScript for any Node from 20 on:
// the Node that this project wants may be among the packages that are still to be installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/**
 * By line, the oldest Node (minor, patch) without a known vulnerability, as in package.json: whoever acts with somebody's
 * AWS credentials runs on no other. All of them run TypeScript without a flag.
 */
const nodeFloors = { 22: [23, 4], 24: [21, 0] }

const packagesOf = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined)

/**
 * Compares contents, not times: `git checkout` and tools that complete the lock touch the file without changing what
 * has to be installed. npm writes the hidden lock last, so an interrupted install has none. Optional packages of other
 * platforms are absent by right.
 */
function isInstalled() {
  const wanted = packagesOf('package-lock.json')
  const installed = packagesOf('node_modules/.package-lock.json')
  if (!installed) return false
  const isAsLocked = ([path, { version, optional }]) =>
    path === '' || (installed[path] ? installed[path].version === version : optional === true)
  return Object.entries(wanted).every(isAsLocked) && Object.keys(installed).every((path) => path in wanted)
}

if (!isInstalled()) {
  const startedAt = Date.now()
  console.log('Installing what package-lock.json names …')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
  console.log(`install: ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
}

const [major, minor, patch] = process.versions.node.split('.').map(Number)
const floor = nodeFloors[major]
const isNewEnough = floor ? minor > floor[0] || (minor === floor[0] && patch >= floor[1]) : major > 24
if (!isNewEnough && !existsSync('node_modules/.bin/node')) {
  console.error(
    `Untag needs Node 24.21, 22.23.4 or newer of these lines, and this is ${process.version}; there is no Node package for ` +
      `${process.platform}-${process.arch} to bring along, so install Node 24 from https://nodejs.org and try again.`,
  )
  process.exit(1)
}
