import { expect, it } from 'vitest'
import { baseOf, mayUseCookie } from '../../../server/src/accounts/origin.ts'
import { withoutSecrets } from '../../../server/src/accounts/without-secrets.ts'

const PUBLIC = 'https://lists.example.org'
const host = 'lists.example.org'
const post = (headers: Record<string, string>) => ({ method: 'POST', headers: { host, ...headers } })

it('[IDENT-6] a cookie counts for pages of this server and for programs', () => {
  const own = [
    {},
    { origin: PUBLIC },
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: 'null', 'sec-fetch-site': 'same-origin' },
  ]
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'https://lists.example.org.evil.example' },
    { origin: 'https://sister.example.org', 'sec-fetch-site': 'same-site' },
    { origin: 'https://lists.example.org:8443' },
    { origin: 'null' },
    { origin: 'not an origin' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]
  for (const publicUrl of [PUBLIC, null]) {
    for (const headers of own)
      expect([headers, mayUseCookie(post(headers), publicUrl)]).toEqual([headers, true])
    for (const headers of foreign)
      expect([headers, mayUseCookie(post(headers), publicUrl)]).toEqual([headers, false])
  }
  expect(mayUseCookie({ method: 'GET', headers: { host, origin: 'https://evil.example' } }, null)).toBe(true)
})

it('[IDENT-6] behind a proxy the public address is ours, whatever host the proxy asks for', () => {
  const proxied = { method: 'POST', headers: { host: '10.0.0.1:4000', origin: PUBLIC } }
  expect([mayUseCookie(proxied, PUBLIC), mayUseCookie(proxied, null)]).toEqual([true, false])
  expect(baseOf(proxied, PUBLIC)).toBe(PUBLIC)
  expect(baseOf(post({ origin: 'https://evil.example' }), PUBLIC)).toBe(PUBLIC)
  expect(baseOf(post({ origin: 'https://evil.example' }), null)).toBe(`http://${host}`)
})

it('[IDENT-5] what opens a session is taken out of an answer, however deep it stands', () => {
  const answer = {
    token: 't',
    user: { id: 'u' },
    session: { id: 's', token: 't' },
    more: [{ token: 't', n: 1 }],
  }
  expect(withoutSecrets(answer)).toEqual({ user: { id: 'u' }, session: { id: 's' }, more: [{ n: 1 }] })
  expect(withoutSecrets(null)).toBeNull()
})
