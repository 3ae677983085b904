import { BlockList, isIP } from 'node:net'

/**
 * Whether an address lies in a range: CIDR, or a single address.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export function addressInRange(address: string, range: string): boolean {
  const [network = '', prefix] = range.split('/')
  const family = familyOf(network)
  if (!family || family !== familyOf(address)) return false
  const bits = family === 'ipv4' ? 32 : 128
  const length = prefix === undefined ? bits : Number(prefix)
  if (!Number.isInteger(length) || length < 0 || length > bits) return false
  const ranges = new BlockList()
  ranges.addSubnet(network, length, family)
  return ranges.check(address, family)
}

/** Whether it is an IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0
}

function familyOf(text: string): 'ipv4' | 'ipv6' | undefined {
  return ({ 4: 'ipv4', 6: 'ipv6' } as const)[isIP(text)]
}
