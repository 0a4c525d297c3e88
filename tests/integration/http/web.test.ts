import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../support/server.ts'
import { ask } from './ask.ts'

let root: string
let server: RunningServer
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tandem-web-'))
  await writeFile(join(root, 'outside.txt'), 'not for the web')
  const env = { WEB_DIR: join(root, 'dist'), CORS_ORIGINS: 'https://app.example.org' }
  server = await startServer({ env })
})
afterAll(async () => {
  await server.stop()
  await rm(root, { recursive: true, force: true })
})

async function build(): Promise<void> {
  await mkdir(join(root, 'dist/assets'), { recursive: true })
  await writeFile(join(root, 'dist/index.html'), '<title>app</title>')
  await writeFile(join(root, 'dist/sw.js'), '// worker')
  await writeFile(join(root, 'dist/assets/index-Ab3_x9Zq.js'), '// code')
}

describe('the web page', () => {
  it('[OPS-3] before it is built, a page says how to build it, and building needs no restart', async () => {
    const missing = await ask(`${server.url}/`)
    expect(missing.status).toBe(404)
    expect(missing.text).toContain('npm run build:web')
    await build()
    expect(await ask(`${server.url}/`)).toMatchObject({ status: 200, text: '<title>app</title>' })
  })

  it('[OPS-3] addresses of the app get the page, addresses of files get the file or 404, the API stays the API', async () => {
    await build()
    expect((await ask(`${server.url}/lists/42?x=1`)).text).toBe('<title>app</title>')
    expect((await ask(`${server.url}/assets/index-Ab3_x9Zq.js`)).text).toBe('// code')
    expect(await ask(`${server.url}/assets/gone-Ab3_x9Zq.js`)).toMatchObject({ status: 404 })
    for (const path of ['/api/v2/x', '/api', '/sync', '/metrics/x', '/health']) {
      expect(await ask(`${server.url}${path}`), path).toMatchObject({
        status: 404,
        body: { code: 'no-such-route' },
      })
    }
  })

  it('[API-5] only names with a hash in them are cached for ever', async () => {
    await build()
    const caching = async (path: string) => (await ask(server.url + path)).headers.get('cache-control')
    expect(await caching('/')).toBe('no-store')
    expect(await caching('/sw.js')).toBe('no-cache')
    expect(await caching('/assets/index-Ab3_x9Zq.js')).toBe('public, max-age=31536000, immutable')
  })

  it('[API-7] nothing outside the folder is served, however the address is spelled', async () => {
    await build()
    const spellings = [
      '/../outside.txt',
      '/assets/../../outside.txt',
      '/%2e%2e/outside.txt',
      '/..%2foutside.txt',
      '/..\\outside.txt',
      '//outside.txt',
    ]
    for (const spelling of spellings) {
      expect(await rawGet(spelling), spelling).not.toContain('not for the web')
    }
  })

  it('[API-7][APP-82][Z-07] pages may load and talk to this server only, make no script of text, and be framed by nobody', async () => {
    await build()
    const { headers } = await ask(`${server.url}/`)
    const policy = headers.get('content-security-policy') ?? ''
    const rules = policy.split('; ').map((rule) => rule.replaceAll(/ 'sha256-[^']+'/g, ' of the library'))
    expect(rules).toEqual([
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self' of the library of the library",
      "img-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types tandem-worker',
    ])
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })
})

describe('other origins', () => {
  const preflight = (origin: string) =>
    ask(`${server.url}/api/v1/lists`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    })

  it('[API-6] a configured origin may call the API', async () => {
    const answer = await preflight('https://app.example.org')
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example.org')
    for (const header of ['authorization', 'content-type', 'client-op-id', 'idempotency-key']) {
      expect(answer.headers.get('access-control-allow-headers')).toContain(header)
    }
    const failed = await ask(`${server.url}/api/v1/lists`, { headers: { origin: 'https://app.example.org' } })
    expect(failed.status).toBe(401)
    expect(failed.headers.get('access-control-allow-origin')).toBe('https://app.example.org')
    expect(failed.headers.get('access-control-expose-headers')).toContain('retry-after')
  })

  it('[API-6][Z-04] unless configured, no other origin may, not even by default', async () => {
    const own = await startServer()
    const origin = 'https://app.example.org'
    const headers = { origin, 'access-control-request-method': 'POST' }
    for (const path of ['/api/v1/lists', '/api/v1/links/redeem', '/api/v1/auth/guest-session']) {
      const asked = await ask(`${own.url}${path}`, { method: 'OPTIONS', headers })
      expect(asked.headers.get('access-control-allow-origin'), path).toBeNull()
    }
    await own.stop()
  })

  it('[API-6] any other origin may not, and nobody may send credentials', async () => {
    const answer = await preflight('https://evil.example.org')
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect(
      (await preflight('https://app.example.org')).headers.get('access-control-allow-credentials'),
    ).toBeNull()
  })
})

/** fetch would tidy the address up before sending it. */
function rawGet(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  })
}
