export interface TextPart {
  text: string
  /** Set for a sign that stands for something that cannot be seen: what it is. */
  hidden?: string
}

const hiddenCharacters: Record<string, [sign: string, name: string]> = {
  ' ': ['␣', 'space'],
  '\t': ['⇥', 'tab'],
  '\n': ['⏎', 'line break'],
  '\r': ['␍', 'carriage return'],
  '\u00a0': ['⍽', 'no-break space'],
}
// Spaces at either end or in a row, and every character that draws nothing or turns the direction of writing; also half
// a character, for every half is drawn alike.
const HIDDEN = /^ +| +$| {2,}|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[^\S ]/gu

const codePoint = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/**
 * Takes a tag key or value apart so that what cannot be seen can be shown: `OWNER ` becomes `OWNER` and `␣`. Two keys
 * that differ are never the same parts.
 */
export function visibleParts(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index) })
    for (const character of match[0]) {
      const [sign, name] = hiddenCharacters[character] ?? [codePoint(character), codePoint(character)]
      parts.push({ text: sign, hidden: name })
    }
    end = match.index + match[0].length
  }
  if (end < text.length) parts.push({ text: text.slice(end) })
  return parts
}

/** The same as plain text, for labels of controls; an empty value is `(empty)`. */
export function visibleText(text: string): string {
  return text === ''
    ? '(empty)'
    : visibleParts(text)
        .map((part) => part.text)
        .join('')
}
