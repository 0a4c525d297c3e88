import { openPostgresStorage, type Storage, type UserId } from '@tandem/persistence'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { InFlight } from '../../../server/src/room/in-flight.ts'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { addItem, rawClient, titles } from './clients.ts'
import { latch } from './latch.ts'
import { grant, heldAppends, newList, startNode, type TestNode } from './node.ts'

let database: FreshDatabase
let storage: Storage
let server: TestNode | null = null

beforeEach(async () => {
  database = await freshDatabase()
  storage = await openPostgresStorage({ connectionString: database.url })
})

afterEach(async () => {
  await server?.stop()
  server = null
  await storage.close(1_000).catch(() => undefined)
  await database.drop()
})

async function takeRole(listId: string, userId: string): Promise<void> {
  await withClient(database.url, (client) =>
    client.query(
      `UPDATE share_grants SET revoked_at = now(), end_reason = 'removed' WHERE list_id = $1 AND grantee_id = $2`,
      [listId, userId],
    ),
  )
}

describe('what a client says about its own frame', () => {
  // One and two in two bytes each: readable for Yjs, and neither is the number the server compares with.
  for (const [name, step] of [
    ['answer to the handshake', 1],
    ['update', 2],
  ] as const) {
    it(`[GATE-1][Z-06][P-01] an ${name} whose kind is spelled in two bytes passes no gate and reaches nobody`, async () => {
      server = await startNode({ storage })
      const listId = await newList(storage, { vic: 'viewer' })
      const ann = await rawClient(server, listId, 'ann')
      const acks: boolean[] = []
      const vic = new RawClient({ url: server.url, token: 'vic', listId, onAck: (ok) => acks.push(ok) })
      await vic.synced
      await until(() => ann.unanswered === 0 && acks.length === 1)
      const forged = new Y.Doc()
      addItem(forged, 'ann', 'Forged')
      vic.send(0, (encoder) => {
        encoding.writeUint8(encoder, 0x80 | step)
        encoding.writeUint8(encoder, 0)
        encoding.writeVarUint8Array(encoder, Y.encodeStateAsUpdate(forged))
      })
      await until(() => vic.closed !== null || vic.denied !== null || acks.length > 1)
      expect(acks).not.toEqual([true, true])
      const late = await rawClient(server, listId, 'ann')
      expect([titles(late.document), titles(ann.document)]).toEqual([[], []])
      expect(await storage.log.head(listId)).toBe(0)
    })
  }
})

describe('a change of role', () => {
  it('[ACCESS-2][P-18] has reached the open connections here when its promise resolves', async () => {
    const slow = latch()
    server = await startNode({
      storage: {
        ...storage,
        directory: {
          ...storage.directory,
          find: async (listId, userId) => {
            const row = await storage.directory.find(listId, userId)
            await slow.pass()
            return row
          },
        },
      },
    })
    const listId = await newList(storage, { ben: 'editor' })
    const ben = await rawClient(server, listId, 'ben')
    await until(() => ben.unanswered === 0)
    await grant(storage, listId, { userId: 'ben', role: 'viewer' })
    slow.close()
    const asked = slow.arrived()
    const changed = server.hub.accessChanged(listId, 'ben' as UserId)
    await until(() => slow.arrived() > asked)
    slow.open()
    await changed
    expect(
      server.log.some(({ event, fields }) => event === 'access.changed' && fields['role'] === 'viewer'),
    ).toBe(true)
  })
})

describe('bytes that Yjs can read and nobody honest writes', () => {
  it('[SOCK-1][Z-05] end the list on that socket without being read by Yjs', async () => {
    server = await startNode({ storage })
    const listId = await newList(storage)
    const ann = await rawClient(server, listId, 'ann')
    await until(() => ann.unanswered === 0)
    // A removed struct of no length.
    ann.sendUpdate(new Uint8Array([1, 1, 5, 0, 1, 1, 1, 120, 0, 0]))
    await until(() => ann.denied !== null, { timeoutMs: 2_000 })
    expect(ann.denied).toMatch(/^4400 /)
    expect(ann.messages.some((text) => text.includes('"malformed"'))).toBe(true)
  })
})

describe('who loses access', () => {
  it('[ACCESS-3][P-01] has no edit stored that was still waiting behind another one', async () => {
    const held = heldAppends(storage)
    server = await startNode({ storage: held.storage })
    const listId = await newList(storage, { ben: 'editor' })
    const document = new Y.Doc()
    const first = new RawClient({ url: server.url, token: 'ben', listId, document })
    const second = await rawClient(server, listId, 'ben')
    await first.synced
    await until(() => first.unanswered + second.unanswered === 0)
    addItem(document, 'ben', 'Committed')
    await until(() => held.waiting() === 1)
    const before = Y.encodeStateVector(document)
    first.drop()
    addItem(document, 'ben', 'Waiting')
    second.sendUpdate(Y.encodeStateAsUpdate(document, before))
    // Answered in order: when the question is answered, the edit before it has been taken up.
    await until(() => server?.hub.stats().pendingAppends === 1)
    await takeRole(listId, 'ben')
    server.hub.accessChanged(listId, 'ben' as UserId)
    await until(() => second.denied !== null)
    held.release()
    const ann = await rawClient(server, listId, 'ann')
    await until(() => titles(ann.document).length > 0)
    await until(() => server?.hub.stats().pendingAppends === 0)
    expect(titles(ann.document)).toEqual(['Committed'])
    expect(await storage.log.head(listId)).toBe(1)
  })

  it('[ACCESS-2][P-18] stays without it though an older answer of the database comes last', async () => {
    const slow = latch()
    let isFirst = true
    const directory: Storage['directory'] = {
      ...storage.directory,
      find: async (listId, userId) => {
        const row = await storage.directory.find(listId, userId)
        if (userId === 'ben' && isSlow && isFirst) {
          isFirst = false
          await slow.pass()
        }
        return row
      },
    }
    let isSlow = false
    server = await startNode({ storage: { ...storage, directory } })
    const listId = await newList(storage, { ben: 'viewer' })
    const ben = await rawClient(server, listId, 'ben')
    await until(() => ben.unanswered === 0)
    isSlow = true
    slow.close()
    await grant(storage, listId, { userId: 'ben', role: 'editor' })
    server.hub.accessChanged(listId, 'ben' as UserId)
    await until(() => slow.arrived() === 1)
    await grant(storage, listId, { userId: 'ben', role: 'checker' })
    server.hub.accessChanged(listId, 'ben' as UserId)
    await until(() => ben.messages.some((text) => text.includes('"checker"')))
    slow.open()
    addItem(ben.document, 'ben', 'Forbidden')
    await until(() => ben.unanswered === 0)
    expect(ben.messages.some((text) => text.includes('"editor"'))).toBe(false)
    expect(await storage.log.head(listId)).toBe(0)
  })
})

describe('what one client may fill', () => {
  it('[SOCK-8][X-14] a socket that ends while its token is checked is not counted among its user’s for ever', async () => {
    const slow = latch()
    slow.close()
    server = await startNode({
      storage,
      authenticate: async (token) => {
        await slow.pass()
        return { ok: true, userId: token as UserId, name: token }
      },
    })
    const listId = await newList(storage)
    const ann = new RawClient({ url: server.url, token: 'ann', listId })
    await until(() => slow.arrived() === 1)
    ann.drop()
    await until(() => server?.hub.stats().sockets === 0)
    slow.open()
    const ben = new RawClient({ url: server.url, token: 'ben', listId })
    await until(() => ben.denied !== null)
    expect(server.hub.stats().users).toBe(1)
  })

  it('[GATE-15][Z-05] of the server’s time by an update made of documents is what it takes to refuse it', () => {
    const inFlight = new InFlight()
    const document = new Y.Doc()
    addItem(document, 'ann', 'Milk')
    inFlight.add(Y.encodeStateAsUpdate(document))
    const hostile = manyDocuments(60_000)
    const startMs = performance.now()
    expect(inFlight.overlapping(hostile)).toBeNull()
    // Yjs builds them all: half a second.
    expect(performance.now() - startMs).toBeLessThan(100)
  })

  it('[PRES-3][X-14] presence of one connection is a few people, not as many as it likes to invent', async () => {
    server = await startNode({ storage })
    const listId = await newList(storage, { vic: 'viewer' })
    const ann = await rawClient(server, listId, 'ann')
    const vic = await rawClient(server, listId, 'vic')
    const seen = new Set<number>()
    ann.socket.on('message', (data: Buffer) => {
      if (data[37] !== 1) return
      for (const id of presentIn(data)) seen.add(id)
    })
    for (let message = 0; message < 3; message++) {
      vic.send(1, (encoder) => {
        const body = encoding.createEncoder()
        encoding.writeVarUint(body, 1_000)
        for (let i = 0; i < 1_000; i++) {
          encoding.writeVarUint(body, 1 + message * 1_000 + i)
          encoding.writeVarUint(body, 1)
          encoding.writeVarString(body, '{"cursor":1}')
        }
        encoding.writeVarUint8Array(encoder, encoding.toUint8Array(body))
      })
    }
    await until(() => seen.size > 0)
    vic.send(0, (encoder) => {
      encoding.writeVarUint(encoder, 2)
      encoding.writeVarUint8Array(encoder, new Uint8Array([0, 0]))
    })
    await until(() => vic.unanswered <= 0)
    addItem(ann.document, 'ann', 'Milk')
    await until(() => ann.unanswered === 0)
    expect(seen.size).toBeLessThanOrEqual(16)
  })
})

/** One writer's update in which every struct is a nested document. */
function manyDocuments(count: number): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const number of [1, count, 5, 0]) encoding.writeVarUint(encoder, number)
  for (let i = 0; i < count; i++) {
    encoding.writeUint8(encoder, i === 0 ? 9 : 0x89)
    encoding.writeVarUint(encoder, i === 0 ? 1 : 5)
    if (i === 0) encoding.writeVarString(encoder, 'x')
    else encoding.writeVarUint(encoder, i - 1)
    encoding.writeVarString(encoder, '')
    encoding.writeAny(encoder, {})
  }
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}

/** Client ids of a presence frame: `36 name type length count (id clock state)…`, all below 2^14. */
function presentIn(frame: Buffer): number[] {
  const ids: number[] = []
  let at = 38
  const number = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = frame[at++] ?? 0
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
  number()
  const count = number()
  for (let i = 0; i < count; i++) {
    ids.push(number())
    number()
    const bytes = number()
    at += bytes
  }
  return ids
}
