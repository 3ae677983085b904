import { dateValue, numberValue } from '../values.ts'
import { addressesAround } from './addresses.ts'
import type { Demands } from './demands.ts'
import { pointsAround } from './intervals.ts'

/** What operators compare by something else than the text. */
export const scales = ['numbers', 'dates', 'blocks'] as const

export type Scale = (typeof scales)[number]

/** Texts for every region into which the demands part a scale. Literals part it as well, for each is one text alone. */
export const textsOnScale: Record<Scale, (demands: Demands, contextKey: string) => readonly string[]> = {
  numbers: (demands, contextKey) =>
    pointsAround([...demands.numbers, ...readLiterals(demands, numberValue)], least[contextKey]).flatMap(numberTexts),
  dates: (demands, contextKey) => {
    const seconds = [...demands.numbers].map((number) => number * 1000)
    const points = pointsAround([...demands.dates, ...seconds, ...readLiterals(demands, dateValue)])
    return points.map(contextKey === 'aws:epochtime' ? secondsText : dateText)
  },
  blocks: ({ blocks, literals }) => addressesAround([...blocks, ...literals]),
}

/** The least value of keys that cannot be negative. IAM User Guide, "AWS global condition context keys". */
const least: Readonly<Record<string, number>> = { 'aws:multifactorauthage': 0 }

function readLiterals({ literals }: Demands, read: (text: string) => number | undefined): number[] {
  return [...literals].map(read).filter((value) => value !== undefined && Number.isFinite(value)) as number[]
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

const secondsText = (milliseconds: number) => decimal(milliseconds / 1000)

// Only these years have the four digits of ISO 8601; other moments are written in seconds, which is as well known.
const FIRST_MS = 0
const LAST_MS = Date.UTC(9999, 11, 31)

function dateText(milliseconds: number): string {
  if (milliseconds < FIRST_MS || milliseconds > LAST_MS) return secondsText(milliseconds)
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z')
}
