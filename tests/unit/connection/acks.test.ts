import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { AckQueue } from '../../../client-sdk/src/connection/ack-queue.ts'
import type { FakeEnvironment, FakeSocket } from './fake-environment.ts'
import { fakeLink } from './fake-link.ts'
import type { TestHost } from './test-host.ts'

const SAVED = { type: 'sync-status', saved: true } as const
const REFUSED = { type: 'sync-status', saved: false } as const

async function live(): Promise<{ host: TestHost; socket: FakeSocket; environment: FakeEnvironment }> {
  const { open, goLive, environment } = fakeLink()
  const host = open('a')
  const socket = await goLive()
  socket.say('a', SAVED)
  return { host, socket, environment }
}

describe('what an answer means', () => {
  it('[ACK-4][E-07] each batch is answered once, oldest first', async () => {
    const { host, socket } = await live()
    host.write('milk')
    host.write('bread')
    host.write('eggs')
    expect(host.ackedUpTo).toBe(0)
    socket.say('a', SAVED)
    socket.say('a', REFUSED)
    socket.say('a', SAVED)
    expect(host.acks).toEqual([0, 1, 3])
    expect(host.refusals).toEqual([[1, 2]])
  })

  it('[ACK-2] an answer nobody waits for says nothing, and does not count for the next edit', async () => {
    const { host, socket } = await live()
    for (let i = 0; i < 5; i++) socket.say('a', SAVED)
    host.write('milk')
    expect(host.acks).toEqual([0])
    socket.say('a', SAVED)
    expect(host.ackedUpTo).toBe(1)
  })

  it('[ACK-4][E-12] ten edits made before the connection are one batch, saved with its one answer', async () => {
    const { open, goLive } = fakeLink()
    const host = open('a')
    for (let i = 0; i < 10; i++) host.write(`k${i}`)
    const socket = await goLive()
    const [step2] = socket.sent.flatMap(({ frame }) => (frame.type === 'step-2' ? [frame] : []))
    const copy = new Y.Doc()
    Y.applyUpdate(copy, step2?.update ?? new Uint8Array())
    expect([...copy.getMap('items').keys()]).toHaveLength(10)
    expect(socket.types('a')).not.toContain('update')
    expect(host.acks).toEqual([])
    socket.say('a', SAVED)
    expect(host.acks).toEqual([10])
  })

  it('[ACK-4][E-07] an edit made while joining goes out once: in the handshake, or right after it', async () => {
    const { open, environment } = fakeLink()
    const host = open('a')
    await environment.advance(0)
    const { socket } = environment
    socket.accept()
    host.write('before')
    socket.say('a', { type: 'authenticated', readOnly: false })
    host.write('between')
    expect(socket.types('a')).toEqual(['token', 'step-1'])
    socket.say('a', { type: 'step-1', stateVector: new Uint8Array([0]) })
    host.write('after')
    expect(host.state).toBe('joining')
    expect(socket.types('a')).toEqual(['token', 'step-1', 'step-2', 'update'])
    socket.say('a', { type: 'step-2', update: new Uint8Array([0, 0]) })
    socket.say('a', SAVED)
    expect(host.acks).toEqual([2])
    socket.say('a', SAVED)
    expect(host.acks).toEqual([2, 3])
  })

  it('[ACK-4][E-07] answers lost with the connection are not expected on the next one', async () => {
    const { host, socket, environment } = await live()
    host.write('milk')
    socket.drop()
    host.write('bread')
    await environment.advance(2_000)
    const second = environment.socket
    expect(second).not.toBe(socket)
    second.accept()
    second.welcome('a')
    socket.say('a', SAVED)
    expect(host.ackedUpTo).toBe(0)
    second.say('a', SAVED)
    expect(host.ackedUpTo).toBe(2)
  })

  it('[ACK-2][E-29] a late answer from before a close is not taken for one from after the rejoin', async () => {
    const { host, socket, environment } = await live()
    host.write('milk')
    host.write('bread')
    socket.say('a', { type: 'close', reason: '4503 again please' })
    await environment.advance(1_900)
    // The old connection still owes two answers, so no token goes out: what came would be ambiguous.
    expect(socket.types('a').filter((type) => type === 'token')).toHaveLength(1)
    socket.say('a', SAVED)
    socket.say('a', REFUSED)
    expect(host.acks).toEqual([0])
    expect(host.refusals).toEqual([])
    expect(socket.types('a').filter((type) => type === 'token')).toHaveLength(2)
    socket.welcome('a')
    expect(host.acks).toEqual([0])
    socket.say('a', SAVED)
    expect(host.acks).toEqual([0, 2])
    expect(environment.sockets).toHaveLength(1)
  })

  it('[ACK-2][E-29] when those late answers never come, another socket settles it', async () => {
    const { host, socket, environment } = await live()
    host.write('milk')
    socket.say('a', { type: 'close', reason: '' })
    await environment.advance(3_000)
    expect(environment.sockets).toHaveLength(2)
    environment.socket.accept()
    environment.socket.welcome('a')
    environment.socket.say('a', SAVED)
    expect(host.ackedUpTo).toBe(1)
    expect(socket.closedWith).not.toBeNull()
  })

  it('[ACK-2] after a rejoin, answers for the replaced document are counted and not reported', async () => {
    const { host, socket } = await live()
    host.write('milk')
    host.write('bread')
    host.replaceDocument()
    host.channel?.rejoin()
    host.write('eggs')
    expect(socket.types('a').slice(-1)).toEqual(['step-1'])
    socket.say('a', REFUSED)
    socket.say('a', SAVED)
    expect([host.acks, host.refusals]).toEqual([[0], []])
    socket.say('a', { type: 'step-1', stateVector: new Uint8Array([0]) })
    socket.say('a', { type: 'step-2', update: new Uint8Array([0, 0]) })
    expect(host.state).toBe('live')
    socket.say('a', SAVED)
    expect(host.acks).toEqual([0, 3])
  })

  it('[ACK-5][X-06] with 100 frames unanswered, edits wait and leave as one batch', async () => {
    const { host, socket } = await live()
    for (let i = 0; i < 500; i++) host.write('k', i)
    const updates = () => socket.types('a').filter((type) => type === 'update').length
    expect(updates()).toBe(100)
    socket.say('a', SAVED)
    expect(updates()).toBe(101)
    for (let i = 0; i < 100; i++) socket.say('a', SAVED)
    expect(updates()).toBe(101)
    expect(host.ackedUpTo).toBe(500)
  })

  it('[ACK-5][F-16] a socket that does not drain holds edits back, and they leave as one when it does', async () => {
    const { host, socket, environment } = await live()
    socket.bufferedAmount = 2_000_000
    for (let i = 0; i < 5_000; i++) host.write(`k${i % 100}`, i)
    await environment.advance(1_000)
    expect(socket.types('a')).not.toContain('update')
    socket.bufferedAmount = 0
    await environment.advance(100)
    const updates = socket.sent.flatMap(({ frame }) => (frame.type === 'update' ? [frame.update] : []))
    const copy = new Y.Doc()
    for (const update of updates) Y.applyUpdate(copy, update)
    expect(copy.getMap('items').toJSON()).toEqual(host.doc.getMap('items').toJSON())
    for (const _ of updates) socket.say('a', SAVED)
    expect(host.ackedUpTo).toBe(5_000)
    expect(updates.length).toBeLessThan(10)
  })

  it('[ACK-6] a refused read-only handshake is told as a refusal', async () => {
    const { open, goLive } = fakeLink()
    const host = open('a')
    host.write('milk')
    const socket = await goLive()
    socket.say('a', REFUSED)
    expect(host.refusals).toEqual([[0, 1]])
  })
})

describe('the queue of answers due', () => {
  it('[ACK-4] a batch in pieces is saved with the last, and refused with the first that is', () => {
    const acks = new AckQueue()
    acks.sentBatch(0, 5, 3)
    acks.sentBatch(5, 6, 2)
    acks.sentBatch(6, 7, 1)
    const answers = [true, true, true, false, true, true].map((saved) => acks.answered(saved))
    expect(answers).toEqual([
      null,
      null,
      { type: 'acked', upTo: 5 },
      { type: 'refused', after: 5, upTo: 6 },
      null,
      { type: 'acked', upTo: 7 },
    ])
  })

  it('[ACK-2] a stray answer is counted', () => {
    const acks = new AckQueue()
    expect(acks.answered(true)).toBeNull()
    expect(acks.strayAnswers).toBe(1)
  })
})
