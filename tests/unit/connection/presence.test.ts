import { afterEach, describe, expect, it } from 'vitest'
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { until } from '../../support/until.ts'
import { FakeEnvironment } from './fake-environment.ts'
import { fakeLink } from './fake-link.ts'
import { RealWorld } from './real-client.ts'
import type { TestHost } from './test-host.ts'

const world = new RealWorld()
afterEach(() => world.end())

const others = (host: TestHost): unknown[] =>
  [...host.presence.getStates()].filter(([id]) => id !== host.presence.clientID).map(([, state]) => state)

describe('presence', () => {
  it('[PRES-4] people see each other come, change, drop out and return with a real server', async () => {
    const server = await world.server()
    const proxy = await world.proxy(server)
    const ann = world.open(world.link(server.url), 'list-1')
    const bob = world.open(world.link(proxy.url), 'list-1')
    ann.presence.setLocalState({ name: 'Ann' })
    bob.presence.setLocalState({ name: 'Bob', viewing: 'milk' })
    await until(() => others(ann).length === 1 && others(bob).length === 1)
    bob.presence.setLocalStateField('viewing', 'bread')
    await until(() => JSON.stringify(others(ann)) === '[{"name":"Bob","viewing":"bread"}]')
    proxy.dropNewConnections(true)
    proxy.cut()
    await until(() => others(bob).length === 0 && others(ann).length === 0)
    proxy.dropNewConnections(false)
    // At once after the reconnect, and not with the renewal 15 s later.
    await until(() => others(bob).length === 1 && others(ann).length === 1, { timeoutMs: 5_000 })
    expect(others(ann)).toEqual([{ name: 'Bob', viewing: 'bread' }])
  })

  it('[PRES-4][R-04] a hundred changes in a second are ten frames, and the last one is among them', async () => {
    const { environment, open, goLive } = fakeLink()
    const host = open('a')
    const socket = await goLive()
    const sent = () => socket.sent.flatMap(({ frame }) => (frame.type === 'awareness' ? [frame.update] : []))
    const before = sent().length
    for (let i = 1; i <= 100; i++) {
      host.presence.setLocalStateField('at', i)
      await environment.advance(10)
    }
    await environment.advance(100)
    expect(sent().length - before).toBeLessThanOrEqual(11)
    expect(sent().length - before).toBeGreaterThan(5)
    const seen = new Awareness(new Y.Doc())
    for (const update of sent()) applyAwarenessUpdate(seen, update, 'test')
    expect(seen.getStates().get(host.presence.clientID)).toMatchObject({ at: 100 })
    seen.destroy()
  })

  it('[PRES-4] what others sent is not sent back', async () => {
    const world2 = fakeLink()
    const host = world2.open('a')
    const socket = await world2.goLive()
    const before = socket.sent.length
    const stranger = new FakeStranger()
    for (let i = 0; i < 5; i++) socket.say('a', { type: 'awareness', update: stranger.says(i) })
    await world2.environment.advance(1_000)
    expect(others(host)).toEqual([{ at: 4 }])
    expect(socket.sent.length).toBe(before)
  })

  it('[PRES-4][A-06] on a socket that does not drain presence waits; edits have the way', async () => {
    const { environment, open, goLive } = fakeLink({ environment: new FakeEnvironment() })
    const host = open('a')
    const socket = await goLive()
    await environment.advance(200)
    socket.bufferedAmount = 2_000_000
    const before = socket.sent.length
    host.presence.setLocalStateField('at', 1)
    await environment.advance(900)
    expect(socket.sent.length).toBe(before)
    socket.bufferedAmount = 0
    await environment.advance(200)
    expect(socket.types('a').at(-1)).toBe('awareness')
  })

  it('[PRES-4] after a repair the new document knows who is here', async () => {
    const { open, goLive } = fakeLink()
    const host = open('a')
    const socket = await goLive()
    socket.say('a', { type: 'awareness', update: new FakeStranger().says(7) })
    host.replaceDocument()
    expect(others(host)).toEqual([])
    host.channel?.rejoin()
    socket.say('a', { type: 'step-1', stateVector: new Uint8Array([0]) })
    socket.say('a', { type: 'step-2', update: new Uint8Array([0, 0]) })
    expect(host.state).toBe('live')
    expect(others(host)).toEqual([{ at: 7 }])
  })
})

class FakeStranger {
  #clock = 0

  /** An awareness update of one client, spelled out: count, id, clock, state. */
  says(at: number): Uint8Array {
    this.#clock += 1
    const state = new TextEncoder().encode(JSON.stringify({ at }))
    return new Uint8Array([1, 42, this.#clock, state.length, ...state])
  }
}
