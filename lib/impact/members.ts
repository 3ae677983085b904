// Sets of resources by ordinal. Bit n is byte n >> 3, bit n & 7 from the least significant: as PostgreSQL's get_bit counts.

/** An empty set with room for so many ordinals. */
export function noMembers(count: number): Uint8Array {
  return new Uint8Array(Math.ceil(count / 8))
}

/** Adds an ordinal. */
export function addMember(members: Uint8Array, ordinal: number): void {
  members[ordinal >> 3] = (members[ordinal >> 3] ?? 0) | (1 << (ordinal & 7))
}

/** Takes these ordinals out; tells whether any was in. */
export function dropMembers(members: Uint8Array, ordinals: readonly number[]): boolean {
  let dropped = false
  for (const ordinal of ordinals) {
    if (!hasMember(members, ordinal)) continue
    dropped = true
    members[ordinal >> 3] = (members[ordinal >> 3] ?? 0) & ~(1 << (ordinal & 7))
  }
  return dropped
}

/** Whether an ordinal is among them. */
export function hasMember(members: Uint8Array, ordinal: number): boolean {
  return ((members[ordinal >> 3] ?? 0) & (1 << (ordinal & 7))) !== 0
}

/** Adds all of the second set to the first. */
export function addMembers(members: Uint8Array, added: Uint8Array): void {
  for (const [at, byte] of added.entries()) members[at] = (members[at] ?? 0) | byte
}

/** The ordinals, ascending. */
export function* ordinalsOf(members: Uint8Array): Generator<number> {
  for (let at = 0; at < members.length; at++) {
    for (let byte = members[at] ?? 0; byte !== 0; byte &= byte - 1) yield at * 8 + (31 - Math.clz32(byte & -byte))
  }
}
