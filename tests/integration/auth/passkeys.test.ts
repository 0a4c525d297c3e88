import type { Browser, BrowserContext, Page as Tab } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../../support/chromium.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { PASSWORD } from './page.ts'

let browser: Browser
let server: RunningServer

beforeAll(async () => {
  ;[browser, server] = await Promise.all([launchChromium(), startServer()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

interface Answered {
  readonly status: number
  readonly body: unknown
}

/** What a page does to sign up, add a passkey and sign in with it, with nothing but the browser's own functions. */
async function openTab(context: BrowserContext): Promise<Tab> {
  const tab = await context.newPage()
  // By name: browsers offer no passkeys on an address that is a number.
  await tab.goto(`http://localhost:${server.port}/`)
  return tab
}

/** An authenticator as phones have one: it keeps the key and says yes. */
async function addAuthenticator(tab: Tab): Promise<void> {
  const session = await tab.context().newCDPSession(tab)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

function post(tab: Tab, path: string, json?: unknown): Promise<Answered> {
  return tab.evaluate(
    async ([url, body]) => {
      const response = await fetch(`/api/v1/auth${url}`, {
        method: 'POST',
        ...(body === null ? {} : { headers: { 'content-type': 'application/json' }, body }),
      })
      return { status: response.status, body: (await response.json()) as unknown }
    },
    [path, json === undefined ? null : JSON.stringify(json)] as const,
  )
}

function register(tab: Tab): Promise<Answered> {
  return tab.evaluate(async () => {
    const asked = await fetch('/api/v1/auth/accounts/passkey/generate-register-options')
    if (!asked.ok) return { status: asked.status, body: (await asked.json()) as unknown }
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await asked.json())
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
    const response = await fetch('/api/v1/auth/accounts/passkey/verify-registration', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response: made.toJSON(), name: 'phone' }),
    })
    return { status: response.status, body: (await response.json()) as unknown }
  })
}

function signIn(tab: Tab, spoil = false): Promise<Answered> {
  return tab.evaluate(async (isSpoiled) => {
    const asked = await fetch('/api/v1/auth/accounts/passkey/generate-authenticate-options')
    const options = (await asked.json()) as { challenge: string }
    if (isSpoiled) options.challenge = `${options.challenge.slice(0, -4)}AAAA`
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
      options as unknown as PublicKeyCredentialRequestOptionsJSON,
    )
    const got = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
    const response = await fetch('/api/v1/auth/accounts/passkey/verify-authentication', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response: got.toJSON() }),
    })
    return { status: response.status, body: (await response.json()) as unknown }
  }, spoil)
}

describe('passkeys', () => {
  it('[IDENT-10] one that was added signs in without a password, and what opens the session stays out of reach of scripts', async () => {
    const context = await browser.newContext()
    const tab = await openTab(context)
    await addAuthenticator(tab)
    expect((await register(tab)).status).toBe(401)
    const account = { email: 'ann@example.org', name: 'Ann', password: PASSWORD }
    expect((await post(tab, '/accounts/sign-up/email', account)).status).toBe(200)
    const first = await post(tab, '/token')
    expect(await register(tab)).toMatchObject({ status: 200, body: { name: 'phone' } })

    await post(tab, '/accounts/sign-out')
    expect((await post(tab, '/token')).status).toBe(401)
    const answer = await signIn(tab)
    expect(answer.status).toBe(200)
    const again = await post(tab, '/token')
    expect(again.body).toMatchObject({ user: (first.body as { user: unknown }).user })

    const cookies = await context.cookies()
    const session = cookies.find(({ name }) => name === 'tandem.session_token')
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
    const secret = decodeURIComponent(session?.value ?? '').split('.')[0] ?? '?'
    expect(JSON.stringify(answer.body)).not.toContain(secret)
    expect(await tab.evaluate(() => document.cookie)).not.toContain('session')
    await context.close()
  }, 60_000)

  it('[IDENT-10] an answer to another question, and a key nobody added, open nothing', async () => {
    const context = await browser.newContext()
    const tab = await openTab(context)
    await addAuthenticator(tab)
    await post(tab, '/accounts/sign-up/email', { email: 'bo@example.org', name: 'Bo', password: PASSWORD })
    await register(tab)
    await post(tab, '/accounts/sign-out')
    const spoiled = await signIn(tab, true)
    expect([spoiled.status >= 400, (await post(tab, '/token')).status]).toEqual([true, 401])
    expect((await signIn(tab)).status).toBe(200)
    const keys = await tab.evaluate(async () => {
      const listed = await fetch('/api/v1/auth/accounts/passkey/list-user-passkeys')
      return (await listed.json()) as { id: string }[]
    })
    expect(await post(tab, '/accounts/passkey/delete-passkey', { id: keys[0]?.id })).toMatchObject({
      status: 200,
    })
    await post(tab, '/accounts/sign-out')
    const removed = await signIn(tab)
    expect(removed).toMatchObject({ status: 401, body: { code: 'sign-in-failed' } })
    await context.close()
  }, 60_000)
})
