import { openPostgresStorage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../server/src/clock.ts'
import { InboundMemory } from '../../../server/src/socket/inbound-memory.ts'
import { type FreshDatabase, freshDatabase } from '../../support/postgres.ts'
import type { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { manualClock } from '../../unit/server/manual-clock.ts'
import { addItem, rawClient } from './clients.ts'
import { heldAppends, newList, startNode, type TestNode } from './node.ts'

const KiB = 1024

describe('what all sockets together may have waiting', () => {
  let database: FreshDatabase
  let held: ReturnType<typeof heldAppends>
  let server: TestNode

  beforeEach(async () => {
    database = await freshDatabase()
    held = heldAppends(await openPostgresStorage({ connectionString: database.url }))
    server = await startNode({ storage: held.storage, limits: { maxWaitingBytes: 400 * KiB } })
  })
  afterEach(async () => {
    held.release()
    await server.stop()
    await database.drop()
  })

  /** Edits of 8 KiB, each a frame. */
  function type(client: RawClient, edits: number): void {
    for (let i = 0; i < edits; i++) addItem(client.document, 'ann', `${i} ${'x'.repeat(8 * KiB)}`)
  }

  it('[SOCK-3][SOCK-10] is bounded in an outage; nobody is cut off, and everything is stored afterwards', async () => {
    const clients = await Promise.all(
      Array.from({ length: 10 }, async () => rawClient(server, await newList(server.storage), 'ann')),
    )
    await until(() => clients.every((client) => client.unanswered === 0))
    for (const client of clients) type(client, 100)
    await until(() => server.hub.stats().waitingBytes > 400 * KiB, { what: 'the limit to be reached' })
    const startedMs = systemClock.elapsedMs()
    let most = 0
    await until(() => {
      most = Math.max(most, server.hub.stats().waitingBytes)
      return systemClock.elapsedMs() - startedMs > 500
    })
    // One socket's buffer more than the limit.
    expect(most).toBeLessThan(600 * KiB)
    held.release()
    await until(() => clients.every((client) => client.unanswered === 0), { what: 'all to be saved' })
    expect(clients.every((client) => client.closed === null)).toBe(true)
    expect(server.hub.stats().waitingBytes).toBe(0)
  })

  it('[SOCK-10] is given back by sockets that close', async () => {
    const client = await rawClient(server, await newList(server.storage), 'ann')
    await until(() => client.unanswered === 0)
    type(client, 10)
    await until(() => server.hub.stats().waitingBytes > 60 * KiB)
    client.drop()
    held.release()
    await until(() => server.hub.stats().waitingBytes === 0 && server.hub.stats().sockets === 0)
  })
})

describe('reading again', () => {
  it('[SOCK-10] begins with those who waited longest, a few at a time, and ends with everybody', async () => {
    const clock = manualClock()
    const memory = new InboundMemory(1_000, clock)
    const reading: number[] = []
    const stopped = new Set<number>()
    for (let id = 0; id < 150; id++) {
      memory.add({
        stopReading: () => void stopped.add(id),
        mayReadAgain: () => {
          stopped.delete(id)
          reading.push(id)
        },
      })
    }
    memory.changed(1_001)
    expect(stopped.size).toBe(150)
    memory.changed(-400)
    expect(reading).toEqual([])
    memory.changed(-200)
    expect(reading).toEqual(Array.from({ length: 64 }, (_, id) => id))
    // The first of them fills it up again: next time it is the others' turn.
    memory.changed(700)
    await clock.pass(1_000)
    expect(reading).toHaveLength(64)
    memory.changed(-1_101)
    expect(reading.slice(64)).toEqual(Array.from({ length: 64 }, (_, id) => 64 + id))
    await clock.pass(5)
    await clock.pass(5)
    expect(stopped.size).toBe(0)
  })
})
