import type { Members } from './kept-items.ts'

const bitsOfByte = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length)

/** How many of these resources are kept; null: all of them are. */
export function countKept(members: Members, kept: Members | null): number {
  let count = 0
  for (let at = 0; at < members.length; at++) {
    const byte = members[at] ?? 0
    count += bitsOfByte[kept === null ? byte : byte & (kept[at] ?? 0)] ?? 0
  }
  return count
}
