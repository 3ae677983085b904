import { isRecord } from '../constraints.ts'
import type { Document } from '../evaluation/facts.ts'

// Thousands of resources share few texts; a run that writes ever new ones must not grow for ever.
const parsedMax = 20_000
const parsed = new Map<string, Document>()

/** The document of a policy's text, parsed once. @throws SyntaxError for a text that was never let in */
export function documentOf(text: string): Document {
  const known = parsed.get(text)
  if (known) return known
  if (parsed.size >= parsedMax) parsed.clear()
  const document: Document = JSON.parse(text)
  parsed.set(text, document)
  return document
}

/** Whether the text can be a policy: a JSON object with statements that have an effect. */
export function isPolicyDocument(text: string): boolean {
  const document = parse(text)
  if (!isRecord(document)) return false
  const statements = [document.Statement].flat()
  return (
    statements.length > 0 && statements.every((each) => isRecord(each) && /^(Allow|Deny)$/.test(String(each.Effect)))
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
