import { sentence } from '#components/ui/problem.ts'
import { readTerraform, TERRAFORM_BYTES_MAX, type TerraformResource } from '#lib/terraform.ts'

/** What became of one dropped file. */
export interface FileReading {
  resources: TerraformResource[]
  /** What to show beside the file: the first problem, and how many more there are. */
  problem: string | null
}

/**
 * Reads dropped files here in the browser. A file of 50 MB takes about a second; nothing but what `TerraformResource`
 * holds outlives the reading.
 */
export async function readTerraformFiles(files: readonly File[]): Promise<FileReading[]> {
  const readings: FileReading[] = []
  // One after the other: each is a large text for a moment.
  for (const file of files) readings.push(await readingOf(file))
  return readings
}

async function readingOf(file: File): Promise<FileReading> {
  if (file.size > TERRAFORM_BYTES_MAX) return { resources: [], problem: TOO_LARGE }
  const { resources, problems } = readTerraform(await file.text())
  return { resources, problem: told(problems) }
}

const TOO_LARGE = 'This file is larger than 100 MB, which a browser cannot read well; drop the states of parts of it.'

function told([first, ...others]: string[]): string | null {
  if (first === undefined) return null
  const text = sentence(first.replaceAll('`', ''))
  return others.length === 0 ? text : `${text} ${others.length} more could not be read.`
}
