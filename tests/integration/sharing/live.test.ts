import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { RawClient } from '../../support/raw-client.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { addItem } from '../sync/clients.ts'
import { good, newLink, type Person, people, personOf, shared } from './stage.ts'

/** What REST changes, on the sockets of both nodes. */
let server: RunningServer
let other: RunningServer
let ana: Person
const open: RawClient[] = []
beforeAll(async () => {
  server = await startServer()
  other = await startServer({ databaseUrl: server.databaseUrl })
  ;[ana] = (await people(server, 'Ana')) as [Person]
})
afterEach(() => {
  for (const client of open.splice(0)) client.drop()
})
afterAll(async () => {
  await other.stop()
  await server.stop()
})

async function watching(node: RunningServer, who: Person, listId: string): Promise<RawClient> {
  const client = new RawClient({ url: `${node.wsUrl}/sync`, token: who.token, listId })
  open.push(client)
  await client.synced
  return client
}

const isAnswered = (client: RawClient) =>
  until(() => client.unanswered === 0, { what: 'every edit answered' })

describe('what changes by REST, on open sockets', () => {
  it('[SHARE-16][P-16][P-09] revoking a link with disconnect closes exactly those who came by it, on every node, with who and why', async () => {
    const id = await shared(server, ana)
    const [one, two] = [
      await newLink(ana, id, { role: 'editor' }),
      await newLink(ana, id, { role: 'editor' }),
    ]
    const [ben, cleo, dave] = (await people(server, 'Ben', 'Cleo', 'Dave')) as [Person, Person, Person]
    for (const [who, { token }] of [
      [ben, one],
      [cleo, one],
      [dave, two],
    ] as const) {
      good(await who.post('/links/redeem', { token }))
    }
    const gone = [await watching(server, ben, id), await watching(other, cleo, id)]
    const stays = [await watching(server, dave, id), await watching(other, ana, id)]
    const asked = performance.now()
    expect(good(await ana.delete(`/lists/${id}/links/${one.id}?disconnect=true`))).toEqual({ ended: 2 })
    for (const client of gone) await until(() => client.denied !== null, { what: 'a closed list' })
    expect(performance.now() - asked).toBeLessThan(5_000)
    for (const { denied } of gone) expect(denied).toMatch(/^4410 Ana /)
    for (const client of stays) {
      addItem(client.document, client === stays[0] ? dave.userId : ana.userId, 'Still here')
      await isAnswered(client)
      expect(client.denied).toBeNull()
      expect(client.closed).toBeNull()
    }
  })

  it('[SHARE-3][P-09][P-10][P-21] removing and changing roles reaches the other node without a new connection', async () => {
    const [ben] = (await people(server, 'Ben')) as [Person]
    const id = await shared(server, ana, [[ben, 'editor']])
    const client = await watching(other, ben, id)
    const roles = () => client.messages.flatMap((text) => /"role":"(\w+)"/.exec(text)?.[1] ?? [])
    good(await ana.put(`/lists/${id}/members/${ben.userId}`, { role: 'viewer' }))
    await until(() => roles().at(-1) === 'viewer', { what: 'the downgrade' })
    good(await ana.put(`/lists/${id}/members/${ben.userId}`, { role: 'admin' }))
    await until(() => roles().at(-1) === 'admin', { what: 'the upgrade' })
    const elsewhere = personOf(other, 'Ana', ana)
    good(await elsewhere.delete(`/lists/${id}/members/${ben.userId}`))
    await until(() => client.denied !== null, { what: 'the end' })
    expect(client.denied).toBe('4410 Ana removed you from this list.')
  })

  it('[SHARE-2][P-02] the setting that lets editors share reaches open connections', async () => {
    const [ben] = (await people(server, 'Ben')) as [Person]
    const id = await shared(server, ana, [[ben, 'editor']])
    const client = await watching(other, ben, id)
    good(await ana.patch(`/lists/${id}/settings`, { editorsMayShare: true }))
    await until(() => client.messages.some((text) => text.includes('"editorsMayShare":true')), {
      what: 'the setting',
    })
  })
})
