import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createEnvironment } from '../../../client-sdk/src/environment.ts'
import { until } from '../../support/until.ts'
import { RealWorld } from './real-client.ts'
import { TestHost } from './test-host.ts'

const world = new RealWorld()
afterEach(() => world.end())

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe('lists on a real Hocuspocus', () => {
  it('[LINK-1][SYNC-2][E-12] both sides have what the other had once the list is live', async () => {
    const server = await world.server()
    const ann = world.open(world.link(server.url), 'list-1')
    ann.write('milk')
    await until(() => ann.state === 'live' && ann.ackedUpTo === 1)
    const bob = world.open(world.link(server.url), 'list-1')
    await until(() => bob.state === 'live')
    expect(bob.keys()).toEqual(['milk'])
    expect(bob.completed).toBe(1)
    bob.write('bread')
    await until(() => ann.keys().includes('bread') && bob.ackedUpTo === 1)
  })

  it('[ACK-1][E-12] ten offline edits are acknowledged only when the server has all ten', async () => {
    const applied: number[] = []
    const server = await world.server({
      // Slow enough that an acknowledgement that comes too early is seen.
      beforeSync: async ({ type }) => {
        if (type !== 0) await pause(30)
      },
    })
    const proxy = await world.proxy(server)
    const link = world.link(proxy.url)
    const host = new (class extends TestHost {
      override acked(upTo: number): void {
        applied.push(server.hocuspocus.documents.get('list-1')?.getMap('items').size ?? 0)
        super.acked(upTo)
      }
    })()
    world.open(link, 'list-1', host)
    await until(() => host.acks.length === 1)
    proxy.dropNewConnections(true)
    proxy.cut()
    await until(() => host.state === 'detached')
    for (let i = 0; i < 10; i++) host.write(`k${i}`)
    proxy.dropNewConnections(false)
    await until(() => host.ackedUpTo === 10)
    expect(host.acks).toEqual([0, 10])
    expect(applied).toEqual([0, 10])
    host.write('one more')
    await until(() => host.ackedUpTo === 11)
    expect(applied.at(-1)).toBe(11)
  })

  it('[SOCK-6][C-19] 150 lists share one socket, and none is lost to the limit on pending documents', async () => {
    const server = await world.server({ onAuthenticate: () => pause(30) })
    const link = world.link(server.url)
    const hosts = Array.from({ length: 150 }, (_, i) => world.open(link, `list-${i}`))
    for (const [i, host] of hosts.entries()) host.write(`of ${i}`)
    await until(() => hosts.every((host) => host.state === 'live' && host.ackedUpTo === host.written))
    expect(server.accepted).toBe(1)
    expect(server.hocuspocus.documents.get('list-149')?.getMap('items').has('of 149')).toBe(true)
  })

  it('[LINK-6][E-29] a list that the server closes recovers on the same socket, while others keep it busy', async () => {
    const server = await world.server()
    const link = world.link(server.url)
    const [host, busy] = [world.open(link, 'list-1'), world.open(link, 'list-2')]
    const writer = setInterval(() => busy.write('k', Math.random()), 1)
    try {
      for (let round = 1; round <= 5; round++) {
        await until(() => host.state === 'live' && host.acks.length === round)
        server.hocuspocus.closeConnections('list-1')
        await until(() => host.state !== 'live')
        host.write(`while it is out ${round}`)
      }
      await until(() => host.state === 'live' && host.ackedUpTo === host.written)
    } finally {
      clearInterval(writer)
    }
    expect(server.hocuspocus.documents.get('list-1')?.getMap('items').size).toBe(5)
    expect(server.accepted).toBe(1)
    expect(busy.states.map((one) => one.state)).toEqual(['joining', 'live'])
  })

  it('[LINK-6][E-29] edits that cross the close of their list are saved within 5 s, and not before they are', async () => {
    const server = await world.server()
    const link = world.link(server.url, { environment: createEnvironment() })
    const [host, busy] = [world.open(link, 'list-1'), world.open(link, 'list-2')]
    await until(() => host.state === 'live' && busy.state === 'live' && host.acks.length === 1)
    const writer = setInterval(() => busy.write('k', Math.random()), 1)
    try {
      server.hocuspocus.closeConnections('list-1')
      // The server has closed; this client cannot know yet.
      for (let i = 0; i < 10; i++) host.write(`k${i}`)
      await until(() => host.ackedUpTo === 10, { timeoutMs: 5_000 })
    } finally {
      clearInterval(writer)
    }
    expect(host.acks).toEqual([0, 10])
    expect(server.hocuspocus.documents.get('list-1')?.getMap('items').size).toBe(10)
  })

  it('[LINK-6][E-29] a server that fails one write loses no edit', async () => {
    let failures = 0
    const server = await world.server({
      beforeSync: async ({ type, documentName }) => {
        if (type === 2 && documentName === 'list-1' && failures++ === 0) throw new Error('append failed')
      },
    })
    const link = world.link(server.url)
    const [host, busy] = [world.open(link, 'list-1'), world.open(link, 'list-2')]
    await until(() => host.state === 'live' && busy.state === 'live')
    const writer = setInterval(() => busy.write('k', Math.random()), 1)
    try {
      for (let i = 0; i < 20; i++) host.write(`k${i}`)
      await until(() => host.ackedUpTo === 20, { timeoutMs: 5_000 })
    } finally {
      clearInterval(writer)
    }
    expect(server.hocuspocus.documents.get('list-1')?.getMap('items').size).toBe(20)
  })

  it('[LINK-1][F-17] a network that is cut again and again converges, with each edit once', async () => {
    const server = await world.server()
    const proxy = await world.proxy(server)
    const direct = world.open(world.link(server.url), 'list-1')
    const host = world.open(world.link(proxy.url), 'list-1')
    const arrived: unknown[] = []
    await until(() => direct.state === 'live' && host.state === 'live')
    direct.doc.getArray('log').observe((event) => {
      for (const { insert } of event.changes.delta) if (Array.isArray(insert)) arrived.push(...insert)
    })
    let n = 0
    const writer = setInterval(() => host.doc.getArray('log').push([n++]), 2)
    let cuts = 0
    try {
      while (cuts < 25) {
        await until(() => host.state === 'live')
        await pause(5 + (cuts % 7) * 3)
        proxy.cut()
        cuts += 1
      }
    } finally {
      clearInterval(writer)
    }
    await until(() => host.ackedUpTo === host.written && arrived.length === n)
    expect(arrived).toEqual(Array.from({ length: n }, (_, i) => i))
    expect(n).toBeGreaterThan(50)
  })

  it('[LINK-1][F-17] a frame cut in the middle, in either direction, is as if it had never been sent', async () => {
    const server = await world.server()
    const proxy = await world.proxy(server)
    const host = world.open(world.link(proxy.url), 'list-1')
    await until(() => host.state === 'live')
    // Down: the header of a frame of 65,535 bytes, three bytes of it, and the end.
    for (const socket of server.sockets) {
      const { _socket: raw } = socket as unknown as { _socket: import('node:net').Socket }
      raw.write(Buffer.from([0x82, 0x7e, 0xff, 0xff, 1, 2, 3]), () => raw.destroy())
    }
    await until(() => host.state !== 'live')
    await until(() => host.state === 'live')
    // Up: more than fits in the buffers on the way, while nothing is read at the far end.
    proxy.pause('up')
    for (let i = 0; i < 20; i++) host.write(`k${i}`, 'x'.repeat(90_000))
    proxy.cut()
    proxy.resume()
    await until(() => host.ackedUpTo === 20)
    expect(server.hocuspocus.documents.get('list-1')?.getMap('items').size).toBe(20)
  })

  it('[LINK-9][L-02] three megabytes written offline arrive through a limit of one megabyte a frame', async () => {
    const server = await world.server()
    const host = new TestHost()
    host.doc.transact(() => {
      for (let i = 0; i < 10_000; i++) host.doc.getMap('items').set(`k${i}`, 'x'.repeat(300))
    })
    world.open(world.link(server.url), 'list-1', host)
    await until(() => host.ackedUpTo === host.written)
    expect(server.hocuspocus.documents.get('list-1')?.getMap('items').size).toBe(10_000)
    expect(Math.max(...server.frames.map((frame) => frame.length))).toBeLessThan(110_000)
    expect(server.accepted).toBe(1)
  })

  it('[ACK-6][E-12] a viewer with an edit gets a refusal; without one, nothing', async () => {
    const server = await world.server({
      onAuthenticate: async ({ connectionConfig }) => {
        connectionConfig.readOnly = true
      },
    })
    const [eager, quiet] = ['list-1', 'list-2'].map((id) => world.open(world.link(server.url), id))
    if (eager === undefined || quiet === undefined) throw new Error('unreachable')
    await until(() => eager.state === 'live' && quiet.state === 'live')
    expect(eager.channel?.state).toEqual({ state: 'live', readOnly: true })
    eager.write('milk')
    await until(() => eager.refusals.length === 1)
    expect(eager.refusals).toEqual([[0, 1]])
    expect(quiet.refusals).toEqual([])
  })

  it('[LINK-10] denied for good, and denied for now', async () => {
    let isStorageBack = false
    const server = await world.server({
      onAuthenticate: async ({ documentName }) => {
        if (documentName === 'private') throw { reason: '4403 No such list, or no access.' }
        if (!isStorageBack) throw { reason: '4503 The storage is away.' }
      },
    })
    const link = world.link(server.url)
    const [denied, waiting] = [world.open(link, 'private'), world.open(link, 'list-1')]
    await until(() => denied.state === 'denied')
    await until(() => waiting.states.filter((one) => one.state === 'joining').length >= 3)
    isStorageBack = true
    await until(() => waiting.state === 'live')
    expect(denied.states.at(-1)).toEqual({
      state: 'denied',
      code: 4403,
      reason: 'No such list, or no access.',
    })
    expect(server.accepted).toBe(1)
  })

  it('[LINK-7] a list that is closed and opened again at once joins again on the same socket', async () => {
    const server = await world.server()
    const link = world.link(server.url)
    // Without storage the server forgets a list that nobody has open.
    const keeper = world.open(world.link(server.url), 'list-1')
    const other = world.open(link, 'list-2')
    await until(() => keeper.state === 'live' && other.state === 'live')
    for (let round = 0; round < 10; round++) {
      const host = world.open(link, 'list-1')
      if (round % 2 === 0) await until(() => host.state === 'live')
      host.write(`k${round}`)
      if (round % 2 === 0) await until(() => host.ackedUpTo === 1)
      host.channel?.close()
    }
    const last = world.open(link, 'list-1')
    await until(() => last.state === 'live')
    expect(last.keys().length).toBeGreaterThanOrEqual(5)
    expect(server.accepted).toBe(2)
  })

  it('[LINK-11] a host that throws is reported, and its list starts over while others go on', async () => {
    const server = await world.server()
    const errors: unknown[] = []
    const link = world.link(server.url, { onError: (error) => errors.push(error) })
    let failures = 0
    const fragile = new (class extends TestHost {
      override received(update: Uint8Array, complete: boolean): void {
        if (failures++ === 0) throw new Error('the host failed')
        super.received(update, complete)
      }
    })()
    world.open(link, 'list-1', fragile)
    const sturdy = world.open(link, 'list-2')
    await until(() => fragile.state === 'live' && sturdy.state === 'live')
    expect(errors).toEqual([new Error('the host failed')])
    expect(server.accepted).toBe(1)
  })

  it('[LINK-8] why the keepalive is an empty update: a bare ping makes Hocuspocus drop the socket', async () => {
    const server = await world.server()
    const socket = new WebSocket(server.url)
    const closed = new Promise<number>((resolve) => {
      socket.onclose = ({ code }) => resolve(code)
    })
    socket.onopen = () => socket.send(new Uint8Array([9]))
    expect(await closed).toBeGreaterThanOrEqual(4000)
  })

  it('[PROTO-2] garbage from the server changes nothing', async () => {
    const server = await world.server()
    const host = world.open(world.link(server.url), 'list-1')
    await until(() => host.ackedUpTo === 0 && host.acks.length === 1)
    for (const socket of server.sockets) {
      for (let i = 0; i < 200; i++) socket.send(new Uint8Array(i).map((_, at) => (at * 31 + i * 7) % 256))
      socket.send('text')
    }
    host.write('milk')
    await until(() => host.ackedUpTo === 1)
    expect(Y.encodeStateVector(host.doc)).toEqual(
      Y.encodeStateVector(server.hocuspocus.documents.get('list-1') as Y.Doc),
    )
    expect(server.accepted).toBe(1)
  })
})
