import { createReadStream, readFileSync } from 'node:fs'
import { linesOf } from './lines.ts'
import { publicKeyOfPem } from './public-key.ts'
import { readArguments, usage, type VerifyArguments } from './verify-audit-arguments.ts'
import { type ExportVerdict, verifyExport } from './verify-export.ts'

// This command, and all that it imports, needs nothing but Node: an auditor may run it where nothing is installed.

const exit = { unchanged: 0, changed: 1, unreadable: 2 }

const fileProblems: Partial<Record<string, string>> = {
  ENOENT:
    'there is no such file: look at its path; an export is saved on the page “Audit log”, by “Signed log as JSONL”',
  EISDIR: 'this is a folder: name the file in it',
  EACCES: 'you may not read this file: take a copy that is yours',
}

const steps = [
  'Keep this file as it is. Save the log anew from the console, and verify that: if it is whole, this copy was changed.',
  'If it is not, the log itself was: keep the database and the folder of the checkpoints, and press “Verify now” on the page “Audit log”.',
  'Checkpoints that were kept elsewhere (--checkpoints) show which events were changed, and since when.',
]

const wanted = readArguments(process.argv.slice(2))
if (wanted === 'help') console.log(usage)
else if ('problem' in wanted) refuse(`${wanted.problem}; npm run verify-audit -- --help says more`)
else await verify(wanted)

async function verify({ file, checkpoints, keys }: VerifyArguments): Promise<void> {
  try {
    const copies = checkpoints.map((name) => ({ name: `\`${name}\``, lines: linesOf(bytesOf(name)) }))
    const verdict = await verifyExport(linesOf(bytesOf(file)), copies, keys.map(readKey))
    if (!verdict) return refuse(`\`${file}\` is no export of an audit log: its first line is not that of one`)
    console.log(report(file, verdict, keys.length > 0))
    process.exitCode = verdict.findings.length > 0 ? exit.changed : exit.unchanged
  } catch (error) {
    refuse(problemOf(error))
  }
}

/** Opened when it is read, so that a file that is not there is told where the reader waits for it. */
async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file)
}

function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, path } = error as NodeJS.ErrnoException
  const known = fileProblems[code ?? '']
  return known ? `${path === undefined ? '' : `\`${path}\`: `}${known}` : error.message
}

function readKey(file: string): string {
  const key = publicKeyOfPem(readFileSync(file, 'utf8'))
  if (key === undefined) throw new Error(`\`${file}\` holds no Ed25519 key in PEM`)
  return key
}

function report(
  file: string,
  { header, events, chains, checkpoints, findings, notes }: ExportVerdict,
  isKeyTrusted: boolean,
): string {
  const list = (sentences: readonly string[]) => sentences.map((sentence) => `  - ${sentence}`)
  return [
    `${file}: events ${events}, chains ${chains}, checkpoints ${checkpoints}.`,
    `Taken at ${header.exportedAt} by ${header.exportedBy.name}, signed with the key ${header.publicKey}.`,
    ...(findings.length > 0
      ? [
          '',
          'NOT AS IT WAS WRITTEN:',
          ...list(findings.map(({ message }) => message)),
          '',
          'What to do:',
          ...list(steps),
        ]
      : [
          '',
          `Whole, in order, and as it was signed${isKeyTrusted ? '' : ', by a key for which only the file itself vouches'}.`,
        ]),
    '',
    'What this cannot tell:',
    ...list(notes),
  ].join('\n')
}

function refuse(problem: string): void {
  console.error(problem)
  process.exitCode = exit.unreadable
}
