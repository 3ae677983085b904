import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

/** What each room of lib/ may import, besides itself and the vocabulary (the files directly in lib/). */
const mayImport: Record<string, readonly string[]> = {
  store: [],
  aws: [],
  access: [],
  sandbox: [],
  jobs: ['store'],
  audit: ['store'],
  inventory: ['store', 'aws', 'audit', 'jobs'],
  principals: ['store', 'aws', 'access', 'audit', 'jobs'],
  auth: ['store', 'aws', 'audit', 'jobs'],
  impact: ['principals', 'access', 'audit', 'jobs', 'store', 'aws'],
  removal: ['impact', 'principals', 'inventory', 'auth', 'audit', 'jobs', 'store', 'aws'],
  'verify-live': ['aws'],
  server: ['removal', 'impact', 'principals', 'inventory', 'auth', 'audit', 'jobs', 'store', 'aws'],
}
/** Components take values only from here, so that no server code reaches a browser; types from anywhere in lib/. */
const valuesForComponents = ['vocabulary', 'removal/state.ts']
/** Files behind which credentials, sessions or the database stand: they must not be bundled for a browser. */
const doors = ['lib/store/store.ts', 'lib/auth/session.ts', 'lib/aws/clients.ts']

interface Import {
  from: string
  /** A path from the project's root, or the name of a package. */
  to: string
  typeOnly: boolean
}

const isTest = (file: string) => /\.test\.tsx?$|\/testing\.ts$/.test(file)
const files = globSync('{app,components,lib}/**/*.{ts,tsx,mjs}').map((file) => file.replaceAll('\\', '/'))
const sources = new Map(files.filter((file) => !isTest(file)).map((file) => [file, readFileSync(file, 'utf8')]))
const imports = [...sources].flatMap(([file, source]) => importsOf(file, source))
const inLib = ({ to }: Import) => to.startsWith('lib/')

describe('imports go downwards only', () => {
  test('every folder of lib/ has a row in the table, and every row a folder', () => {
    const rooms = new Set([...sources.keys()].map(roomOf).filter((room) => room && room !== 'vocabulary'))
    expect([...rooms].sort()).toEqual(Object.keys(mayImport).sort())
  })

  test.each(Object.keys(mayImport))('%s', (room) => {
    const allowed = [room, 'vocabulary', ...(mayImport[room] ?? [])]
    const ofRoom = imports.filter((each) => roomOf(each.from) === room && inLib(each))
    expect(told(ofRoom.filter((each) => !allowed.includes(roomOf(each.to) ?? '')))).toEqual([])
  })

  test('the vocabulary imports nothing but itself and zod', () => {
    const ofVocabulary = imports.filter((each) => roomOf(each.from) === 'vocabulary')
    expect(told(ofVocabulary.filter((each) => roomOf(each.to) !== 'vocabulary' && each.to !== 'zod'))).toEqual([])
  })

  test('nothing in lib/ imports components, and nothing but app/ imports app/', () => {
    expect(told(imports.filter(({ from, to }) => from.startsWith('lib/') && to.startsWith('components/')))).toEqual([])
    expect(told(imports.filter(({ from, to }) => !from.startsWith('app/') && to.startsWith('app/')))).toEqual([])
  })

  test('components take only pure values from lib/', () => {
    const values = imports.filter((each) => each.from.startsWith('components/') && inLib(each) && !each.typeOnly)
    const isPure = ({ to }: Import) =>
      valuesForComponents.includes(roomOf(to) ?? '') || valuesForComponents.includes(to.slice(4))
    expect(told(values.filter((each) => !isPure(each)))).toEqual([])
  })

  test('the sandbox is started as a process, never imported', () => {
    const ofOthers = imports.filter(({ from }) => roomOf(from) !== 'sandbox')
    expect(told(ofOthers.filter(({ to }) => roomOf(to) === 'sandbox'))).toEqual([])
  })

  test('in lib/ only auth/ and server/ know Next', () => {
    const ofNext = imports.filter(({ from, to }) => from.startsWith('lib/') && /^(next|react|react-dom)(\/|$)/.test(to))
    expect(told(ofNext.filter(({ from }) => !['auth', 'server'].includes(roomOf(from) ?? '')))).toEqual([])
  })

  test.each(doors)('%s cannot reach a browser', (door) => {
    expect(imports).toContainEqual({ from: door, to: '#server-only', typeOnly: false })
  })
})

describe('every file is easy to find and to understand', () => {
  test('no barrels and no drawers for everything', () => {
    const drawers = ['index', 'utils', 'helpers', 'types', 'common', 'misc']
    expect(files.filter((file) => drawers.includes(basename(file).replace(/\..*/, '')))).toEqual([])
    expect(
      [...sources].filter(([, source]) => /^export (type )?[*{][^=]*? from /m.test(source)).map(([file]) => file),
    ).toEqual([])
  })

  test('every exported function of lib/ says what it promises', () => {
    const undocumented = [...sources]
      .filter(([file]) => file.startsWith('lib/'))
      .flatMap(([file, source]) => undocumentedFunctions(source).map((name) => `${file}: ${name}`))
    expect(undocumented).toEqual([])
  })
})

/** `vocabulary` for a file directly in lib/, else the folder below lib/; undefined outside lib/. */
function roomOf(path: string): string | undefined {
  const [top, room, rest] = path.split('/')
  if (top !== 'lib' || room === undefined) return undefined
  return rest === undefined ? 'vocabulary' : room
}

function importsOf(from: string, source: string): Import[] {
  const statement = /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\s+from\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm
  return [...source.matchAll(statement)].map(([, type, fixed, dynamic]) => ({
    from,
    to: resolved(from, fixed ?? dynamic ?? ''),
    typeOnly: type !== undefined,
  }))
}

function resolved(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier)).replaceAll('\\', '/')
  return specifier.replace(/^#(?=lib\/|components\/)/, '')
}

function undocumentedFunctions(source: string): string[] {
  const exported =
    /(\*\/\n)?^export (?:async )?(?:function\*? (\w+)|const (\w+)[^=\n]*= (?:async )?(?:<[^\n]*>)?\([^\n]*\)(?:: [^\n]*)? =>)/gm
  return [...source.matchAll(exported)]
    .filter(([, comment]) => !comment)
    .map(([, , name, arrow]) => name ?? arrow ?? '')
}

function told(offending: Import[]): string[] {
  return offending.map(({ from, to }) => `${from} imports ${to}`)
}
