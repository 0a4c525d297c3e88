import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createList, type Guest, guest } from '../../support/people.ts'
import { RawClient } from '../../support/raw-client.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { ask } from './ask.ts'

let server: RunningServer
let ana: Guest
beforeAll(async () => {
  server = await startServer()
  ana = await guest(server.url, 'Ana')
})
afterAll(() => server.stop())

async function open(listId: string): Promise<RawClient> {
  const client = new RawClient({ url: `${server.wsUrl}/sync`, token: ana.token, listId })
  await client.synced
  return client
}

const rename = (client: RawClient, title: string): void => {
  client.document.getMap('list').set('title', [title, ana.userId, 1_700_000_000_000])
}

const titleOf = (client: RawClient): unknown => (client.document.getMap('list').get('title') as unknown[])[0]

async function titleInOverview(id: string): Promise<string | undefined> {
  const { body } = await ask(`${server.url}/api/v1/lists`, { token: ana.token })
  return (body as { lists: { id: string; title: string }[] }).lists.find((list) => list.id === id)?.title
}

describe('titles', () => {
  it('[DIR-3] a list made by REST has its title in the document, where everybody else sees it', async () => {
    const { id } = await createList(server.url, ana.token, { title: 'Groceries' })
    const client = await open(id)
    expect(client.document.getMap('list').toJSON()).toMatchObject({
      title: ['Groceries', ana.userId, expect.any(Number)],
    })
    client.drop()
  })

  it('[DIR-3][B-26] a rename in the document reaches the overview', async () => {
    const { id } = await createList(server.url, ana.token, { title: 'Groceries' })
    const client = await open(id)
    rename(client, 'Shopping')
    await until(async () => (await titleInOverview(id)) === 'Shopping', {
      what: 'the new title in the overview',
    })
    client.drop()
  })

  it('[DIR-3] of many renames at the same time the overview shows the one that stands in the document', async () => {
    const { id } = await createList(server.url, ana.token, { title: 'Groceries' })
    const clients = await Promise.all(Array.from({ length: 6 }, () => open(id)))
    for (const [n, client] of clients.entries())
      for (let time = 0; time < 5; time++) rename(client, `Title ${n}.${time}`)
    await until(
      () =>
        clients.every(
          (client) => client.unanswered === 0 && titleOf(client) === titleOf(clients[0] ?? client),
        ),
      {
        what: 'equal copies',
      },
    )
    const standing = clients[0] && titleOf(clients[0])
    await until(async () => (await titleInOverview(id)) === standing, {
      what: `"${standing}" in the overview`,
    })
    for (const client of clients) client.drop()
  })

  it('[DIR-3] a rename just before a stop is in the overview after the next start', {
    timeout: 30_000,
  }, async () => {
    const first = await startServer({ env: { SHUTDOWN_SECONDS: '20' } })
    const ben = await guest(first.url, 'Ben')
    const { id } = await createList(first.url, ben.token, { title: 'Before' })
    const client = new RawClient({ url: `${first.wsUrl}/sync`, token: ben.token, listId: id })
    await client.synced
    client.document.getMap('list').set('title', ['After', ben.userId, 1])
    await until(() => client.unanswered === 0, { what: 'the acknowledgement' })
    await first.kill('SIGTERM')
    const second = await startServer({ databaseUrl: first.databaseUrl })
    expect((await ask(`${second.url}/api/v1/lists/${id}`, { token: ben.token })).body).toMatchObject({
      title: 'After',
    })
    await second.stop()
    await first.stop()
  })
})
