import { isDeepStrictEqual } from 'node:util'
import { type CaseFile, type Layer, policiesOf, type StatementFile } from './case-file.ts'
import type { Verdict } from './judge.ts'

/** The parts of a case by name (layers, operators, elements) on which the judge's decision hangs, before or after. */
export function decisiveParts(file: CaseFile, judge: (file: CaseFile) => Verdict): Set<string> {
  const asItIs = judge(file)
  const isDecisive = ([one, other]: readonly [CaseFile, CaseFile]) => {
    const [a, b] = [one === file ? asItIs : judge(one), judge(other)]
    return a.before !== b.before || a.after !== b.after
  }
  const decisive = [...questions(file)].filter(({ between }) => isDecisive(between))
  return new Set(decisive.flatMap(({ parts }) => parts))
}

/** Parts matter if the judge decides differently between these two cases. */
interface Question {
  parts: string[]
  between: readonly [CaseFile, CaseFile]
}

function* questions(file: CaseFile): Generator<Question> {
  for (const [layer, drop] of Object.entries(droppers)) {
    const other = changed(file, drop)
    if (!isDeepStrictEqual(file, other)) yield { parts: [layer], between: [file, other] }
  }
  for (const [at, { policy }] of policiesOf(file).entries()) {
    for (const [index, statement] of policy.Statement.entries()) {
      const variant = (change: (statement: StatementFile) => void) =>
        changed(file, (copy) => {
          const own = policiesOf(copy)[at]?.policy.Statement[index]
          if (own) change(own)
        })
      yield* ofElements(file, statement, variant)
      yield* ofConditions(statement, variant)
    }
  }
}

const droppers: Record<Layer | 'grant', (file: CaseFile) => void> = {
  identity: ({ principal }) => principal.identityPolicies.splice(0),
  group: ({ principal }) => delete principal.groups,
  boundary: ({ principal }) => delete principal.boundary,
  session: ({ principal }) => delete principal.sessionPolicy,
  scp: (file) => delete file.scps,
  rcp: (file) => delete file.rcps,
  resource: ({ resource }) => delete resource.policy,
  grant: ({ resource }) => delete resource.grants,
}

type Variant = (change: (statement: StatementFile) => void) => CaseFile

/** An element against its opposite with the same patterns. */
function* ofElements(file: CaseFile, statement: StatementFile, variant: Variant): Generator<Question> {
  for (const [negated, element] of Object.entries({
    NotAction: 'Action',
    NotResource: 'Resource',
    NotPrincipal: 'Principal',
  })) {
    if (!(negated in statement)) continue
    const opposite = variant((own) => {
      const { [negated]: patterns, ...rest } = own as unknown as Record<string, unknown>
      delete own[negated as 'NotAction']
      Object.assign(own, rest, { [element]: patterns })
    })
    yield { parts: [negated], between: [file, opposite] }
  }
}

/** One entry of a Condition block, never met against always met: by a key that is in every request. */
function* ofConditions({ Condition = {} }: StatementFile, variant: Variant): Generator<Question> {
  const entries = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key) => [operator, key] as const),
  )
  for (const [operator, contextKey] of entries) {
    const met = (isMissing: 'true' | 'false') =>
      variant((own) => {
        delete own.Condition?.[operator]?.[contextKey]
        own.Condition = { ...own.Condition, Null: { ...own.Condition?.Null, 'aws:PrincipalArn': [isMissing] } }
      })
    yield { parts: namesOf(operator), between: [met('true'), met('false')] }
  }
}

/** `ForAnyValue:StringLikeIfExists` is ForAnyValue, StringLike and IfExists. */
function namesOf(operator: string): string[] {
  const [, ...names] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(operator) ?? []
  return names.filter((name) => name !== undefined)
}

function changed(file: CaseFile, change: (copy: CaseFile) => unknown): CaseFile {
  const copy = structuredClone(file)
  change(copy)
  return copy
}
