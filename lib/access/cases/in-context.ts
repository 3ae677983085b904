import type { AccessCase } from '../case.ts'
import type { Witness } from './witness.ts'

type Answered = Readonly<Record<string, string | readonly string[] | null>>

/** The witness of an answer; a key that must be absent is left out. */
export function witnessOf(answered: Answered): Witness {
  return new Map(
    Object.entries(answered).flatMap(([name, values]) =>
      values === null ? [] : [[name.toLowerCase(), typeof values === 'string' ? [values] : values]],
    ),
  )
}

/** The same question in the context of the witness. Session tags and the session's name belong to the principal. */
export function inContext(question: AccessCase, witness: Witness): AccessCase {
  const tags = new Map(question.principal.tags)
  const context = new Map(question.context)
  let { arn } = question.principal
  for (const [name, values] of witness) {
    const [value = ''] = values
    if (name.startsWith('aws:principaltag/')) tags.set(name.slice('aws:principaltag/'.length), value)
    else if (name === 'aws:userid') arn = sessionArn(arn, value.slice(value.indexOf(':') + 1))
    else context.set(name, values)
  }
  return { ...question, principal: { ...question.principal, arn, tags }, context }
}

const sessionArn = (roleArn: string, name: string): string =>
  roleArn.replace(/^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/, `arn:$1:sts::$2:assumed-role/$3/${name}`)
