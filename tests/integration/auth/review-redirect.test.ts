import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../support/server.ts'
import { ask } from '../http/ask.ts'
import { Mailbox } from './mailbox.ts'

const PUBLIC_URL = 'http://lists.example.org'
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

const ELSEWHERE = [
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/%2f/evil.example',
  '/.//evil.example',
  'javascript:alert(1)',
]

/** Where a browser that is at our address would go. */
const hostOf = (location: string): string => new URL(location, PUBLIC_URL).origin

describe('where links in mails lead', () => {
  it('[IDENT-11] nowhere but to this server, whatever is asked for', async () => {
    for (const [at, callbackURL] of ELSEWHERE.entries()) {
      const email = `mo${at}@example.org`
      const asked = await ask(`${server.url}/api/v1/auth/accounts/sign-in/magic-link`, {
        json: { email, callbackURL: '/', errorCallbackURL: callbackURL, newUserCallbackURL: callbackURL },
        headers: { origin: PUBLIC_URL },
      })
      const mailed = asked.status === 200 ? await mailbox.link(email, /link to sign in/) : null
      if (mailed !== null) expect([callbackURL, mailed.origin]).toEqual([callbackURL, PUBLIC_URL])
      for (const path of ['/magic-link/verify', '/verify-email']) {
        for (const name of ['callbackURL', 'errorCallbackURL', 'newUserCallbackURL']) {
          const query = new URLSearchParams({ token: 'x'.repeat(32), [name]: callbackURL })
          const response = await fetch(`${server.url}/api/v1/auth/accounts${path}?${query}`, {
            redirect: 'manual',
          })
          const location = response.headers.get('location')
          if (location !== null) expect([path, name, callbackURL, hostOf(location)]).toContain(PUBLIC_URL)
        }
      }
      if (mailed !== null) {
        const response = await fetch(`${server.url}${mailed.pathname}${mailed.search}`, {
          redirect: 'manual',
        })
        const location = response.headers.get('location')
        if (location !== null) expect([callbackURL, hostOf(location)]).toEqual([callbackURL, PUBLIC_URL])
      }
    }
  })

  it('[IDENT-11] a request that lies about the host gets no letter that leads there', async () => {
    const email = 'poison@example.org'
    const evil = 'http://evil.example'
    const path = '/api/v1/auth/accounts/sign-in/magic-link'
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request(
        `${server.url}${path}`,
        {
          method: 'POST',
          headers: {
            host: 'evil.example',
            origin: evil,
            'x-forwarded-host': 'evil.example',
            'content-type': 'application/json',
          },
        },
        (response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        },
      )
      sent.on('error', reject)
      sent.end(JSON.stringify({ email, callbackURL: '/' }))
    })
    if (status === 200) expect((await mailbox.link(email, /link to sign in/)).origin).toBe(PUBLIC_URL)
  })
})
