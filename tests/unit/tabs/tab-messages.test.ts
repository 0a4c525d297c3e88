import { afterEach, expect, it } from 'vitest'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { UNANSWERED } from '../../../client-sdk/src/connection/own-codes.ts'
import { IDLE_DISCONNECT } from '../../../client-sdk/src/protocol/close-codes.ts'
import { encodeFrame } from '../../../client-sdk/src/protocol/frames.ts'
import { shareSockets } from '../../../client-sdk/src/tabs/share-sockets.ts'
import { whenFree } from '../../../client-sdk/src/tabs/sharing-port.ts'
import { sharedNames } from '../../../client-sdk/src/tabs/tunnel-messages.ts'
import { seededRandom } from '../../support/seed.ts'
import { type App, LIST, type TabsStage, tabsStage } from './tabs-stage.ts'

const stages: TabsStage[] = []
const NAMES = sharedNames('anna')
const TOKEN = encodeFrame(LIST, { type: 'token', token: 'good', version: 'tandem/1' })

function stage(): TabsStage {
  const made = tabsStage(seededRandom('tab messages', 7).next)
  stages.push(made)
  return made
}

afterEach(() => {
  for (const { errors } of stages.splice(0)) expect(errors).toEqual([])
})

async function twoLive(s: TabsStage): Promise<[App, App]> {
  const first = s.open()
  expect(await s.until(() => s.live(first))).toBe(true)
  const second = s.open()
  expect(await s.until(() => s.live(first, second))).toBe(true)
  return [first, second]
}

interface Heard {
  readonly type: string
  readonly from: string
  readonly bytes: number
}

/** A tab of which the test knows every word, that uses the socket of another. */
async function guest(s: TabsStage) {
  const { sharing } = s.browser.open()
  sharing.locks.hold(NAMES.tabLock('x'), { granted: () => {} })
  const heard: Heard[] = []
  const line = sharing.channel(NAMES.line('x-1'), (message) => heard.push(message as Heard))
  const hall = sharing.channel(NAMES.lobby, () => {})
  hall.post({ type: 'open', tab: 'x', session: 'x-1' })
  expect(await s.until(() => heard.some(({ type }) => type === 'opened'), 1_000)).toBe(true)
  return { heard, line, hall, leader: heard[0]?.from ?? '' }
}

it('[TABS-4] frames meant for a tab that had the socket before or after are not sent by this one', async () => {
  const s = stage()
  await twoLive(s)
  const { leader, line } = await guest(s)
  line.post({ to: 'another', type: 'frame', frame: TOKEN })
  await s.clock.advance(100)
  expect(s.server.openAs(LIST)).toHaveLength(2)
  line.post({ to: leader, type: 'frame', frame: TOKEN })
  await s.clock.advance(100)
  expect(s.server.openAs(LIST)).toContain(`${LIST}\0x-1`)
})

it('[TABS-3] a tab that wants nothing any more of all but one is let go of by all but that one', async () => {
  const s = stage()
  await twoLive(s)
  const { leader, line, hall } = await guest(s)
  line.post({ to: leader, type: 'frame', frame: TOKEN })
  await s.clock.advance(100)
  hall.post({ type: 'withdraw', session: 'x-1', except: leader })
  await s.clock.advance(100)
  expect(s.server.openAs(LIST)).toHaveLength(3)
  hall.post({ type: 'withdraw', session: 'x-1', except: 'another' })
  await s.clock.advance(100)
  expect(s.server.openAs(LIST)).toHaveLength(2)
})

it('[TABS-3] who looks out for the end of a tab hears it once, and holds nothing afterwards', async () => {
  const s = stage()
  const { locks } = s.browser.open().sharing
  let gone = 0
  const free = (): void => {
    gone += 1
  }
  const watched = s.browser.open()
  watched.sharing.locks.hold('a tab', { granted: () => {} })
  whenFree(locks, 'a tab', free)
  await s.clock.advance(100)
  expect(gone).toBe(0)
  watched.crash()
  await s.clock.advance(100)
  expect(gone).toBe(1)
  let isFree = false
  const granted = (): void => {
    isFree = true
  }
  s.browser.open().sharing.locks.hold('a tab', { granted })
  await s.clock.advance(100)
  expect(isFree).toBe(true)
})

it('[TABS-2] a browser that opens no socket is a connection that was lost at once', async () => {
  const s = stage()
  const { environment, sharing } = s.browser.open()
  const openSocket = (): never => {
    throw new Error('exhausted')
  }
  const shared = shareSockets({
    environment: { ...environment, openSocket },
    sharing,
    whose: () => 'anna',
  })
  const codes: number[] = []
  const socket = shared.environment.openSocket('wss://lists.example/sync')
  socket.onclose = ({ code }) => codes.push(code)
  await s.clock.advance(100)
  expect(codes).toEqual([1006])
  shared.close()
})

it('[LINK-13][TABS-1] the server is told why the last tab leaves its socket', async () => {
  const s = stage()
  const app = s.open()
  expect(await s.until(() => s.live(app))).toBe(true)
  const reasons: (string | undefined)[] = []
  for (const socket of s.server.sockets) {
    const close = socket.close.bind(socket)
    socket.close = (...[, reason]: [code?: number, reason?: string]) => {
      reasons.push(reason)
      close()
    }
  }
  app.link.rest()
  expect(reasons).toEqual([IDLE_DISCONNECT])
})

it('[TABS-4][TABS-5] what is said by a tab other than the one that answered first is not heard', async () => {
  const s = stage()
  const [, second] = await twoLive(s)
  const session = s.server.openAs(LIST).flatMap((address) => address.split('\0')[1] ?? [])[0] ?? ''
  const line = s.browser.open().sharing.channel(NAMES.line(session), () => {})
  line.post({ from: 'another', type: 'lost', code: 4401, reason: '' })
  line.post({
    from: 'another',
    type: 'frame',
    frame: encodeFrame(LIST, { type: 'denied', reason: '4403 No.' }),
  })
  await s.clock.advance(100)
  expect(second.codes).toEqual([])
  expect(s.live(second)).toBe(true)
})

it('[TABS-6] the socket is replaced when a tab had no answer and nothing has come for five seconds, and in no other case', async () => {
  for (const [isUnanswered, silentMs, opened] of [
    [true, 6_000, 2],
    [true, 3_000, 1],
    [false, 6_000, 1],
  ] as const) {
    const s = stage()
    const apps = await twoLive(s)
    const { leader, line } = await guest(s)
    for (const app of apps) app.edit()
    expect(await s.until(() => s.live(...apps))).toBe(true)
    await s.clock.advance(silentMs)
    line.post({ to: leader, type: 'leave', isUnanswered })
    await s.clock.advance(3_000)
    expect(await s.until(() => s.live(...apps))).toBe(true)
    expect([isUnanswered, silentMs, s.server.opened]).toEqual([isUnanswered, silentMs, opened])
  }
})

it('[TABS-8] a tab that keeps up is never sent back, however much comes, and one that writes much does not wait for a clock', async () => {
  const s = stage()
  const [, second] = await twoLive(s)
  const payload = 'x'.repeat(100_000)
  for (let i = 0; i < 120; i++) {
    s.server.broadcast(LIST, { type: 'stateless', payload })
    await s.clock.advance(50)
  }
  expect(second.codes).toEqual([])
  const big = new Uint8Array(100_000).fill(1)
  for (let i = 0; i < 20; i++) second.host.doc.getMap('items').set(`big-${i}`, big)
  const from = s.clock.now()
  expect(await s.until(() => s.live(second))).toBe(true)
  expect(s.clock.now() - from).toBeLessThan(2_000)
})

it('[TABS-8] who else is here is not kept for a tab that cannot run, and does not make it come back', async () => {
  const s = stage()
  const [, second] = await twoLive(s)
  second.tab.freeze()
  const other = new Awareness(new Y.Doc())
  for (let i = 0; i < 120; i++) {
    other.setLocalState({ at: i, text: 'x'.repeat(100_000) })
    const update = encodeAwarenessUpdate(other, [other.clientID])
    s.server.broadcast(LIST, { type: 'awareness', update })
    await s.clock.advance(50)
  }
  other.destroy()
  expect(second.tab.waitingBytes).toBeLessThan(500_000)
  second.tab.thaw()
  await s.clock.advance(1_000)
  expect(second.codes).toEqual([])
  expect(s.live(second)).toBe(true)
})

interface Said {
  readonly type: string
  readonly session?: string
  readonly except?: string
  readonly to?: string
  readonly isUnanswered?: boolean
}

/** A socket of a tab for which a tab of the test, `L`, has the browser's. */
async function guestOf(s: TabsStage) {
  const { sharing } = s.browser.open()
  for (const name of [NAMES.socketLock, NAMES.tabLock('L')]) sharing.locks.hold(name, { granted: () => {} })
  const lobby: Said[] = []
  const heard: Said[] = []
  const hall = sharing.channel(NAMES.lobby, (message) => lobby.push(message as Said))
  await s.clock.advance(20)
  const { environment, sharing: own } = s.browser.open()
  const shared = shareSockets({ environment, sharing: own, whose: () => 'anna' })
  const socket = shared.environment.openSocket('wss://lists.example/sync')
  expect(await s.until(() => lobby.length > 0, 1_000)).toBe(true)
  const line = sharing.channel(NAMES.line(lobby[0]?.session ?? ''), (message) => heard.push(message as Said))
  const say = (message: object): Promise<void> => {
    line.post({ from: 'L', ...message })
    return s.clock.advance(20)
  }
  return { socket, lobby, heard, hall, say, close: () => shared.close() }
}

it('[TABS-2][TABS-5] asks until it is answered, asks whoever comes next at once, and takes it back from the one before', async () => {
  const s = stage()
  const { socket, lobby, heard, hall, say } = await guestOf(s)
  await s.clock.advance(1_500)
  expect(lobby.map(({ type }) => type)).toEqual(['open', 'open'])
  await say({ type: 'alive', bytes: 0, buffered: 0 })
  await s.clock.advance(1_500)
  expect(lobby).toHaveLength(2)
  hall.post({ type: 'leader', leader: 'M' })
  await s.clock.advance(20)
  expect(lobby.map(({ type }) => type)).toEqual(['open', 'open', 'open'])
  expect(new Set(lobby.map(({ session }) => session)).size).toBe(1)

  await say({ type: 'alive', bytes: 0, buffered: 0 })
  const codes: number[] = []
  socket.onclose = ({ code }) => codes.push(code)
  heard.length = 0
  await say({ type: 'lost', code: 4426, reason: '' })
  expect(codes).toEqual([4426])
  expect(lobby.at(-1)).toMatchObject({ type: 'withdraw', except: '' })
  expect(heard).toEqual([])
})

it('[TABS-3][TABS-6] says that it leaves to the tab that has the socket, and whether it had no answer', async () => {
  for (const [code, isUnanswered] of [
    [undefined, false],
    [UNANSWERED, true],
  ] as const) {
    const s = stage()
    const { socket, heard, lobby, say } = await guestOf(s)
    await say({ type: 'alive', bytes: 0, buffered: 0 })
    await say({ type: 'opened' })
    socket.close(code)
    await s.clock.advance(20)
    expect(heard.at(-1)).toEqual({ to: 'L', type: 'leave', isUnanswered })
    expect(lobby.at(-1)).toMatchObject({ type: 'withdraw', except: 'L' })
  }
})

it('[TABS-8] what waits here, on the way and at the other tab’s socket is what the socket says it has buffered', async () => {
  const s = stage()
  const { socket, heard, say } = await guestOf(s)
  await say({ type: 'alive', bytes: 0, buffered: 0 })
  await say({ type: 'opened' })
  const frame = new Uint8Array(100_000)
  for (let i = 0; i < 5; i++) socket.send(frame)
  await s.clock.advance(20)
  expect(heard.filter(({ type }) => type === 'frame')).toHaveLength(3)
  expect(socket.bufferedAmount).toBe(500_000)
  await say({ type: 'alive', bytes: 100_000, buffered: 70_000 })
  expect(heard.filter(({ type }) => type === 'frame')).toHaveLength(4)
  expect(socket.bufferedAmount).toBe(470_000)
  await say({ type: 'alive', bytes: 400_000, buffered: 0 })
  await say({ type: 'alive', bytes: 500_000, buffered: 0 })
  expect(socket.bufferedAmount).toBe(0)
})

it('[TABS-1] a tab that loses its socket for a moment keeps the right to it, and one that wants none lets go', async () => {
  const s = stage()
  const app = s.open()
  expect(await s.until(() => s.live(app))).toBe(true)
  let isFree = false
  const granted = (): void => {
    isFree = true
  }
  s.browser.open().sharing.locks.hold(NAMES.socketLock, { granted })
  s.server.cutAll()
  expect(await s.until(() => app.codes.length > 0)).toBe(true)
  expect(await s.until(() => s.live(app))).toBe(true)
  await s.clock.advance(10_000)
  expect(isFree).toBe(false)
  app.link.close()
  await s.clock.advance(3_000)
  expect(isFree).toBe(false)
  await s.clock.advance(3_000)
  expect(isFree).toBe(true)
})
