import { type CaseFile, type PolicyFile, policiesOf } from './case-file.ts'

/** One entry of a Condition block, with the Version that says whether variables are read in it. */
export interface Entry {
  version: PolicyFile['Version']
  operator: string
  /** Lower-case. */
  contextKey: string
  values: string[]
  /** The values, and for those with variables the texts that these may stand for. */
  meanings: string[]
  /** Context keys that the entry reads on either side, lower-case. */
  reads: string[]
}

/** The keys that Resource and NotResource elements read, lower-case. */
export function resourceVariables(file: CaseFile): string[] {
  const statements = policiesOf(file).flatMap(({ policy }) => policy.Statement)
  return statements.flatMap(({ Resource = [], NotResource = [] }) => [...Resource, ...NotResource]).flatMap(variablesIn)
}

/** Every entry of every Condition block of a case. */
export function entriesOf(file: CaseFile): Entry[] {
  return policiesOf(file).flatMap(({ policy }) =>
    policy.Statement.flatMap(({ Condition = {} }) =>
      Object.entries(Condition).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => {
          const contextKey = key.toLowerCase()
          return {
            version: policy.Version,
            operator,
            contextKey,
            values,
            meanings: values.flatMap((value) => meaningsOf(value, file)),
            reads: [contextKey, ...values.flatMap(variablesIn)],
          }
        }),
      ),
    ),
  )
}

function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$\{([^},]+)[^}]*\}/g)].flatMap(([, name = '']) =>
    /^[*?$]$/.test(name) ? [] : [name.trim().toLowerCase()],
  )
}

/** A text with a variable stands for what that may be, a tag, the account, the default; in older policies for itself. */
function meaningsOf(text: string, { principal, resource }: CaseFile): string[] {
  if (variablesIn(text).length === 0) return [text]
  const fallback = /'([^']*)'/.exec(text)?.[1]
  const known = [
    text,
    ...Object.values(principal.tags),
    ...Object.values(resource.tags),
    principal.arn.split(':')[4] ?? '',
  ]
  return fallback === undefined ? known : [...known, fallback]
}
