import { isIP } from 'node:net'
import type { Kind } from './parsers.ts'

/** Which proxies in front are believed when they say who the caller is. */
export type Proxies =
  | { readonly trust: 'none' }
  /** The caller's address is the one that the last so many machines before us were reached through. */
  | { readonly trust: 'hops'; readonly hops: number }
  | { readonly trust: 'addresses'; readonly addresses: readonly string[] }

const MOST_HOPS = 10
const NAMES = new Set(['loopback', 'linklocal', 'uniquelocal'])
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
  if (NAMES.has(text)) return true
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

/** As Fastify takes it: whether to believe what the machine at this address says, which is so many steps away from us. */
export function trustProxy(
  setting: Proxies,
): false | string[] | ((address: string, steps: number) => boolean) {
  switch (setting.trust) {
    case 'none':
      return false
    case 'hops':
      return (_address, steps) => steps < setting.hops
    case 'addresses':
      return [...setting.addresses]
  }
}
