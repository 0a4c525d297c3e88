import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createLink } from '../../client-sdk/src/connection/link.ts'
import type { Link } from '../../client-sdk/src/connection/port.ts'
import { createEnvironment } from '../../client-sdk/src/environment.ts'
import { createList, guest } from '../support/people.ts'
import { freshDatabase } from '../support/postgres.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { TestHost } from '../unit/connection/test-host.ts'

let server: RunningServer
let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
  server = await startServer({ databaseUrl: database.url })
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup()
})

async function rowsOf(listId: string): Promise<number> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    const { rows } = await client.query('SELECT count(*)::int AS n FROM list_updates WHERE list_id = $1', [
      listId,
    ])
    return (rows[0] as { n: number }).n
  } finally {
    await client.end()
  }
}

function linkFor(getToken: () => string): Link {
  const link = createLink({ url: `${server.wsUrl}/sync`, getToken, environment: createEnvironment() })
  cleanups.push(() => link.close())
  return link
}

function open(link: Link, listId: string): TestHost {
  const host = new TestHost()
  host.channel = link.open(listId, host)
  cleanups.push(() => host.destroy())
  return host
}

it('[LINK-1][E-12] handshake, welcome and an acknowledged edit on the real server', async () => {
  const { token, userId } = await guest(server.url, 'Ann')
  const { id } = await createList(server.url, token, { title: 'Shopping' })
  const link = linkFor(() => token)
  const host = open(link, id)
  await until(() => host.state === 'live' && host.acks.length === 1)
  expect(host.messages[0]).toMatchObject({ type: 'welcome', protocol: 1, role: 'owner', userId })
  host.doc.getMap('list').set('icon', ['🛒', userId, 1])
  await until(() => host.ackedUpTo === 1)
  const other = open(
    linkFor(() => token),
    id,
  )
  await until(() => other.state === 'live')
  expect(other.doc.getMap('list').get('icon')).toEqual(['🛒', userId, 1])
})

it('[ACK-4][ACK-6] an edit the gate refuses is refused, the next one is not mistaken for it', async () => {
  const { token, userId } = await guest(server.url, 'Ann')
  const { id } = await createList(server.url, token, { title: 'Shopping' })
  const host = open(
    linkFor(() => token),
    id,
  )
  await until(() => host.state === 'live' && host.acks.length === 1)
  host.doc.getMap('list').set('icon', ['🛒', 'somebody-else', 1])
  await until(() => host.refusals.length === 1)
  expect(host.refusals).toEqual([[0, 1]])
  expect(host.messages.at(-1)).toMatchObject({ type: 'refused', refusal: { code: 'forged-author' } })
  // The refused edit's clocks are missing on the server now, so a fresh document is the way on, as the port says.
  host.replaceDocument()
  host.channel?.rejoin()
  await until(() => host.state === 'live' && host.acks.length === 2)
  host.doc.getMap('list').set('icon', ['🛒', userId, 2])
  await until(() => host.ackedUpTo === 2)
})

it('[LINK-10][ACCESS-1] a list that is not there, or not for this person, is denied for good; others on the socket work', async () => {
  const { token } = await guest(server.url, 'Ann')
  const { token: stranger } = await guest(server.url, 'Mallory')
  const { id } = await createList(server.url, token, { title: 'Private' })
  const { id: own } = await createList(server.url, stranger, { title: 'Own' })
  const link = linkFor(() => stranger)
  const [denied, missing, mine] = [open(link, id), open(link, crypto.randomUUID()), open(link, own)]
  await until(() => denied.state === 'denied' && missing.state === 'denied' && mine.state === 'live')
  expect(denied.channel?.state).toEqual(missing.channel?.state)
})

it('[LINK-5] a token the server does not know stops the link with 4401', async () => {
  const { token } = await guest(server.url, 'Ann')
  const { id } = await createList(server.url, token, { title: 'Shopping' })
  const link = linkFor(() => 'not a token')
  open(link, id)
  await until(() => link.state.state === 'stopped')
  expect(link.state).toMatchObject({ code: 4401 })
})

it('[LINK-8] the server answers keepalives, and writes nothing for them', async () => {
  const { token } = await guest(server.url, 'Ann')
  const { id } = await createList(server.url, token, { title: 'Shopping' })
  const real = createEnvironment()
  let heard = 0
  // A thousand times faster: a keepalive every 20 ms, and an answer is due within 15 ms, or the link would reconnect.
  const link = createLink({
    url: `${server.wsUrl}/sync`,
    getToken: () => token,
    environment: {
      ...real,
      setTimer: (callback, ms) => real.setTimer(callback, ms / 200),
      now: () => real.now() * 200,
      openSocket: (url) => {
        const socket = new WebSocket(url)
        socket.addEventListener('message', () => {
          heard += 1
        })
        return socket as unknown as ReturnType<typeof real.openSocket>
      },
    },
  })
  cleanups.push(() => link.close())
  const host = open(link, id)
  host.presence.setLocalState(null)
  await until(() => host.state === 'live' && host.acks.length === 1)
  const [before, rows] = [heard, await rowsOf(id)]
  await until(() => heard >= before + 20)
  expect(host.refusals).toEqual([])
  expect(await rowsOf(id)).toBe(rows)
})
