import { afterEach, describe, expect, it } from 'vitest'
import type { TabLocks } from '../../../client-sdk/src/tabs/sharing-port.ts'
import { sharedNames } from '../../../client-sdk/src/tabs/tunnel-messages.ts'
import { seededRandom } from '../../support/seed.ts'
import { type App, HANDED_ON, LIST, type TabsStage, tabsStage } from './tabs-stage.ts'

const stages: TabsStage[] = []

function stage(seed = 7): TabsStage {
  const made = tabsStage(seededRandom('shared sockets', seed).next)
  stages.push(made)
  return made
}

afterEach(() => {
  for (const { errors } of stages.splice(0)) expect(errors).toEqual([])
})

async function threeLive(s: TabsStage): Promise<[App, App, App]> {
  const first = s.open()
  expect(await s.until(() => s.live(first))).toBe(true)
  const second = s.open()
  expect(await s.until(() => s.live(second))).toBe(true)
  const third = s.open()
  expect(await s.until(() => s.live(first, second, third))).toBe(true)
  return [first, second, third]
}

describe('one socket for the tabs of a browser', () => {
  it('[TABS-1] carries every tab’s edits to the server and to each other, the first one as if it were alone', async () => {
    const s = stage()
    const apps = await threeLive(s)
    expect(s.server.opened).toBe(1)
    const addresses = s.server.openAs(LIST)
    expect(addresses.filter((at) => at === LIST)).toHaveLength(1)
    expect(addresses).toHaveLength(3)
    const keys = apps.map((app) => app.edit()).sort()
    expect(await s.until(() => s.live(...apps) && apps.every((app) => app.host.keys().length === 3))).toBe(
      true,
    )
    expect(s.server.keys(LIST)).toEqual(keys)
    expect(s.server.opened).toBe(1)
  })

  it('[TABS-2] never opens before its tab’s socket has, and ends with it: every tab hears the server’s code', async () => {
    const s = stage()
    const apps = await threeLive(s)
    s.server.isReachable = false
    for (const socket of s.server.sockets) socket.cut(4426)
    await s.until(() => apps.every(({ codes }) => codes.length > 0), 5_000)
    expect(apps.map(({ codes }) => codes)).toEqual([[4426], [4426], [4426]])
    expect(apps.map(({ link }) => link.state.state)).toEqual(['stopped', 'stopped', 'stopped'])
  })

  it('[TABS-3] a tab that is closed, or crashes, leaves nothing open at the server, and one whose token is refused stops alone', async () => {
    const s = stage()
    const [first, second, third] = await threeLive(s)
    third.tab.crash()
    expect(await s.until(() => s.server.openAs(LIST).length === 2, 2_000)).toBe(true)
    second.close()
    expect(await s.until(() => s.server.openAs(LIST).length === 1, 2_000)).toBe(true)
    const refused = s.open({ token: 'bad' })
    await s.until(() => refused.link.state.state === 'stopped', 20_000)
    expect(refused.link.state).toMatchObject({ state: 'stopped', code: 4401 })
    expect(first.link.state.state).toBe('open')
    expect(first.codes).toEqual([])
    expect(s.server.opened).toBe(1)
  })

  it('[TABS-4] passes to the next tab at once when its own is closed, crashes or is put to rest', async () => {
    for (const end of ['close', 'crash', 'rest'] as const) {
      const s = stage()
      const [first, second, third] = await threeLive(s)
      const waiting = [second.edit(), third.edit()]
      if (end === 'close') first.close()
      if (end === 'crash') first.tab.crash()
      if (end === 'rest') {
        first.tab.rest()
        // Lost, and not handed on: it must not come back at once, and be given the lock asleep.
        expect(first.codes).toEqual([1006])
        first.tab.freeze()
      }
      const left = s.clock.now()
      expect(await s.until(() => s.live(second, third) && s.server.openAs(LIST).length === 2)).toBe(true)
      expect(s.clock.now() - left).toBeLessThan(1_000)
      expect(second.codes).toEqual([HANDED_ON])
      expect(s.server.keys(LIST)).toEqual(waiting.sort())
      expect(s.server.sockets.size).toBe(1)
      first.tab.thaw()
      if (end === 'rest') expect(await s.until(() => s.live(first, second, third))).toBe(true)
      expect(s.server.sockets.size).toBe(1)
    }
  })

  it('[TABS-5] is taken from a tab that has gone silent, within seconds of somebody waiting for it, and by one tab', async () => {
    const s = stage()
    const [first, second, third] = await threeLive(s)
    first.tab.freeze()
    const [two, three] = [second.edit(), third.edit()]
    const asked = s.clock.now()
    expect(await s.until(() => s.live(second, third))).toBe(true)
    expect(s.clock.now() - asked).toBeGreaterThan(2_900)
    expect(s.clock.now() - asked).toBeLessThan(8_000)
    expect(s.server.keys(LIST)).toEqual([two, three].sort())
    // The frozen one's cannot be closed by anybody else.
    expect(s.server.sockets.size).toBe(2)
    first.tab.thaw()
    expect(await s.until(() => s.live(first, second, third) && s.server.sockets.size === 1)).toBe(true)
    expect(s.server.opened).toBeLessThanOrEqual(4)
    const later = first.edit()
    expect(await s.until(() => s.live(first) && second.host.keys().includes(later))).toBe(true)
  })

  it('[TABS-1][TABS-5] is shared again by a tab that went to rest and came back while the one that had it was frozen', async () => {
    const s = stage()
    const [first, second, third] = await threeLive(s)
    first.tab.freeze()
    second.tab.rest()
    await s.clock.advance(20)
    const edits = [second.edit(), third.edit()]
    const left = s.clock.now()
    expect(await s.until(() => s.live(second, third))).toBe(true)
    expect(s.clock.now() - left).toBeLessThan(8_000)
    // Longer than a browser that gives no locks would be waited for.
    await s.clock.advance(30_000)
    first.tab.thaw()
    expect(await s.until(() => s.live(first, second, third) && s.server.sockets.size === 1)).toBe(true)
    await s.clock.advance(30_000)
    expect(s.server.sockets.size).toBe(1)
    expect(s.server.keys(LIST)).toEqual(edits.sort())
  })

  it('[TABS-1] is shared by a tab that was frozen before it had its place in the queue, whatever it hears first on waking', async () => {
    for (let i = 0; i < 10; i++) {
      const s = stage(i)
      const [first] = await threeLive(s)
      const late = s.open()
      await s.clock.advance(0)
      late.tab.freeze()
      await s.clock.advance(60_000)
      late.tab.thaw()
      expect(await s.until(() => s.live(first, late))).toBe(true)
      expect(s.server.opened).toBe(1)
    }
  })

  it('[TABS-7] is a tab’s own where the browser refuses locks, and in seconds where it does not answer', async () => {
    const refusing: TabLocks = {
      hold: (_name, { refused }) => {
        queueMicrotask(() => refused?.())
        return () => {}
      },
    }
    for (const [locks, withinMs] of [
      [refusing, 100],
      [{ hold: () => () => {} }, 11_000],
    ] as const) {
      const s = stage()
      const [one, two] = [s.open({ locks }), s.open({ locks })]
      const edits = [one.edit(), two.edit()]
      const asked: unknown[] = []
      s.browser.open().sharing.channel(sharedNames('anna').lobby, (message) => asked.push(message))
      expect(await s.until(() => s.live(one, two), withinMs)).toBe(true)
      // Nobody could see that this tab is gone.
      expect(asked).not.toContainEqual(expect.objectContaining({ type: 'open' }))
      expect(s.server.keys(LIST)).toEqual(edits)
      expect(s.server.openAs(LIST)).toEqual([LIST, LIST])
      one.close()
      await s.clock.advance(100)
      expect(s.server.openAs(LIST)).toEqual([LIST])
    }
  })

  it('[TABS-5] is taken by few of many that wait for it', async () => {
    const s = stage()
    const first = s.open()
    expect(await s.until(() => s.live(first))).toBe(true)
    const others = Array.from({ length: 20 }, () => s.open())
    expect(await s.until(() => s.live(...others))).toBe(true)
    first.tab.freeze()
    for (const app of others) app.edit()
    expect(await s.until(() => s.live(...others))).toBe(true)
    expect(s.server.opened).toBeLessThanOrEqual(4)
    expect(s.server.sockets.size).toBe(2)
  })

  it('[TABS-5] a tab that only listens is not kept waiting either when the socket’s tab and the next are both gone silent', async () => {
    const s = stage()
    const [first, second, third] = await threeLive(s)
    second.tab.freeze()
    first.tab.crash()
    const gone = s.clock.now()
    expect(
      await s.until(
        () =>
          s.live(third) &&
          s.server.sockets.size === 1 &&
          third.link.state.state === 'open' &&
          third.codes.length > 0,
      ),
    ).toBe(true)
    expect(s.clock.now() - gone).toBeLessThan(8_000)
    second.tab.thaw()
    expect(await s.until(() => s.live(second, third) && s.server.sockets.size === 1)).toBe(true)
  })

  it('[TABS-6] a socket on which nothing comes is replaced for all tabs, and not for one whose own answer is missing', async () => {
    const s = stage()
    const apps = await threeLive(s)
    const [first, second, third] = apps
    const [bare, address] = s.server.openAs(LIST)
    expect(bare).toBe(LIST)
    for (const socket of s.server.sockets) socket.isStuck = (at) => at === bare || at === address
    const edits = [first.edit(), second.edit()]
    for (let i = 0; i < 60; i++) {
      third.edit()
      await s.clock.advance(1_000)
    }
    expect(s.live(...apps)).toBe(true)
    expect(s.server.keys(LIST)).toEqual(expect.arrayContaining(edits))
    expect(s.server.opened).toBe(1)
    expect(third.codes).toHaveLength(0)

    for (const socket of s.server.sockets) socket.isStuck = () => true
    const next = second.edit()
    expect(await s.until(() => s.live(...apps) && s.server.keys(LIST).includes(next))).toBe(true)
    expect(s.server.opened).toBe(2)
    expect(s.server.sockets.size).toBe(1)
  })

  it('[TABS-7] people and servers share with nobody else', async () => {
    const s = stage()
    const [anna, bo] = [s.open({ whose: 'anna' }), s.open({ whose: 'bo' })]
    expect(await s.until(() => s.live(anna, bo))).toBe(true)
    expect(s.server.sockets.size).toBe(2)
    expect(s.server.openAs(LIST)).toEqual([LIST, LIST])
  })

  it('[TABS-8] what waits between tabs is bounded: a tab that writes faster sees it, one that does not listen has to come back', async () => {
    const s = stage()
    const [first, second] = await threeLive(s)
    first.tab.freeze()
    const big = new Uint8Array(100_000).fill(1)
    for (let i = 0; i < 40; i++) second.host.doc.getMap('items').set(`big-${i}`, big)
    expect(first.tab.waitingBytes).toBeLessThan(500_000)
    first.tab.thaw()
    expect(await s.until(() => s.live(second))).toBe(true)

    second.tab.freeze()
    for (let i = 0; i < 120; i++) {
      first.host.doc.getMap('items').set(`more-${i}`, big)
      await s.clock.advance(50)
    }
    expect(second.tab.waitingBytes).toBeLessThan(9_000_000)
    await s.until(() => s.server.openAs(LIST).length === 2, 2_000)
    expect(s.server.openAs(LIST)).toHaveLength(2)
    second.tab.thaw()
    expect(await s.until(() => s.live(second) && second.host.keys().length === 160)).toBe(true)
  })

  it('[TABS-2] the one-byte ping of a server is answered by the tab that has the socket, and heard by no other', async () => {
    const s = stage()
    const apps = await threeLive(s)
    const [socket] = s.server.sockets
    const sent: Uint8Array[] = []
    const send = socket?.send.bind(socket)
    if (socket === undefined || send === undefined) throw new Error('no socket')
    socket.send = (data) => {
      sent.push(data)
      send(data)
    }
    socket.sayBytes(new Uint8Array([9]))
    await s.clock.advance(100)
    expect(sent.filter((data) => data.length === 1)).toEqual([new Uint8Array([10])])
    expect(apps.map(({ codes }) => codes.length)).toEqual([0, 0, 0])
  })
})
