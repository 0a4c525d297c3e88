import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../support/seed.ts'
import { LIST, tabsStage } from '../tabs/tabs-stage.ts'
import { settle } from './fake-environment.ts'
import { fakeLink } from './fake-link.ts'

const HOUR_MS = 3_600_000

describe('a link that rests', () => {
  it('[LINK-13][C-17] says so to the server, opens nothing by itself, also for a list that is opened, and is back at once', async () => {
    const { environment, link, open, goLive } = fakeLink()
    const host = open('a')
    const socket = await goLive()
    const seen: string[] = []
    link.subscribe((state) => seen.push(`${state.state} ${host.state}`))
    link.rest()
    expect(socket.closedWith).toEqual({ code: 1000, reason: 'idle-disconnect' })
    // Lists hear of the rest before they are off the wire, and so do not believe that they have lost it.
    expect(seen).toEqual(['resting live'])
    expect(host.state).toBe('detached')
    open('b')
    await environment.advance(HOUR_MS)
    expect(environment.sockets).toHaveLength(1)
    link.resume()
    await goLive()
    expect(host.state).toBe('live')
    expect(environment.sockets).toHaveLength(2)
  })

  it('[LINK-13] gives up its retries too, and still comes no earlier than the server asked for', async () => {
    const { environment, link, open, goLive } = fakeLink()
    open('a')
    const socket = await goLive()
    socket.drop(4501, '20: draining')
    link.rest()
    await environment.advance(10_000)
    link.resume()
    await settle()
    expect(environment.sockets).toHaveLength(1)
    await environment.advance(15_000)
    expect(environment.sockets).toHaveLength(2)
    link.rest()
    await environment.advance(HOUR_MS)
    expect(environment.sockets).toHaveLength(2)
    expect(environment.nextTimerMs).toBeNull()
  })

  it('[LINK-13] a list that is opened first while it rests is live after it', async () => {
    const { environment, link, open, goLive } = fakeLink()
    link.rest()
    const host = open('a')
    await environment.advance(HOUR_MS)
    expect(environment.sockets).toHaveLength(0)
    link.resume()
    await goLive()
    expect(host.state).toBe('live')
  })
})

it('[LINK-13][TABS-3][X-12] a tab that rests leaves nothing open at the server; with the last one the shared socket closes, and any of them opens it again', async () => {
  const s = tabsStage(seededRandom('resting tabs', 3).next)
  const first = s.open()
  expect(await s.until(() => s.live(first))).toBe(true)
  const second = s.open()
  expect(await s.until(() => s.live(first, second))).toBe(true)

  first.link.rest()
  expect(await s.until(() => s.server.openAs(LIST).length === 1, 2_000)).toBe(true)
  const written = second.edit()
  expect(await s.until(() => s.live(second))).toBe(true)
  expect(s.server.opened).toBe(1)

  second.link.rest()
  expect(await s.until(() => s.server.sockets.size === 0, 10_000)).toBe(true)
  await s.clock.advance(HOUR_MS)
  expect(s.server.opened).toBe(1)

  first.link.resume()
  expect(await s.until(() => s.live(first) && first.host.keys().includes(written))).toBe(true)
  second.link.resume()
  expect(await s.until(() => s.live(first, second))).toBe(true)
  expect(s.server.opened).toBe(2)
  expect(s.errors).toEqual([])
})
