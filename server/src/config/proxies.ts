import { BlockList, isIP } from 'node:net'
import type { Kind } from './parsers.ts'

/** Which proxies in front are believed when they say who the caller is. */
export type Proxies =
  | { readonly trust: 'none' }
  /** The caller's address is the one that the last so many machines before us were reached through. */
  | { readonly trust: 'hops'; readonly hops: number }
  | { readonly trust: 'addresses'; readonly addresses: readonly string[] }

const MOST_HOPS = 10
const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}
const EXPECTED = `off, the number of proxies (1 to ${MOST_HOPS}), or their addresses separated by commas (10.0.0.0/8, loopback)`

export const proxies: Kind<Proxies> = {
  type: 'off, a number of proxies, or their addresses',
  parse(text) {
    if (text === 'off') return { ok: true, value: { trust: 'none' } }
    if (/^\d{1,2}$/.test(text)) {
      const hops = Number(text)
      if (hops < 1 || hops > MOST_HOPS) return { ok: false, expected: EXPECTED }
      return { ok: true, value: { trust: 'hops', hops } }
    }
    const addresses = text.split(',').map((entry) => entry.trim())
    if (!addresses.every(isNetwork)) return { ok: false, expected: EXPECTED }
    return { ok: true, value: { trust: 'addresses', addresses } }
  },
}

function isNetwork(text: string): boolean {
  if (Object.hasOwn(NAMED, text)) return true
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

/** Whether to believe what the machine at this address says about the one before it; it is so many steps away from us. */
export type IsTrusted = (address: string, steps: number) => boolean

export function isTrusted(setting: Proxies): IsTrusted {
  switch (setting.trust) {
    case 'none':
      return () => false
    case 'hops':
      return (_address, steps) => steps < setting.hops
    case 'addresses': {
      const networks = networksOf(setting.addresses)
      return (address) => {
        const plain = unmapped(address)
        return isIP(plain) !== 0 && networks.check(plain, familyOf(plain))
      }
    }
  }
}

function networksOf(addresses: readonly string[]): BlockList {
  const networks = new BlockList()
  for (const network of addresses.flatMap((entry) => NAMED[entry] ?? [entry])) {
    const [address = '', bits] = network.split('/')
    if (bits === undefined) networks.addAddress(address, familyOf(address))
    else networks.addSubnet(address, Number(bits), familyOf(address))
  }
  return networks
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}

/** An IPv4 address as a socket that listens on both families reports it. */
export function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
