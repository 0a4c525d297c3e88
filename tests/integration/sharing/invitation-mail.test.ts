import { type AddressInfo, createServer } from 'node:net'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer, TEST_JWT_SECRET } from '../../support/server.ts'
import { Mailbox } from '../auth/mailbox.ts'
import { Page } from '../auth/page.ts'
import { good, type Person, people, personOf, shared } from './stage.ts'

const PUBLIC_URL = 'http://lists.example.org'
const INVITED = /invites you to/

let mailbox: Mailbox
let server: RunningServer
let ana: Person
beforeAll(async () => {
  mailbox = await Mailbox.start()
  server = await startServer({ env: { SMTP_URL: mailbox.url, PUBLIC_URL } })
  ana = await known(server, 'app-ana', 'Ana')
}, 60_000)
afterAll(async () => {
  await server?.stop()
  await mailbox?.stop()
})

/** Somebody whom the embedding application signed in. */
async function known(at: RunningServer, userId: string, name: string): Promise<Person> {
  const token = await new SignJWT({ name })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(TEST_JWT_SECRET))
  return personOf(at, name, { userId, token })
}

async function invite(who: Person, listId: string, email: string): Promise<void> {
  const answer = await who.post(`/lists/${listId}/invitations`, { email, role: 'viewer' })
  expect(answer).toMatchObject({ status: 201, body: { status: 'waiting' } })
}

const lettersTo = (email: string) => mailbox.received.filter(({ to }) => to === email)

/** Whatever was to be sent before this one was sent, too. */
async function afterAllOthers(listId: string, email: string): Promise<void> {
  await invite(ana, listId, email)
  await mailbox.letter(email, INVITED)
}

describe('invitations by mail', () => {
  it('[SHARE-21] says who invites to which list, with the way to this server', async () => {
    const id = await shared(server, ana, [], 'Einkäufe & more')
    await invite(ana, id, 'dora@example.net')
    const letter = await mailbox.letter('dora@example.net', INVITED)
    expect(letter).toContain('Ana invites you to the list “Einkäufe & more”.')
    expect(letter).toMatch(/^Subject: You are invited to a list\r?$/m)
    expect((await mailbox.link('dora@example.net', INVITED)).href).toBe(`${PUBLIC_URL}/`)
  })

  it('[SHARE-21] carries no address but this server’s, no markup and nothing unseen', async () => {
    const title =
      'Win <b>now</b> at https://evil.example/x or evil\u2024example, \u202eevil.exa\u200bmple mail@evil.example'
    const eve = await known(server, 'app-eve', 'Eve www.evil.example')
    await invite(eve, await shared(server, eve, [], title), 'fay@example.net')
    const letter = await mailbox.letter('fay@example.net', INVITED)
    expect(letter).toContain('Eve … invites you to the list “Win <b>now</b> at … or … … …”.')
    expect(letter).toMatch(/^Content-Type: text\/plain/im)
    expect(letter).not.toMatch(/text\/html|evil/i)
  })

  it('[SHARE-21] does not name who goes unnamed in that list', async () => {
    const id = await shared(server, ana, [], 'Secret santa')
    const ben = await known(server, 'app-ben', 'Benedict')
    await ben.get('/me')
    good(await ana.put(`/lists/${id}/members/app-ben`, { role: 'admin' }))
    good(await ben.patch(`/lists/${id}/members/me`, { anonymous: true }))
    await invite(ben, id, 'gus@example.net')
    const letter = await mailbox.letter('gus@example.net', INVITED)
    expect(letter).toContain('Somebody invites you to the list “Secret santa”.')
    expect(letter).not.toMatch(/Benedict|app-ben|anon_/)
  })

  it('[SHARE-21] goes once for an operation, to nobody more than five times an hour, and the invitation stands without it', async () => {
    const ids: string[] = []
    for (let n = 0; n < 7; n++) ids.push(await shared(server, ana))
    const [first = ''] = ids
    const headers = { 'client-op-id': 'b1f0c3a2-5d4e-4f60-8a7b-9c0d1e2f3a4b' }
    for (let n = 0; n < 3; n++) {
      good(
        await ana.post(`/lists/${first}/invitations`, { email: 'ida@example.net', role: 'viewer' }, headers),
      )
    }
    await afterAllOthers(first, 'after-ida@example.net')
    expect(lettersTo('ida@example.net')).toHaveLength(1)
    for (const id of ids) await invite(ana, id, 'HAL@example.net')
    await afterAllOthers(first, 'after-hal@example.net')
    expect(lettersTo('HAL@example.net')).toHaveLength(5)
  })

  it('[SHARE-21] nobody in particular has mail sent: a guest, an address that was not shown to be theirs', async () => {
    const [guest] = (await people(server, 'Guest')) as [Person]
    await invite(guest, await shared(server, guest), 'jo@example.net')
    const page = new Page(server.url, PUBLIC_URL)
    await page.signUp('unproven@example.net', 'Unproven')
    const unproven = personOf(server, 'Unproven', { userId: await page.userId(), token: await page.token() })
    await invite(unproven, await shared(server, unproven), 'jo@example.net')
    await afterAllOthers(await shared(server, ana), 'after-jo@example.net')
    expect(lettersTo('jo@example.net')).toEqual([])
  })

  it('[SHARE-21] a mail server that says nothing keeps nobody waiting', async () => {
    const silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const other = await startServer({ env: { SMTP_URL: `smtp://127.0.0.1:${port}`, PUBLIC_URL } })
    try {
      const kim = await known(other, 'app-kim', 'Kim')
      const id = await shared(other, kim)
      await invite(kim, id, 'lea@example.net')
      expect(
        good<{ invitations: object[] }>(await kim.get(`/lists/${id}/invitations`)).invitations,
      ).toHaveLength(1)
    } finally {
      await other.stop()
      silent.close()
    }
  })
})
