import { randomBytes, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { type FreshDatabase, freshDatabase } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { seededRandom } from '../../support/seed.ts'
import { until } from '../../support/until.ts'
import { addItem, rawClient, stockClient, stockSocket, titles } from './clients.ts'
import { type NodeOptions, newList, startNode, type TestNode } from './node.ts'

let database: FreshDatabase
let server: TestNode

beforeEach(async () => {
  database = await freshDatabase()
  server = await startNode({ databaseUrl: database.url })
})

afterEach(async () => {
  await server.stop()
  await database.drop()
  vi.restoreAllMocks()
})

async function restart(options: NodeOptions): Promise<void> {
  await server.stop()
  server = await startNode({ databaseUrl: database.url, ...options })
}

async function bareSocket(
  options: { origin?: string } = {},
): Promise<{ socket: WebSocket; closed: { code: number; reason: string }[] }> {
  const socket = new WebSocket(server.url, options)
  const closed: { code: number; reason: string }[] = []
  socket.on('error', () => undefined)
  socket.on('close', (code, reason) => closed.push({ code, reason: String(reason) }))
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return { socket, closed }
}

function frame(
  name: string,
  type: number,
  body: (encoder: encoding.Encoder) => void = () => undefined,
): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, name)
  encoding.writeVarUint(encoder, type)
  body(encoder)
  return encoding.toUint8Array(encoder)
}

/** A sync step with its payload, or with a length and nothing behind it. */
function sync(encoder: encoding.Encoder, step: number, payload: number[] | number): void {
  encoding.writeVarUint(encoder, step)
  if (typeof payload === 'number') encoding.writeVarUint(encoder, payload)
  else encoding.writeVarUint8Array(encoder, Uint8Array.from(payload))
}

const auth = (name: string): Uint8Array =>
  frame(name, 2, (encoder) => {
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarString(encoder, 'ann')
  })

/** The status line and headers of an upgrade that was answered over HTTP. */
function refusedUpgrade(
  path: string,
  origin?: string,
): Promise<{ status: number; retryAfter: string | undefined }> {
  const url = server.url.replace('/sync', path)
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, origin === undefined ? {} : { origin })
    socket.on('unexpected-response', (_request, response) => {
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] })
      response.destroy()
    })
    socket.on('open', () => reject(new Error('the socket opened')))
    socket.on('error', () => undefined)
  })
}

describe('frames', () => {
  const broken: [string, () => Uint8Array | string][] = [
    ['an empty frame', () => new Uint8Array(0)],
    ['a name longer than the frame', () => new Uint8Array([200, 1, 65, 66])],
    ['an unknown type', () => frame(randomUUID(), 99)],
    ['a server-to-server type', () => frame(randomUUID(), 4, (e) => encoding.writeVarUint(e, 0))],
    [
      'a broadcast only servers may send',
      () => frame(randomUUID(), 6, (e) => encoding.writeVarString(e, 'all')),
    ],
    ['a sync frame without its payload', () => frame(randomUUID(), 0, (e) => encoding.writeVarUint(e, 2))],
    ['a length beyond the frame', () => frame(randomUUID(), 0, (e) => sync(e, 2, 2 ** 40))],
    ['a state vector that is none', () => frame(randomUUID(), 0, (e) => sync(e, 0, [9, 9]))],
    [
      'presence that is no JSON',
      () => frame(randomUUID(), 1, (e) => encoding.writeVarUint8Array(e, new Uint8Array([1, 1, 1, 1, 65]))),
    ],
    ['text', () => 'hello'],
  ]

  it.each(broken)(
    '[SOCK-1][Z-05][V-16] %s closes that socket with 4400 and a reason, nobody else, and is not even printed',
    async (_name, make) => {
      const errors = vi.spyOn(console, 'error')
      const listId = await newList(server.storage)
      const ann = await rawClient(server, listId, 'ann')
      const { socket, closed } = await bareSocket()
      socket.send(make())
      await until(() => closed.length === 1)
      expect(closed[0]?.code).toBe(4400)
      expect(closed[0]?.reason).not.toBe('')
      addItem(ann.document, 'ann', 'Still here')
      await until(() => ann.unanswered === 0)
      expect(errors).not.toHaveBeenCalled()
    },
  )

  it('[SOCK-1][Z-05] random frames never end the process and never reach a row', async () => {
    const random = seededRandom('random frames')
    const listId = await newList(server.storage)
    const good = await rawClient(server, listId, 'ann')
    await until(() => good.unanswered === 0)
    let closedSockets = 0
    for (let round = 0; round < 60; round++) {
      const { socket, closed } = await bareSocket()
      socket.send(auth(listId))
      for (let i = 0; i < 20; i++) {
        const body = randomBytes(random.int(60))
        const addressed = random.next() < 0.7
        socket.send(addressed ? Buffer.concat([frame(listId, random.int(12)), body]) : body)
      }
      socket.close()
      await until(() => closed.length === 1)
      if (closed[0]?.code === 4400) closedSockets += 1
    }
    expect(closedSockets).toBeGreaterThan(20)
    addItem(good.document, 'ann', 'Milk')
    await until(() => good.unanswered === 0)
    expect(await server.storage.log.head(listId)).toBe(1)
  })

  it('[SOCK-2][V-16] a 100 MB frame closes the socket with 1009; the process lives and others do not notice', async () => {
    const listId = await newList(server.storage)
    const ann = await rawClient(server, listId, 'ann')
    const { socket, closed } = await bareSocket()
    socket.send(Buffer.alloc(100 * 1024 * 1024))
    await until(() => closed.length === 1)
    expect(closed[0]?.code === 1009 || closed[0]?.code === 1006).toBe(true)
    addItem(ann.document, 'ann', 'Still here')
    await until(() => ann.unanswered === 0)
  })

  it('[ACCESS-1][Z-15] names that cannot be lists are answered like lists of others and reach nothing', async () => {
    const listId = await newList(server.storage)
    const names = [
      '__proto__',
      'constructor',
      'toString',
      `${listId}\0no session`,
      listId.toUpperCase(),
      ' ',
      '../etc',
      'ü'.repeat(18),
    ]
    const { socket, closed } = await bareSocket()
    const answers: Buffer[] = []
    socket.on('message', (data: Buffer) => answers.push(data))
    for (const name of names) socket.send(auth(name))
    for (const name of names) socket.send(frame(name, 0, (e) => sync(e, 0, [0])))
    await until(() => answers.length === names.length)
    for (const [index, answer] of answers.entries()) {
      expect(answer.includes(Buffer.from(names[index] ?? '?'))).toBe(true)
      expect(String(answer)).toContain('4403 No such list, or no access.')
    }
    expect(closed).toHaveLength(0)
    expect(server.hub.stats().lists).toBe(0)
    socket.terminate()
  })
})

describe('one socket', () => {
  it('[SOCK-6][C-19] carries 150 lists of one person', async () => {
    const listIds = await Promise.all(Array.from({ length: 150 }, () => newList(server.storage)))
    const socket = stockSocket(server)
    const clients = listIds.map((listId) => stockClient(socket, listId, 'ann'))
    await until(() => clients.every(({ provider }) => provider.synced), {
      what: '150 lists to sync',
      timeoutMs: 20_000,
    })
    expect(server.hub.stats()).toMatchObject({ sockets: 1, lists: 150 })
    for (const [index, { document }] of clients.entries()) addItem(document, 'ann', `in list ${index}`)
    await until(() => clients.every(({ provider }) => !provider.hasUnsyncedChanges))
    for (const [index, listId] of listIds.entries()) {
      expect(await server.storage.log.head(listId), `list ${index}`).toBe(1)
    }
    socket.destroy()
  })

  it('[SOCK-4][X-14] that stops reading is bounded, then closed to come back, and misses nothing when it does', async () => {
    // The kernel holds several megabytes on its own before anything waits in the process.
    await restart({
      limits: { tooSlowBytes: 256 * 1024, shedPresenceBytes: 64 * 1024, maxListBytes: 64 * 1024 * 1024 },
    })
    const listId = await newList(server.storage, { ben: 'editor' })
    const ann = await rawClient(server, listId, 'ann')
    const ben = await rawClient(server, listId, 'ben')
    ben.socket.pause()
    const text = 'x'.repeat(9_000)
    await until(
      () => {
        // One after the other: what piles up at the sender would have to be waited for at the end.
        if (ann.unanswered === 0) {
          ann.document.transact(() => {
            for (let i = 0; i < 40; i++) addItem(ann.document, 'ann', text)
          })
        }
        return server.hub.stats().sockets === 1
      },
      { what: 'the slow socket to be closed', timeoutMs: 25_000 },
    )
    const again = new RawClient({ url: server.url, token: 'ben', listId, document: ben.document })
    await again.synced
    await until(() => ann.unanswered === 0 && titles(again.document).length === titles(ann.document).length)
  })

  it('[SOCK-4] that asks for what is no list, and reads none of the answers, is bounded too, whatever else it says', async () => {
    await restart({
      limits: {
        tooSlowBytes: 256 * 1024,
        shedPresenceBytes: 64 * 1024,
        heartbeatMs: 200,
        firstListMs: 60_000,
      },
    })
    const { socket } = await bareSocket()
    socket.pause()
    const asks = frame('n'.repeat(500), 2, (encoder) => {
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarString(encoder, 'ann')
    })
    await until(
      () => {
        if (socket.readyState === WebSocket.OPEN && socket.bufferedAmount < 500_000) {
          for (let i = 0; i < 1_000; i += 1) socket.send(asks)
          socket.pong()
        }
        return server.hub.stats().sockets === 0
      },
      { what: 'the socket that does not read to be closed', timeoutMs: 20_000 },
    )
    socket.terminate()
  })

  it('[SOCK-3] that sends faster than the database commits is slowed, not cut, and loses nothing', async () => {
    await restart({ limits: { pauseFrames: 16 } })
    const listId = await newList(server.storage)
    const ann = await rawClient(server, listId, 'ann')
    for (let i = 0; i < 1_000; i++) addItem(ann.document, 'ann', `item ${i}`)
    await until(() => ann.unanswered === 0, { what: '1,000 acknowledgements', timeoutMs: 25_000 })
    expect(await server.storage.log.head(listId)).toBe(1_000)
    expect(ann.closed).toBeNull()
  })

  it('[SOCK-7] that opens no list in time, or does not answer pings, is closed', async () => {
    await restart({ limits: { firstListMs: 50 } })
    const { closed } = await bareSocket()
    await until(() => closed.length === 1)
    expect(closed[0]?.code).toBe(4508)

    await restart({ limits: { heartbeatMs: 30 } })
    const listId = await newList(server.storage)
    const dead = await rawClient(server, listId, 'ann')
    dead.socket.pause()
    await until(() => server.hub.stats().sockets === 0, { what: 'the silent socket to be cut' })
  })

  it('[SOCK-11][C-17][X-12] that has no list open for long is told so and closed; one that has, or opens one again, is not', async () => {
    await restart({ limits: { idleMs: 700 } })
    const listId = await newList(server.storage)
    const [idle, open] = [await rawClient(server, listId, 'ann'), await rawClient(server, listId, 'ann')]
    const heard: string[] = []
    idle.socket.on('message', (data: Buffer) => heard.push(data.toString()))
    idle.send(7, () => undefined)
    await until(() => idle.closed !== null)
    expect(heard.at(-1)).toContain('{"type":"idle-disconnect"}')
    expect(idle.closed).toEqual({ code: 1000, reason: 'idle-disconnect' })
    open.send(7, () => undefined)
    await until(() => open.denied !== null)
    open.send(2, (encoder) => {
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarString(encoder, 'ann')
    })
    const later = await rawClient(server, listId, 'ann')
    later.send(7, () => undefined)
    await until(() => later.closed !== null)
    expect(open.closed).toBeNull()
  })
})

describe('upgrades', () => {
  it('[SOCK-8] are answered plainly: another path 404, a foreign page 403, too many sockets 503 with Retry-After', async () => {
    expect(await refusedUpgrade('/elsewhere')).toMatchObject({ status: 404 })
    expect(await refusedUpgrade('/sync', 'https://evil.example')).toMatchObject({ status: 403 })
    const { socket } = await bareSocket({ origin: 'http://localhost:5173' })
    socket.terminate()
    await restart({ limits: { maxSockets: 0, allowedOrigins: ['https://app.example'] } })
    expect(await refusedUpgrade('/sync', 'https://app.example')).toEqual({ status: 503, retryAfter: '5' })
  })

  it('[SOCK-1] that are reset half-way do not end the process', async () => {
    const { port } = new URL(server.url)
    for (let i = 0; i < 20; i++) {
      const raw = connect(Number(port), '127.0.0.1')
      raw.on('error', () => undefined)
      await new Promise((resolve) => raw.once('connect', resolve))
      raw.write('GET /sync HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n')
      raw.write('Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n')
      raw.resetAndDestroy()
    }
    const listId = await newList(server.storage)
    await rawClient(server, listId, 'ann')
  })
})
