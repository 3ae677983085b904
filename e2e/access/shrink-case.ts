import { type CaseFile, policiesOf } from './case-file.ts'

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** Cases with one part less, the large parts first, then with one element said more plainly. */
export function* smaller(file: CaseFile): Generator<CaseFile> {
  const parts = [...partsOf(file as unknown as Json, [])].toSorted((a, b) => a.length - b.length)
  for (const path of parts) {
    const copy = structuredClone(file)
    remove(copy as unknown as Json, path)
    yield copy
  }
  yield* plainer(file)
}

const optional =
  /^(sessionTags|groups|boundary|sessionPolicy|scps|rcps|policy|aliases|grants|constraints|context|Condition)$/
const lists = /^(identityPolicies|groups|scps|rcps|aliases|grants|removeTags)$/
const maps = /^(tags|context)$/

/** Where the parts stand that a case can do without and still be a case. */
function* partsOf(json: Json, path: string[]): Generator<string[]> {
  if (json === null || typeof json !== 'object') return
  const owner = path.findLast((name) => !/^\d+$/.test(name)) ?? ''
  const isNested = path.includes('Condition') || path.includes('constraints')
  const names = Object.keys(json)
  for (const name of names) {
    const at = [...path, name]
    const mayGo = Array.isArray(json)
      ? names.length > 1 || lists.test(owner)
      : optional.test(name) || maps.test(owner) || (isNested && names.length > 1)
    if (mayGo) yield at
    yield* partsOf((json as Record<string, Json>)[name] ?? null, at)
  }
}

function remove(json: Json, path: string[]): void {
  const parent = path.slice(0, -1).reduce<Json>((at, name) => (at as Record<string, Json>)[name] ?? null, json)
  const last = path.at(-1) ?? ''
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else if (parent !== null && typeof parent === 'object') delete parent[last]
}

function* plainer(file: CaseFile): Generator<CaseFile> {
  const statements = policiesOf(file).flatMap(({ policy }, at) =>
    policy.Statement.map((_, index) => [at, index] as const),
  )
  for (const [at, index] of statements) {
    for (const element of ['Action', 'Resource'] as const) {
      const copy = structuredClone(file)
      const statement = policiesOf(copy)[at]?.policy.Statement[index]
      if (!statement?.[element] || statement[element].join() === '*') continue
      statement[element] = ['*']
      yield copy
    }
  }
}
