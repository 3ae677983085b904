import type { JsonPlace } from './json-place.ts'

/** Names of the user's own with a text each: tags, an encryption context. Nothing when there is no such place. */
export function readTexts(place: JsonPlace | undefined): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const [name, value] of place?.entries() ?? []) {
    const text = value.text()
    if (text !== undefined) texts.set(name, text)
  }
  return texts
}
