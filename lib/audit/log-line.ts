import type { LoggedEvent } from '../audit-event.ts'
import type { ChainHead, Checkpoint } from './checkpoint.ts'

export const EXPORT_FORMAT = 'untag-audit'
export const EXPORT_VERSION = 1

/** The first line of an export. */
export interface ExportHeader {
  kind: 'header'
  format: typeof EXPORT_FORMAT
  version: typeof EXPORT_VERSION
  /** Of the key that signed the checkpoints and the last line. */
  publicKey: string
  /** By the clock of the database; every event before this instant is in the file. */
  exportedAt: string
  exportedBy: { id: string; name: string; address: string | null }
  /** Chains that the log has besides, of removals that whoever exported may not see. */
  withoutChains: string[]
}

export type EventLine = { kind: 'event' } & LoggedEvent

/** What ties an event to the one before it. */
export type ChainLink = Pick<LoggedEvent, 'chain' | 'seq' | 'previous' | 'hash'>

/** The place of an event in its chain, where whoever exported may not see what it says. */
export type WithheldLine = { kind: 'withheld' } & ChainLink

/** The last line of an export. */
export interface ExportEnd {
  kind: 'end'
  checkpoints: number
  chains: number
  events: number
  /** SHA-256, hex, of all bytes before this line. */
  digest: string
  signature: string
}

type Shape<Line> = { [Field in keyof Line]: (value: unknown) => boolean }

const text = (value: unknown) => typeof value === 'string'
const textOrNull = (value: unknown) => value === null || text(value)
const count = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0
const exactly = (only: unknown) => (value: unknown) => value === only
const members = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
const listOf = (isMember: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(isMember)
const has =
  <Value>(shape: Shape<Value>) =>
  (value: unknown) =>
    Object.keys(members(value)).join() === Object.keys(shape).join() && fits(shape, members(value))
const fits = <Value>(shape: Shape<Value>, value: Record<string, unknown>) =>
  Object.entries<(value: unknown) => boolean>(shape).every(([field, isRight]) => isRight(value[field]))

const headShape: Shape<ChainHead> = { chain: text, seq: count, hash: text }

export const checkpointShape: Shape<Checkpoint> = {
  kind: exactly('checkpoint'),
  number: count,
  at: text,
  publicKey: text,
  chains: count,
  events: count,
  heads: listOf(has(headShape)),
  previous: text,
  signature: text,
}

export const headerShape: Shape<ExportHeader> = {
  kind: exactly('header'),
  format: exactly(EXPORT_FORMAT),
  version: exactly(EXPORT_VERSION),
  publicKey: text,
  exportedAt: text,
  exportedBy: has({ id: text, name: text, address: textOrNull }),
  withoutChains: listOf(text),
}

export const eventShape: Shape<EventLine> = {
  kind: exactly('event'),
  chain: text,
  seq: count,
  at: text,
  actorId: text,
  actorName: text,
  address: textOrNull,
  action: text,
  resource: textOrNull,
  tagKey: textOrNull,
  valueHash: textOrNull,
  outcome: textOrNull,
  requestId: textOrNull,
  accessKeyId: textOrNull,
  details: textOrNull,
  previous: text,
  hash: text,
}

export const withheldShape: Shape<WithheldLine> = {
  kind: exactly('withheld'),
  chain: text,
  seq: count,
  previous: text,
  hash: text,
}

export const endShape: Shape<ExportEnd> = {
  kind: exactly('end'),
  checkpoints: count,
  chains: count,
  events: count,
  digest: text,
  signature: text,
}

/**
 * Reads a line of a file of ours. Undefined unless it is, to the byte, as it is written there: members in their order, no
 * spaces, one way to spell each letter, so that nothing about a line can be changed unseen.
 */
export function readLine<Line>(shape: Shape<Line>, line: string): Line | undefined {
  const value = parsed(line)
  return has(shape)(value) && JSON.stringify(value) === line ? (value as Line) : undefined
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
