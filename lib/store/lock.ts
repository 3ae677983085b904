import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ExpectedError } from '../errors.ts'

/** The variable that names another folder of this kind. */
const variables = { data: 'UNTAG_DATA', audit: 'UNTAG_AUDIT' }

/**
 * Takes a folder for this process alone and returns what releases it. The lock is one of the kernel's, held through
 * an SQLite file, so it ends with the process however that dies. Keep the returned function: when it is
 * garbage-collected, the lock goes with it. Not for network file systems.
 *
 * @throws ExpectedError `dataFolderInUse`, naming the process that holds it
 */
export function lockFolder(folder: string, kind: keyof typeof variables): () => void {
  const file = `${folder}.lock`
  mkdirSync(dirname(file), { recursive: true })
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec('begin exclusive')
  } catch (cause) {
    database.close()
    throw new ExpectedError(
      'dataFolderInUse',
      `the ${kind} folder \`${folder}\` is in use by ${holder(file)}; stop it, or set ${variables[kind]} to another folder`,
      { cause },
    )
  }
  // In a file of its own: reading the lock file itself would release the kernel's lock on it.
  writeFileSync(`${file}.pid`, String(process.pid))
  return () => {
    rmSync(`${file}.pid`, { force: true })
    database.close()
  }
}

function holder(file: string): string {
  try {
    return `process ${readFileSync(`${file}.pid`, 'utf8')}`
  } catch {
    return 'another process'
  }
}
