// Which addresses of the network may be connected to from here: those of everybody, none of this house or its provider.
import { BlockList, isIP } from 'node:net'

const kept = new BlockList()
const everybody = new BlockList()

/** What is not everybody's: RFC 6890 and its successors, and one provider's door to its machines. */
const keptNetworks: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  // Metadata of the large providers lives here.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Multicast, the reserved rest, and broadcast.
  ['224.0.0.0', 3],
  // Tunnels and translations, which carry an IPv4 address inside; and what documents and benchmarks use.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
]
for (const [network, bits] of keptNetworks) kept.addSubnet(network, bits, familyOf(network))

// All that is handed out of IPv6. Outside lie loopback, link-local, the private ones, multicast, and IPv4 written as IPv6.
everybody.addSubnet('2000::', 3, 'ipv6')

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}

/** Whether an address, as a resolver answers it, is reachable by everybody. Whatever is no address is not. */
export function isPublic(address: string): boolean {
  // A zone (`fe80::1%eth0`) names a wire of this machine.
  if (isIP(address) === 0 || address.includes('%')) return false
  const family = familyOf(address)
  return (family === 'ipv4' || everybody.check(address, family)) && !kept.check(address, family)
}

/** Whether a host, as an address names it, is this machine. */
export function isHere(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || isOwn(host)
}

/** Whether a host can be seen to be of the house before its name is looked up: a number that is not everybody's, or a name that means something inside only. */
export function isInside(host: string): boolean {
  if (isIP(host) > 0) return !isPublic(host)
  return isHere(host) || !host.includes('.') || /\.(local|internal|home\.arpa)$/.test(host)
}

/** Whether an address is this machine's own. */
export function isOwn(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))
}
