import { readFileSync } from 'node:fs'
import { createClient } from '@tandem/client-sdk'
import { expect, it } from 'vitest'
import { SETTINGS } from '../../../server/src/config/settings.ts'
import { until } from '../../support/until.ts'

const documentNames = [
  'README.md',
  'docs/operations.md',
  'docs/security.md',
  'docs/protocol.md',
  'docs/SPEC.md',
]
const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

it('[Z-03] the printed proxy ends TLS, asks browsers to stay with it, and passes sockets on', () => {
  const [, proxy = ''] = /```nginx\n([\s\S]*?)```/.exec(read('docs/operations.md')) ?? []
  expect(proxy).toMatch(/listen 443 ssl;/)
  expect(proxy).toMatch(/Strict-Transport-Security "max-age=\d{8}/)
  expect(proxy).toMatch(/return 301 https:/)
  expect(proxy).toMatch(/proxy_set_header Upgrade \$http_upgrade;/)
})

it('[Z-03] the SDK opens its socket over TLS where the server’s address is https', async () => {
  const opened: string[] = []
  const client = createClient({
    url: 'https://lists.example.org',
    token: `x.${Buffer.from('{"sub":"anna-17"}').toString('base64url')}.x`,
    storage: 'memory',
    fetch: () => Promise.reject(new Error('no network')),
    openSocket: (url) => {
      opened.push(url)
      throw new Error('no network')
    },
  })
  client.lists.open('11111111-1111-4111-8111-111111111111')
  await until(() => opened.length > 0)
  await client.close()
  expect(opened[0]).toBe('wss://lists.example.org/sync')
})

it('[TOOL-11][CFG-1] every setting that the documents name is one', () => {
  const known = new Set<string>(Object.values(SETTINGS).map(({ env }) => env))
  const looksLikeOne = /`([A-Z]+(?:_[A-Z]+)+)\b[^`]*`/g
  const named = documentNames.flatMap((name) =>
    [...read(name).matchAll(looksLikeOne)].map(([, env]) => env ?? ''),
  )
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((env) => !known.has(env))).toEqual([])
})
