import { openPostgresStorage, type Storage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { addItem, rawClient, stockClient, stockSocket } from './clients.ts'
import { latch } from './latch.ts'
import { heldAppends, newList, startNode } from './node.ts'

let database: FreshDatabase

beforeEach(async () => {
  database = await freshDatabase()
})

afterEach(async () => {
  await database.drop()
})

describe('stopping', () => {
  it('[DUR-7] lets edits in flight commit, answers them, and sends everybody away with a delay', async () => {
    const server = await startNode({ databaseUrl: database.url })
    const listId = await newList(server.storage)
    const clients = await Promise.all([1, 2, 3].map(() => rawClient(server, listId, 'ann')))
    const [ann] = clients
    if (ann === undefined) throw new Error('no client')
    for (let i = 0; i < 30; i++) addItem(ann.document, 'ann', `item ${i}`)
    await until(() => server.hub.stats().pendingAppends > 0 || ann.unanswered < 30)
    await server.hub.stop(5_000)
    await until(() => clients.every((client) => client.closed !== null))
    expect(clients.map((client) => client.closed?.code)).toEqual([4501, 4501, 4501])
    expect(clients.map((client) => client.closed?.reason)).toEqual([
      '1: draining',
      '2: draining',
      '3: draining',
    ])
    const acknowledged = 30 - ann.unanswered
    expect(await server.storage.log.head(listId)).toBeGreaterThanOrEqual(acknowledged)
    expect(server.hub.stats()).toMatchObject({ sockets: 0, pendingAppends: 0 })
    await server.stop()
  })

  it('[DUR-7] ends at its deadline though the database is away, and has called nothing saved that is not', async () => {
    const held = heldAppends(await openPostgresStorage({ connectionString: database.url }))
    const server = await startNode({ storage: held.storage })
    const listId = await newList(server.storage)
    const ann = await rawClient(server, listId, 'ann')
    await until(() => ann.unanswered === 0)
    addItem(ann.document, 'ann', 'Milk')
    await until(() => held.waiting() === 1)
    const startMs = performance.now()
    await server.hub.stop(1_000)
    expect(performance.now() - startMs).toBeLessThan(1_500)
    await until(() => ann.closed !== null)
    expect(ann.closed?.code).toBe(4501)
    expect(ann.unanswered).toBe(1)
    held.release()
    await server.stop()
  })

  it('[DUR-7] lets nobody new in: no socket, and no list on a socket that is still open', async () => {
    const held = heldAppends(await openPostgresStorage({ connectionString: database.url }))
    const server = await startNode({ storage: held.storage })
    const listId = await newList(server.storage)
    const ann = await rawClient(server, listId, 'ann')
    await until(() => ann.unanswered === 0)
    addItem(ann.document, 'ann', 'Milk')
    await until(() => held.waiting() === 1)
    const stopping = server.hub.stop(2_000)
    const late = new RawClient({ url: server.url, token: 'ann', listId })
    await expect(late.synced).rejects.toThrow()
    held.release()
    await stopping
    await server.stop()
  })

  it('[DUR-7][SNAP-4] waits for lists whose last client leaves at that moment, so that their snapshots are written', async () => {
    const real = await openPostgresStorage({ connectionString: database.url })
    const writing = latch()
    const slow: Storage['snapshots'] = {
      write: async (...snapshot) => {
        await writing.pass()
        return real.snapshots.write(...snapshot)
      },
    }
    const server = await startNode({ storage: { ...real, snapshots: slow } })
    const listId = await newList(server.storage)
    const ann = await rawClient(server, listId, 'ann')
    for (let i = 0; i < 25; i++) addItem(ann.document, 'ann', `item ${i}`)
    await until(() => ann.unanswered === 0)
    writing.close()
    ann.drop()
    await until(() => writing.arrived() === 1 && server.hub.stats().sockets === 0)
    const ended: string[] = []
    const stopping = server.hub.stop(5_000).then(() => ended.push('stop'))
    void setTimeout(() => {
      ended.push('snapshot')
      writing.open()
    }, 200)
    await stopping
    expect(ended).toEqual(['snapshot', 'stop'])
    expect((await real.log.load(listId)).snapshot?.seq).toBe(25)
    expect(server.hub.stats().lists).toBe(0)
    await server.stop()
  })

  it('[DUR-7] gives up snapshots at its deadline, starts none afterwards, and says so in one line without a stack', async () => {
    const real = await openPostgresStorage({ connectionString: database.url })
    const writing = latch()
    const slow: Storage['snapshots'] = {
      write: async (...snapshot) => {
        await writing.pass()
        return real.snapshots.write(...snapshot)
      },
    }
    const server = await startNode({ storage: { ...real, snapshots: slow } })
    const listIds = await Promise.all(Array.from({ length: 8 }, () => newList(server.storage)))
    const clients = await Promise.all(listIds.map((listId) => rawClient(server, listId, 'ann')))
    for (const client of clients) {
      for (let i = 0; i < 25; i++) addItem(client.document, 'ann', `item ${i}`)
    }
    await until(() => clients.every((client) => client.unanswered === 0))
    writing.close()
    await server.hub.stop(400)
    const begun = writing.arrived()
    await real.close(500)
    writing.open()
    await until(() => server.hub.stats().lists === 0)
    expect(writing.arrived()).toBe(begun)
    const lines = server.log.filter(({ event }) => event === 'list.compaction-failed')
    expect(lines).toHaveLength(begun)
    for (const { fields } of lines) {
      expect(fields['error']).toBeUndefined()
      expect(fields['reason']).toEqual(expect.not.stringContaining('\n'))
    }
    await server.stop()
  })

  it('[SYNC-5] a stock client comes back to the next server by itself and is in sync', async () => {
    const first = await startNode({ databaseUrl: database.url })
    const { port } = new URL(first.url)
    const listId = await newList(first.storage)
    const socket = stockSocket(first)
    const ann = stockClient(socket, listId, 'ann')
    await until(() => ann.provider.synced)
    addItem(ann.document, 'ann', 'Milk')
    await until(() => !ann.provider.hasUnsyncedChanges)
    await first.stop()
    const second = await startNode({ databaseUrl: database.url, port: Number(port) })
    addItem(ann.document, 'ann', 'Bread')
    await until(async () => (await second.storage.log.head(listId)) === 2, {
      what: 'the edit made meanwhile',
    })
    socket.destroy()
    await second.stop()
  })
})
