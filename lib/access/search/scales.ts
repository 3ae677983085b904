import { dateValue, numberValue } from '../values.ts'
import { addressesAround } from './addresses.ts'
import type { Demands } from './demands.ts'
import { pointsAround } from './intervals.ts'

/** What operators compare by something else than the text. */
export const scales = ['numbers', 'dates', 'blocks'] as const

export type Scale = (typeof scales)[number]

/** Texts for every region into which the demands part a scale. Literals part it as well, for each is one text alone; numbers and dates are among them. */
export const textsOnScale: Record<Scale, (demands: Demands, contextKey: string) => readonly string[]> = {
  numbers: (demands, contextKey) =>
    pointsAround(readLiterals(demands, numberValue), least[contextKey]).flatMap(numberTexts),
  // In seconds, for aws:EpochTime has no parts of one.
  dates: (demands, contextKey) =>
    pointsAround(readLiterals(demands, dateValue).map((milliseconds) => milliseconds / 1000)).map(
      contextKey === 'aws:epochtime' ? decimal : dateText,
    ),
  blocks: ({ blocks, literals, folded }) => addressesAround([...blocks, ...literals, ...folded]),
}

/** The least value of keys that cannot be negative. IAM User Guide, "AWS global condition context keys". */
const least: Readonly<Record<string, number>> = { 'aws:multifactorauthage': 0 }

function readLiterals({ literals, folded }: Demands, read: (text: string) => number | undefined): number[] {
  const values = [...literals, ...folded].map((text) => read(text) ?? Number.NaN)
  return values.filter(Number.isFinite)
}

/** Two spellings of a number, for a literal is but one of them. */
function numberTexts(number: number): string[] {
  const text = decimal(number)
  return [text, text.includes('.') ? `${text}0` : `${text}.0`]
}

/** Without exponent, which AWS does not mention. */
function decimal(number: number): string {
  if (Number.isInteger(number)) return BigInt(number).toString()
  const text = String(number)
  return text.includes('e') ? number.toFixed(100) : text
}

// Only these years have the four digits of ISO 8601; other moments are written in seconds, which is as well known.
const FIRST_SECOND = 0
const LAST_SECOND = Date.UTC(9999, 11, 31) / 1000

function dateText(seconds: number): string {
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) return decimal(seconds)
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
