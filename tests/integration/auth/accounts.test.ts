import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../../support/postgres.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { ask } from '../http/ask.ts'
import { PASSWORD, Page } from './page.ts'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
}, 60_000)
afterAll(() => server?.stop())

const attributes = (line: string): string[] => line.split(';').map((part) => part.trim().toLowerCase())

describe('built-in accounts', () => {
  it('[IDENT-5] signing up, in and out: the cookie is for this server alone, and scripts never see what opens a session', async () => {
    const page = new Page(server.url)
    const up = await page.signUp('ann@example.org', 'Ann')
    expect(up.status).toBe(200)
    const [cookie = ''] = up.headers.getSetCookie()
    expect(attributes(cookie)).toEqual(expect.arrayContaining(['httponly', 'samesite=lax', 'path=/']))
    // Plain http here; see the test with an https address.
    expect(attributes(cookie)).not.toContain('secure')
    const secret = decodeURIComponent([...page.cookies.values()][0] ?? '').split('.')[0] ?? ''
    expect(secret.length).toBeGreaterThan(20)

    const token = await page.token()
    expect((await page.send('/lists', { token })).status).toBe(200)
    await page.account('/get-session', undefined, 'GET')
    await page.account('/update-user', { name: 'Ann B' })
    await page.account('/sign-out')
    expect(page.cookies.size).toBe(0)
    await page.signIn('ann@example.org')
    await page.account('/change-password', { currentPassword: PASSWORD, newPassword: `${PASSWORD}!` })
    for (const body of page.seen) {
      expect(body).not.toContain(secret)
      expect(body).not.toContain(decodeURIComponent([...page.cookies.values()][0] ?? '?').split('.')[0])
    }
    const tokens = page.seen.filter((body) => body.includes('"token"'))
    expect(tokens).toHaveLength(1)
    const { expiresAt } = JSON.parse(tokens[0] ?? '{}') as { expiresAt: string }
    const minutes = (Date.parse(expiresAt) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(13)
    expect(minutes).toBeLessThanOrEqual(15)
  })

  it('[IDENT-5] an id of ours, the same in accounts and everywhere else; the address counts only once it is confirmed', async () => {
    const page = new Page(server.url)
    await page.signUp('ida@example.org', 'Ida')
    const answer = await page.send('/auth/token', { method: 'POST' })
    expect(answer.body).toMatchObject({ user: { name: 'Ida', email: null, kind: 'account' } })
    expect(await page.userId()).toMatch(/^u_[0-9A-Za-z]{12}$/)
  })

  it('[IDENT-5] no page gets a token without the cookie, with a forged one, or after signing out', async () => {
    const page = new Page(server.url)
    expect((await page.send('/auth/token', { method: 'POST' })).status).toBe(401)
    await page.signUp('cy@example.org')
    const stolen = new Map(page.cookies)
    page.cookies.set('tandem.session_token', `${page.cookies.get('tandem.session_token')}x`)
    expect((await page.send('/auth/token', { method: 'POST' })).status).toBe(401)
    for (const [name, value] of stolen) page.cookies.set(name, value)
    await page.token()
    await page.account('/sign-out')
    for (const [name, value] of stolen) page.cookies.set(name, value)
    expect((await page.send('/auth/token', { method: 'POST' })).status).toBe(401)
  })

  it('[IDENT-5] failures are answered in the form of all others, and say nothing about who has an account', async () => {
    const page = new Page(server.url)
    await page.signUp('eve@example.org')
    const wrong = await new Page(server.url).signIn('eve@example.org', 'wrong password')
    const nobody = await new Page(server.url).signIn('nobody@example.org', 'wrong password')
    expect(wrong.status).toBe(401)
    expect(wrong.headers.get('content-type')).toContain('application/problem+json')
    expect(wrong.body).toMatchObject({ code: 'sign-in-failed', reason: 'INVALID_EMAIL_OR_PASSWORD' })
    expect(wrong.text).toBe(nobody.text)
    const again = await page.signUp('eve@example.org')
    expect([again.status, again.body]).toEqual([409, expect.objectContaining({ code: 'account-exists' })])
    const short = await page.signUp('short@example.org', 'S', 'short')
    expect([short.status, short.body]).toEqual([
      400,
      expect.objectContaining({ reason: 'PASSWORD_TOO_SHORT' }),
    ])
    for (const name of ['', ' ', 'a\u0000b', 'x'.repeat(81)])
      expect((await page.signUp(`n${name.length}@example.org`, name)).status).toBe(400)
  })

  it('[IDENT-5] without a mail server every way in that needs one says so', async () => {
    const page = new Page(server.url)
    for (const path of ['/sign-in/magic-link', '/request-password-reset', '/send-verification-email']) {
      const answer = await page.account(path, { email: 'ann@example.org' })
      expect([path, answer.status, answer.body]).toEqual([
        path,
        403,
        expect.objectContaining({ code: 'mail-off' }),
      ])
    }
    const methods = await page.send('/auth/methods')
    // On an address that is a number browsers offer no passkeys.
    expect(methods.body).toEqual({ guests: true, accounts: true, emailLinks: false, passkeys: false })
    const byName = await ask(`http://localhost:${server.port}/api/v1/auth/methods`)
    expect(byName.body).toMatchObject({ passkeys: true })
  })

  it('[IDENT-5] what is not offered does not exist', async () => {
    const page = new Page(server.url)
    await page.signUp('dan@example.org')
    const paths = [
      '/list-sessions',
      '/revoke-session',
      '/delete-user',
      '/change-email',
      '/sign-in/social',
      '/ok',
    ]
    for (const path of [...paths, '/sign-in/guest', '/..%2ftoken', '/set-password', '/error', '']) {
      for (const method of ['GET', 'POST']) {
        const answer = await page.account(path, method === 'POST' ? {} : undefined, method)
        expect([path, method, answer.status < 500 && answer.status >= 400]).toEqual([path, method, true])
      }
    }
    expect((await page.account('/sign-in/email', undefined, 'GET')).status).toBe(404)
  })
})

describe('requests from pages of others', () => {
  it('[IDENT-6] the cookie does not count for them, neither for a token nor for anything else', async () => {
    const page = new Page(server.url)
    await page.signUp('flo@example.org')
    const origins = [
      'https://evil.example',
      `http://127.0.0.1:${server.port + 1}`,
      `http://localhost:${server.port}`,
      'null',
    ]
    for (const origin of origins) {
      const foreign = new Page(server.url, origin)
      for (const [name, value] of page.cookies) foreign.cookies.set(name, value)
      expect([origin, (await foreign.send('/auth/token', { method: 'POST' })).status]).toEqual([origin, 401])
      for (const path of [
        '/sign-out',
        '/update-user',
        '/change-password',
        '/sign-in/email',
        '/sign-up/email',
      ]) {
        const answer = await foreign.account(path, {
          name: 'Evil',
          email: 'x@example.org',
          password: PASSWORD,
        })
        expect([origin, path, answer.body]).toEqual([
          origin,
          path,
          expect.objectContaining({ code: 'origin-refused' }),
        ])
      }
      const out = await foreign.send('/auth/sign-out-everywhere', { method: 'POST' })
      expect(out.status).toBe(401)
    }
    await page.token()
    const cookie = page.cookieHeader()
    const noOrigin = (site: string) =>
      ask(`${server.url}/api/v1/auth/token`, {
        method: 'POST',
        headers: { ...cookie, 'sec-fetch-site': site },
      })
    expect((await noOrigin('cross-site')).status).toBe(401)
    expect((await noOrigin('same-site')).status).toBe(401)
    expect((await noOrigin('same-origin')).status).toBe(200)
  })

  it('[IDENT-6] a cookie opens nothing but /auth: no list can be read or changed with it', async () => {
    const page = new Page(server.url)
    await page.signUp('gil@example.org')
    expect((await page.send('/lists')).status).toBe(401)
    expect((await page.send('/lists', { json: { title: 'x' } })).status).toBe(401)
  })
})

describe('guests of this server’s own pages', () => {
  it('[IDENT-12] a name gives a session by cookie; coming back gives the same person', async () => {
    const page = new Page(server.url)
    const first = await page.send('/auth/guest-session', { json: { name: 'Gus' } })
    expect(first.body).toMatchObject({ user: { name: 'Gus', email: null, kind: 'guest' } })
    const id = (first.body as { user: { id: string } }).user.id
    expect(await page.userId()).toBe(id)
    expect(attributes(first.headers.getSetCookie()[0] ?? '')).toContain(`max-age=${365 * 86_400}`)
    await page.account('/sign-out')
    expect(page.cookies.size).toBe(0)
  })

  it('[IDENT-12] a server without guests makes none, and one without accounts has none', async () => {
    const closed = await startServer({ env: { GUESTS: 'off', ACCOUNTS: 'off' } })
    try {
      const page = new Page(closed.url)
      for (const path of ['/auth/guest-session', '/auth/guest']) {
        const answer = await page.send(path, { json: { name: 'Gus' } })
        expect(answer.body).toMatchObject({ code: 'guests-off' })
      }
      expect((await page.signUp('ann@example.org')).body).toMatchObject({ code: 'accounts-off' })
      const methods = await page.send('/auth/methods')
      expect(methods.body).toEqual({ guests: false, accounts: false, emailLinks: false, passkeys: false })
    } finally {
      await closed.stop()
    }
  }, 30_000)
})

describe('while the database is away', () => {
  it('[IDENT-5] signing in and cookies are answered "try again", not "no"', async () => {
    const database = await freshDatabase()
    const lonely = await startServer({ databaseUrl: database.url })
    try {
      const page = new Page(lonely.url)
      await page.signUp('ann@example.org')
      await database.drop()
      for (const answer of [
        await page.signIn('ann@example.org'),
        await page.signUp('bob@example.org'),
        await page.send('/auth/token', { method: 'POST' }),
        await page.send('/auth/guest-session', { json: { name: 'Gus' } }),
        await page.account('/sign-out'),
      ]) {
        expect(answer.body).toMatchObject({ code: 'storage-unavailable', status: 503, retryable: true })
        expect(answer.headers.get('retry-after')).not.toBeNull()
      }
      // Whoever could not be signed out is not told that they are.
      expect(page.cookies.size).toBe(1)
    } finally {
      await lonely.stop()
    }
  }, 60_000)
})

describe('behind a proxy that ends TLS', () => {
  it('[IDENT-5] cookies go over TLS only, and pages of the public address are ours', async () => {
    const origin = 'https://lists.example.org'
    const behind = await startServer({ env: { PUBLIC_URL: origin } })
    try {
      const page = new Page(behind.url, origin)
      const up = await page.signUp('ann@example.org')
      expect(up.status).toBe(200)
      const [cookie = ''] = up.headers.getSetCookie()
      expect(cookie).toMatch(/^__Secure-tandem/)
      expect(attributes(cookie)).toEqual(expect.arrayContaining(['secure', 'httponly', 'samesite=lax']))
      await page.token()
    } finally {
      await behind.stop()
    }
  }, 30_000)
})
