import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import type { AccessAnswer, AccessCase } from './case.ts'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import { readArguments, usage } from './impact-arguments.ts'
import { parseCases } from './parse-case.ts'
import { quoted } from './problem.ts'
import { spelledContextKey } from './reference.ts'

const MEGABYTE = 2 ** 20
/** Room for a million small cases; the file is held in memory as a whole. */
const INPUT_MAX_MB = 256

const exit = { answered: 0, failedOn: 1, malformed: 2 }

// `| head` closes the output early: what was asked for is there, but not every case was answered.
process.stdout.on('error', () => process.exit(exit.malformed))
process.exitCode = await impact(process.argv.slice(2))

async function impact(args: readonly string[]): Promise<number> {
  const wanted = readArguments(args)
  if (wanted === 'help') {
    console.log(usage)
    return exit.answered
  }
  if ('problem' in wanted) return refuse([wanted.problem, 'npm run impact -- --help says more'])
  const input = await readInput(wanted.file)
  if ('problem' in input)
    return refuse([`${wanted.file === '-' ? 'standard input' : quoted(wanted.file)} ${input.problem}`])
  const { cases, problems } = parseCases(input.text)
  if (problems.length > 0) return refuse(problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)))

  let failed = false
  for (const accessCase of cases) {
    const answer = answerTo(accessCase, wanted.context)
    failed ||= answer.effect.some((effect) => wanted.failOn.has(effect))
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) await once(process.stdout, 'drain')
  }
  return failed ? exit.failedOn : exit.answered
}

/** A defect of ours in one case must neither look like safety nor hide the answers to the others. */
function answerTo(accessCase: AccessCase, context: 'open' | 'closed'): AccessAnswer & { sentence?: string } {
  try {
    const answer = decide(accessCase, { context })
    const sentence = explain(accessCase, answer)
    return { ...answer, ...spelledWitness(answer), ...(sentence && { sentence }) }
  } catch (error) {
    const reason = `this is a defect of Untag, please report it: ${error instanceof Error ? error.message : error}`
    console.error(`case ${quoted(accessCase.id)}: ${reason}`)
    return { id: accessCase.id, before: 'unknown', after: 'unknown', effect: ['unknown'], because: [], reason }
  }
}

function spelledWitness({ witness }: AccessAnswer): Pick<AccessAnswer, 'witness'> {
  if (witness === undefined) return {}
  const entries = Object.entries(witness).map(([contextKey, value]) => [spelledContextKey(contextKey), value])
  return { witness: Object.fromEntries(entries) }
}

function refuse(problems: readonly string[]): number {
  for (const problem of problems) console.error(problem)
  return exit.malformed
}

async function readInput(file: string): Promise<{ text: string } | { problem: string }> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of file === '-' ? process.stdin : createReadStream(file)) {
      bytes += chunk.length
      if (bytes > INPUT_MAX_MB * MEGABYTE) return { problem: `is larger than ${INPUT_MAX_MB} MB; split it` }
      chunks.push(chunk)
    }
  } catch (error) {
    return { problem: `cannot be read: ${error instanceof Error ? error.message : error}` }
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)) }
  } catch {
    return { problem: 'is not UTF-8 text; convert it' }
  }
}
