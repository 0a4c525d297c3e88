import type { IncomingMessage } from 'node:http'
import { isIPv4, isIPv6 } from 'node:net'
import { type IsTrusted, unmapped } from '../config/proxies.ts'

/** The caller's address: as far back as those in between are believed. */
export function callerOf(
  { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
  isTrusted: IsTrusted,
): string {
  const claimed = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '')
  let address = socket.remoteAddress ?? ''
  for (let steps = 0; isTrusted(address, steps); steps++) {
    const before = claimed.pop()
    if (before === undefined) break
    address = before
  }
  return address
}

/**
 * What stands for a caller's place on the network when requests are counted. An IPv6 customer is given a whole /64 and could
 * otherwise come from a new address each time.
 */
export function placeOf(address: string): string {
  const plain = unmapped(address)
  if (isIPv4(plain) || !isIPv6(plain)) return plain
  return `${fullGroups(plain).slice(0, 4).join(':')}::/64`
}

/** The eight groups of an IPv6 address, without leading zeros. */
function fullGroups(address: string): string[] {
  const [bare = ''] = address.split('%', 1)
  const [head = '', tail] = bare.toLowerCase().split('::', 2)
  const left = groupsOf(head)
  const right = tail === undefined ? [] : groupsOf(tail)
  const gap = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...gap, ...right]
}

function groupsOf(part: string): string[] {
  return part === '' ? [] : part.split(':').map((group) => group.replace(/^0+(?=.)/, ''))
}
