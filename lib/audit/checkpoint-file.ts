import {
  closeSync,
  createReadStream,
  existsSync,
  fdatasyncSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type FileLine, linesOf } from './lines.ts'

/** Where a console keeps its checkpoints: one to a line, only ever appended to. */
export function checkpointFile(folder: string): string {
  return join(folder, 'checkpoints.jsonl')
}

/** Appends a line; it is on the disk when this returns. */
export function appendCheckpoint(folder: string, line: string): void {
  const handle = openSync(checkpointFile(folder), 'a', 0o644)
  try {
    writeFileSync(handle, `${line}\n`)
    fdatasyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** How much of the file is written; lines are written whole, so {@link readCheckpoints} can be told to end here. */
export function checkpointBytes(folder: string): number {
  return existsSync(checkpointFile(folder)) ? statSync(checkpointFile(folder)).size : 0
}

/** The checkpoints from the first on, up to so many bytes of the file. */
export async function* readCheckpoints(folder: string, bytesMax = checkpointBytes(folder)): AsyncGenerator<FileLine> {
  if (bytesMax > 0) yield* linesOf(createReadStream(checkpointFile(folder), { end: bytesMax - 1 }))
}

/** Takes away the beginning of a line that a crash kept from being written: its signature would have come last. */
export function mendCheckpoints(folder: string): void {
  const file = checkpointFile(folder)
  if (!existsSync(file)) return
  const bytes = readFileSync(file)
  const wholeBytes = bytes.lastIndexOf('\n') + 1
  if (wholeBytes < bytes.length) truncateSync(file, wholeBytes)
}
