import { requestKeys } from './alphabet-context.ts'
import type { CaseFile } from './case-file.ts'
import { type Entry, entriesOf, resourceVariables } from './entries.ts'
import { candidates } from './free-values.ts'

/** A way to fill in what an open case leaves free: the same case with more said about it. */
export type Filling = (file: CaseFile) => CaseFile

/** Context keys that are one fact under several names, with every way in which that fact may be. */
export interface FreeFact {
  /** Lower-case. */
  keys: string[]
  fillings: Filling[]
}

/** The free facts of an open case. Which keys are one fact stands in the documents of both services and of IAM. */
export function freeFacts(file: CaseFile): FreeFact[] {
  const entries = entriesOf(file)
  const read = new Set([...entries.flatMap((entry) => entry.reads), ...resourceVariables(file)])
  const asking = entries.filter(({ operator }) => operator !== 'Null')
  const constants = (...names: string[]) => [
    ...new Set(
      asking.filter(({ reads }) => reads.some((name) => names.includes(name))).flatMap(({ meanings }) => meanings),
    ),
  ]
  const given = new Set(Object.keys(file.context ?? {}).map((name) => name.toLowerCase()))
  const isRead = (...names: string[]) => names.some((name) => read.has(name) && !given.has(name))

  const facts: FreeFact[] = []
  if (isRead('aws:currenttime', 'aws:epochtime')) facts.push(instant(constants('aws:currenttime', 'aws:epochtime')))
  if (isRead('aws:multifactorauthpresent', 'aws:multifactorauthage'))
    facts.push(mfa(constants('aws:multifactorauthage')))
  const isEncrypting =
    file.resource.grants?.some((grant) => grant.constraints) ||
    [...read].some((name) => name.startsWith('kms:encryptioncontext'))
  if (isEncrypting && file.resource.type === 'kms-key') facts.push(encryptionContext(file, entries))
  if (isRead('kms:requestalias')) facts.push(choices('kms:RequestAlias', file.resource.aliases ?? []))
  for (const { name, type, isMultivalued, isAlwaysPresent } of requestKeys) {
    const key = name.toLowerCase()
    if (!isRead(key) || facts.some((fact) => fact.keys.includes(key))) continue
    const values = candidates(type, constants(key))
    const fact = isMultivalued ? sets(name, values) : choices(name, values)
    facts.push(isAlwaysPresent ? { ...fact, fillings: fact.fillings.slice(1) } : fact)
  }
  if (file.principal.sessionTags === 'unknown') facts.push(...sessionTags(file, read, constants))
  if (isSessionNamed(file)) facts.push(sessionName(file))
  return facts
}

const filled =
  (context: NonNullable<CaseFile['context']>): Filling =>
  (file) => ({ ...file, context: { ...file.context, ...context } })

/** Missing first, then with each value. */
function choices(name: string, values: readonly string[]): FreeFact {
  return { keys: [name.toLowerCase()], fillings: [filled({}), ...values.map((value) => filled({ [name]: value }))] }
}

/** Up to three values at a time: no case asks more questions of one key than three values can answer apart. */
function sets(name: string, values: readonly string[]): FreeFact {
  const subsets = values.flatMap((a, i) => [
    [a],
    ...values.slice(i + 1).flatMap((b, j) => [[a, b], ...values.slice(i + j + 2).map((c) => [a, b, c])]),
  ])
  return { keys: [name.toLowerCase()], fillings: [filled({}), ...subsets.map((subset) => filled({ [name]: subset }))] }
}

function instant(constants: string[]): FreeFact {
  const fillings = candidates('date', constants).map((iso) =>
    filled({ 'aws:CurrentTime': iso, 'aws:EpochTime': String(Date.parse(iso) / 1000) }),
  )
  return { keys: ['aws:currenttime', 'aws:epochtime'], fillings }
}

/** How long ago is only known of a sign-in with MFA. */
function mfa(ages: string[]): FreeFact {
  const present = 'aws:MultiFactorAuthPresent'
  const aged = candidates(
    'numeric',
    ages.filter((age) => /^[\d.]+$/.test(age)),
  ).map((age) => filled({ [present]: 'true', 'aws:MultiFactorAuthAge': age }))
  return {
    keys: ['aws:multifactorauthpresent', 'aws:multifactorauthage'],
    fillings: [filled({}), filled({ [present]: 'false' }), filled({ [present]: 'true' }), ...aged],
  }
}

/** One map under many names: names are matched in any case by `kms:EncryptionContext:`, as they are by EncryptionContextKeys' operator. */
function encryptionContext(file: CaseFile, entries: readonly Entry[]): FreeFact {
  const prefix = 'kms:encryptioncontext:'
  const pairs = (file.resource.grants ?? []).flatMap(({ constraints = {} }) =>
    Object.values(constraints).flatMap((map) => Object.entries(map)),
  )
  const asked = entries.filter(({ contextKey }) => contextKey.startsWith(prefix))
  const names = [
    ...new Set([
      ...asked.map(({ contextKey }) => contextKey.slice(prefix.length)),
      ...pairs.map(([name]) => name.toLowerCase()),
    ]),
  ]
  const nameConstants = entries
    .filter(({ contextKey }) => contextKey === 'kms:encryptioncontextkeys')
    .flatMap(({ meanings }) => meanings)
  const spelled = candidates('string', nameConstants).filter((name) => name !== '')

  let maps: Record<string, string>[] = [{}]
  for (const name of names) {
    const constants = [
      ...asked.filter(({ contextKey }) => contextKey === prefix + name).flatMap(({ meanings }) => meanings),
      ...pairs.flatMap(([own, value]) => (own.toLowerCase() === name ? [value] : [])),
    ]
    const spellings = [name, ...spelled.filter((other) => other !== name && other.toLowerCase() === name)]
    const one = spellings.flatMap((spelling) => candidates('string', constants).map((value) => ({ [spelling]: value })))
    maps = maps.flatMap((map) => [map, ...one.map((pair) => ({ ...map, ...pair }))])
  }
  const others = spelled.filter((name) => !names.includes(name.toLowerCase()))
  const more = [
    {},
    ...others.flatMap((a, i) => [
      { [a]: 'q' },
      ...others
        .slice(i + 1)
        .filter((b) => b.toLowerCase() !== a.toLowerCase())
        .map((b) => ({ [a]: 'q', [b]: 'q' })),
    ]),
  ]
  const all = maps.flatMap((map) => more.map((rest) => ({ ...map, ...rest })))
  return {
    keys: ['kms:encryptioncontextkeys', ...names.map((name) => prefix + name)],
    fillings: all.map((map) =>
      filled({
        ...Object.fromEntries(Object.entries(map).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
        ...(Object.keys(map).length > 0 && { 'kms:EncryptionContextKeys': Object.keys(map) }),
      }),
    ),
  }
}

function sessionTags(file: CaseFile, read: ReadonlySet<string>, constants: (name: string) => string[]): FreeFact[] {
  const known = Object.keys(file.principal.tags).map((key) => key.toLowerCase())
  const prefix = 'aws:principaltag/'
  const free = [...read].filter((name) => name.startsWith(prefix) && !known.includes(name.slice(prefix.length)))
  return free.map((name) => {
    const parts = file.resource.arn.split(/[:/-]/)
    const values = candidates('string', [...constants(name), ...Object.values(file.resource.tags), ...parts])
    const carrying = values.map(
      (value): Filling =>
        (open) => ({
          ...open,
          principal: { ...open.principal, tags: { ...open.principal.tags, [name.slice(prefix.length)]: value } },
        }),
    )
    return { keys: [name], fillings: [filled({}), ...carrying] }
  })
}

function isSessionNamed(file: CaseFile): boolean {
  return (
    /^arn:aws:iam::\d+:role\/(?!aws-service-role\/)/.test(file.principal.arn) &&
    JSON.stringify(file.resource).includes(':assumed-role/')
  )
}

/** A role stands for a session of it, and nobody said which. */
function sessionName({ principal }: CaseFile): FreeFact {
  const session = principal.arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')
  const named = ['ada', 'q-fresh'].map(
    (name): Filling =>
      (file) => ({ ...file, principal: { ...file.principal, arn: `${session}/${name}` } }),
  )
  return { keys: [], fillings: named }
}
