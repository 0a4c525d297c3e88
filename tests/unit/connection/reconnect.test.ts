import { describe, expect, it } from 'vitest'
import { backoffMs } from '../../../client-sdk/src/connection/backoff.ts'
import { seededRandom } from '../../support/seed.ts'
import { FakeEnvironment, settle } from './fake-environment.ts'
import { fakeLink } from './fake-link.ts'

describe('coming back', () => {
  it('[LINK-3][X-01] 1,000 clients of a server that restarts spread over each wait, from the first on', async () => {
    const random = seededRandom('backoff')
    const clients = Array.from({ length: 1_000 }, () => {
      const client = fakeLink({ environment: new FakeEnvironment({ random: () => random.next() }) })
      client.open('list')
      return client
    })
    const waits = async (): Promise<number[]> => {
      const all: number[] = []
      for (const { environment, link } of clients) {
        await settle()
        environment.socket.drop(1012)
        const { state } = link
        if (state.state !== 'waiting') throw new Error(`expected to wait, was ${state.state}`)
        all.push(state.untilMs - environment.nowMs)
        await environment.advance(state.untilMs - environment.nowMs)
      }
      return all
    }
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      const all = await waits()
      expect(Math.min(...all)).toBeGreaterThanOrEqual(seconds * 750)
      expect(Math.max(...all)).toBeLessThanOrEqual(seconds * 1_250)
      // Spread: no tenth of the range holds more than twice its share, and none is empty.
      const tenths = Array<number>(10).fill(0)
      for (const ms of all) {
        const tenth = Math.min(9, Math.floor(((ms - seconds * 750) / (seconds * 500)) * 10))
        tenths[tenth] = (tenths[tenth] ?? 0) + 1
      }
      expect(Math.max(...tenths)).toBeLessThan(200)
      expect(Math.min(...tenths)).toBeGreaterThan(20)
    }
  })

  it('[LINK-3][X-01] however long it lasts, the wait stays a number within a minute and a quarter', () => {
    for (const attempt of [7, 50, 2_000, 1e9]) expect(backoffMs(attempt, 1)).toBe(75_000)
  })

  it('[LINK-4][X-02] a server that asks for 20 s is not tried before, whatever the page does', async () => {
    const { environment, link, open, goLive } = fakeLink({
      environment: new FakeEnvironment({ random: () => 0 }),
    })
    open('list')
    const socket = await goLive()
    socket.drop(4501, '20: draining')
    for (let second = 0; second < 19; second++) {
      link.resume()
      await environment.advance(1_000)
    }
    expect(environment.sockets).toHaveLength(1)
    await environment.advance(6_000)
    expect(environment.sockets).toHaveLength(2)
  })

  it('[LINK-10] 44xx stops: no attempt until resume', async () => {
    const { environment, link, open, goLive } = fakeLink()
    const host = open('list')
    const socket = await goLive()
    expect(host.state).toBe('live')
    socket.drop(4426, 'This app is too old.')
    expect(link.state).toEqual({ state: 'stopped', code: 4426, reason: 'This app is too old.' })
    expect(host.state).toBe('detached')
    await environment.advance(3_600_000)
    expect(environment.sockets).toHaveLength(1)
    link.resume()
    await goLive()
    expect(host.state).toBe('live')
  })

  it('[LINK-3] resume during a wait tries at once', async () => {
    const { environment, link, open, goLive } = fakeLink()
    open('list')
    const socket = await goLive()
    socket.drop()
    expect(link.state.state).toBe('waiting')
    link.resume()
    await settle()
    expect(environment.sockets).toHaveLength(2)
    expect(environment.nextTimerMs).toBeGreaterThan(1_500)
  })

  it('[LINK-3] a connection that does not open in time counts as lost', async () => {
    const { environment, link, open } = fakeLink()
    open('list')
    await environment.advance(14_999)
    expect(link.state.state).toBe('connecting')
    await environment.advance(1)
    expect(link.state.state).toBe('waiting')
    expect(environment.socket.closedWith).not.toBeNull()
  })

  it('[LINK-3] a socket that cannot be made is reported and tried again', async () => {
    let failures = 0
    const environment = new FakeEnvironment({
      openSocket: () => {
        failures += 1
        throw new Error('blocked by the page')
      },
    })
    const { link, open, errors } = fakeLink({ environment })
    open('list')
    await environment.advance(10_000)
    expect(link.state.state).toBe('waiting')
    expect(failures).toBe(4)
    expect(errors).toHaveLength(4)
  })

  it('[LINK-7] the socket is kept for a moment between two lists, and let go when no list needs it', async () => {
    const { environment, link, open, goLive } = fakeLink()
    open('a').channel?.close()
    open('b')
    const socket = await goLive()
    expect(socket.types('a')).toEqual([])
    const second = open('c')
    expect(environment.sockets).toHaveLength(1)
    second.channel?.close()
    await environment.advance(15_000)
    expect(link.state.state).toBe('open')
    link.close()
    expect(link.state).toMatchObject({ state: 'stopped', reason: 'closed' })
    expect(socket.closedWith).toMatchObject({ code: 1000 })
    expect(environment.nextTimerMs).toBeNull()
  })

  it('[LINK-7] with only denied lists the socket is not kept', async () => {
    const { environment, link, open } = fakeLink()
    const host = open('a')
    await settle()
    environment.socket.accept()
    environment.socket.say('a', { type: 'denied', reason: '4403 No such list, or no access.' })
    expect(host.channel?.state).toEqual({
      state: 'denied',
      code: 4403,
      reason: 'No such list, or no access.',
    })
    await environment.advance(5_000)
    expect(link.state.state).toBe('idle')
    await environment.advance(600_000)
    expect(environment.sockets).toHaveLength(1)
    host.channel?.rejoin()
    await settle()
    expect(environment.sockets).toHaveLength(2)
  })
})
