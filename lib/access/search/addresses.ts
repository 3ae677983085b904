import ipaddr from 'ipaddr.js'
import { networkOf } from '../values.ts'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** Documentation addresses, for they read as what they are; then the lowest of each kind. @see RFC 5737, RFC 3849 */
const everywhere = ['203.0.113.7', '198.51.100.7', '2001:db8::7', '0.0.0.0', '::']

/**
 * Addresses that hit every region into which the blocks (`10.0.0.0/8`, or a single address) part IPv4 and IPv6: the
 * first of each block and the one after its last. What is no block parts nothing.
 */
export function addressesAround(blocks: readonly string[]): string[] {
  const edges = blocks.flatMap((block) => {
    const network = networkOf(block)
    if (!network) return []
    const after = next(...network)
    return after ? [first(...network), after] : [first(...network)]
  })
  return [...new Set([...everywhere, ...edges])]
}

/** The first address of the block, as text. */
function first(address: Address, prefixLength: number): string {
  return textOf(numberOf(address) & ~hostBits(address, prefixLength), address)
}

/** The address after the block's last, as text; none after the last of all. */
function next(address: Address, prefixLength: number): string | undefined {
  const after = (numberOf(address) | hostBits(address, prefixLength)) + 1n
  return after >> BigInt(address.toByteArray().length * 8) ? undefined : textOf(after, address)
}

const hostBits = (address: Address, prefixLength: number) =>
  (1n << BigInt(address.toByteArray().length * 8 - prefixLength)) - 1n

const numberOf = (address: Address) => address.toByteArray().reduce((number, byte) => (number << 8n) | BigInt(byte), 0n)

function textOf(number: bigint, like: Address): string {
  const bytes = like.toByteArray().map((_, i, { length }) => Number((number >> BigInt(8 * (length - 1 - i))) & 0xffn))
  return like instanceof ipaddr.IPv4 ? new ipaddr.IPv4(bytes).toString() : new ipaddr.IPv6(bytes).toString()
}
