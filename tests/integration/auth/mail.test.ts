import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from '../../support/postgres.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { ask } from '../http/ask.ts'
import { Mailbox } from './mailbox.ts'
import { PASSWORD, Page } from './page.ts'

const PUBLIC_URL = 'http://lists.example.org'
const SIGN_IN = /link to sign in/
const CONFIRM = /Is this your address/
const RESET = /choose another password/i

let mailbox: Mailbox
let server: RunningServer

beforeAll(async () => {
  mailbox = await Mailbox.start()
  server = await startServer({ env: { SMTP_URL: mailbox.url, PUBLIC_URL } })
}, 60_000)
afterAll(async () => {
  await server?.stop()
  await mailbox?.stop()
})

const newPage = (): Page => new Page(server.url, PUBLIC_URL)

/** Opens a link of a letter in this page, as a browser would. */
async function open(page: Page, link: URL) {
  expect(link.origin).toBe(PUBLIC_URL)
  const response = await fetch(`${server.url}${link.pathname}${link.search}`, {
    redirect: 'manual',
    headers: page.cookieHeader(),
  })
  for (const line of response.headers.getSetCookie()) {
    const [name = '', value = ''] = line.split(';', 1)[0]?.split('=') ?? []
    page.cookies.set(name, value)
  }
  return { status: response.status, location: response.headers.get('location') ?? '' }
}

function addPasskey(userId: string): Promise<unknown> {
  const text = `INSERT INTO accounts.passkey
    (id, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp") VALUES ($1, 'k', $1, $1, 0, 'x', false)`
  return withClient(server.databaseUrl ?? '', (client) => client.query(text, [userId]))
}

async function passkeys(userId: string): Promise<number | null> {
  const text = 'SELECT 1 FROM accounts.passkey WHERE "userId" = $1'
  return withClient(server.databaseUrl ?? '', async (client) => (await client.query(text, [userId])).rowCount)
}

async function confirm(page: Page, email: string): Promise<void> {
  await open(page, await mailbox.link(email, CONFIRM))
  const answer = await page.send('/auth/token', { method: 'POST' })
  expect(answer.body).toMatchObject({ user: { email } })
}

describe('links by mail', () => {
  it('[IDENT-11] one signs in, once, and shows that the address is theirs', async () => {
    const email = 'lea@example.org'
    const asked = await newPage().account('/sign-in/magic-link', { email, callbackURL: '/' })
    expect([asked.status, asked.text]).toEqual([200, '{"status":true}'])
    const link = await mailbox.link(email, SIGN_IN)
    const page = newPage()
    const opened = await open(page, link)
    expect([opened.status, new URL(opened.location, PUBLIC_URL).pathname]).toEqual([302, '/'])
    expect((await page.send('/auth/token', { method: 'POST' })).body).toMatchObject({
      user: { name: 'lea', email, kind: 'account' },
    })
    const again = newPage()
    expect((await open(again, link)).location).toContain('error=')
    expect((await again.send('/auth/token', { method: 'POST' })).status).toBe(401)
    const methods = await page.send('/auth/methods')
    expect(methods.body).toMatchObject({ emailLinks: true })
  })

  it('[IDENT-11] a link leads back to this server only, whatever host the request names', async () => {
    const email = 'mia@example.org'
    const page = newPage()
    for (const callbackURL of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
    ]) {
      const answer = await page.account('/sign-in/magic-link', { email, callbackURL })
      expect([callbackURL, answer.status]).toEqual([callbackURL, 400])
    }
    for (const name of ['callbackURL', 'newUserCallbackURL', 'errorCallbackURL']) {
      const link = `/auth/accounts/magic-link/verify?token=x&${name}=https%3A%2F%2Fevil.example`
      expect([name, (await page.send(link)).status]).toEqual([name, 400])
    }
    const answer = await ask(`${server.url}/api/v1/auth/accounts/sign-in/magic-link`, {
      json: { email },
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    })
    expect(answer.status).toBe(200)
    expect((await mailbox.link(email, SIGN_IN)).origin).toBe(PUBLIC_URL)
  })

  it('[IDENT-11] confirming an address takes its mailbox and the account, so nobody confirms for somebody else', async () => {
    const email = 'nora@example.org'
    const page = newPage()
    await page.signUp(email, 'Nora')
    const link = await mailbox.link(email, CONFIRM)
    expect((await open(newPage(), link)).location).toContain('sign-in-first')
    const stranger = newPage()
    await stranger.signUp('otto@example.org', 'Otto')
    expect((await open(stranger, link)).location).toContain('sign-in-first')
    expect((await page.send('/auth/token', { method: 'POST' })).body).toMatchObject({ user: { email: null } })
    await confirm(page, email)
  })

  it('[IDENT-11] an address that somebody else signed up with is its owner’s the moment they prove it', async () => {
    const email = 'pia@example.org'
    const thief = newPage()
    await thief.signUp(email, 'Pia')
    const token = await thief.token()
    await addPasskey(await thief.userId())
    await newPage().account('/sign-in/magic-link', { email })
    const owner = newPage()
    await open(owner, await mailbox.link(email, SIGN_IN))
    expect((await owner.send('/auth/token', { method: 'POST' })).body).toMatchObject({ user: { email } })
    // What the other one had set up is gone: the session, its token and the password.
    expect((await thief.send('/auth/token', { method: 'POST' })).status).toBe(401)
    expect((await thief.send('/lists', { token })).status).toBe(401)
    expect((await thief.signIn(email)).status).toBe(401)
    expect(await passkeys(await owner.userId())).toBe(0)
  })

  it('[IDENT-11] proving the address by choosing another password takes away what was set up before, too', async () => {
    const email = 'tom@example.org'
    const thief = newPage()
    await thief.signUp(email, 'Tom')
    const id = await thief.userId()
    await addPasskey(id)
    await newPage().account('/request-password-reset', { email })
    const token = (await mailbox.link(email, RESET)).hash.slice(1)
    await newPage().account('/reset-password', { token, newPassword: 'a new one!' })
    expect((await thief.send('/auth/token', { method: 'POST' })).status).toBe(401)
    expect(await passkeys(id)).toBe(0)
  })

  it('[IDENT-11] a forgotten password is replaced by mail, which ends every session', async () => {
    const email = 'quin@example.org'
    const page = newPage()
    await page.signUp(email)
    await page.token()
    const unknown = await newPage().account('/request-password-reset', { email: 'nobody@example.org' })
    const asked = await newPage().account('/request-password-reset', { email })
    expect([asked.status, asked.text]).toEqual([200, unknown.text])
    const link = await mailbox.link(email, RESET)
    // Where no server and no log sees it.
    expect([link.search, link.hash.length > 20]).toEqual(['', true])
    const token = link.hash.slice(1)
    expect(
      (await newPage().account('/reset-password', { token: `${token}x`, newPassword: 'a new one!' })).status,
    ).toBe(400)
    expect((await newPage().account('/reset-password', { token, newPassword: 'a new one!' })).status).toBe(
      200,
    )
    expect((await newPage().account('/reset-password', { token, newPassword: 'a third one' })).status).toBe(
      400,
    )
    expect((await page.send('/auth/token', { method: 'POST' })).status).toBe(401)
    expect((await page.signIn(email, PASSWORD)).status).toBe(401)
    expect((await page.signIn(email, 'a new one!')).status).toBe(200)
    expect((await page.send('/auth/token', { method: 'POST' })).body).toMatchObject({ user: { email } })
  })

  it('[IDENT-8] nobody’s mailbox is flooded', async () => {
    const email = 'rob@example.org'
    const statuses: number[] = []
    for (let n = 0; n < 7; n++) {
      statuses.push(
        (await newPage().account('/sign-in/magic-link', { email: n % 2 ? email : 'ROB@example.org' })).status,
      )
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
    expect((await newPage().account('/sign-in/magic-link', { email: 'sam@example.org' })).status).toBe(200)
  })
})
