import { describe, expect, it } from 'vitest'
import { isTrusted, proxies } from '../../../server/src/config/proxies.ts'
import { callerOf, placeOf } from '../../../server/src/http/address.ts'

describe('where a caller is', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
    ['not an address', 'not an address'],
  ])('[GUARD-3] %s counts as %s', (address, place) => {
    expect(placeOf(address)).toBe(place)
  })

  it.each([
    ['off', { trust: 'none' }],
    ['2', { trust: 'hops', hops: 2 }],
    ['10.0.0.0/8, loopback', { trust: 'addresses', addresses: ['10.0.0.0/8', 'loopback'] }],
    ['fd00::/8', { trust: 'addresses', addresses: ['fd00::/8'] }],
  ])('[GUARD-4] TRUST_PROXY=%s is understood', (text, value) => {
    expect(proxies.parse(text)).toEqual({ ok: true, value })
  })

  it.each(['on', 'true', '0', '11', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0', '*', 'fd00::/129', ','])(
    '[GUARD-4] TRUST_PROXY=%s is refused: nobody means to believe everybody',
    (text) => {
      expect(proxies.parse(text)).toMatchObject({ ok: false })
    },
  )

  const asked = (remoteAddress: string, forwarded?: string) =>
    ({
      socket: { remoteAddress },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    }) as Parameters<typeof callerOf>[0]

  it.each([
    ['off', '10.0.0.1', '203.0.113.7', '10.0.0.1'],
    ['1', '10.0.0.1', 'forged, 203.0.113.7', '203.0.113.7'],
    ['2', '10.0.0.1', 'forged, 203.0.113.7, 10.0.0.2', '203.0.113.7'],
    ['2', '10.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['1', '10.0.0.1', undefined, '10.0.0.1'],
    ['loopback', '::ffff:127.0.0.1', 'forged, 203.0.113.7', '203.0.113.7'],
    ['loopback', '192.0.2.9', '203.0.113.7', '192.0.2.9'],
    ['10.0.0.0/8', '10.1.2.3', 'forged, 203.0.113.7, 10.9.9.9', '203.0.113.7'],
    ['uniquelocal', 'fd12::1', '203.0.113.7', '203.0.113.7'],
    ['loopback', '127.0.0.1', 'not an address', 'not an address'],
  ])(
    '[GUARD-4] with TRUST_PROXY=%s, from %s, forwarded for %s: the caller is %s',
    (text, from, forwarded, caller) => {
      const parsed = proxies.parse(text)
      if (!parsed.ok) throw new Error(parsed.expected)
      expect(callerOf(asked(from, forwarded), isTrusted(parsed.value))).toBe(caller)
    },
  )
})
