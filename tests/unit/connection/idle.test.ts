import { afterEach, expect, it } from 'vitest'
import type { SocketLike } from '../../../client-sdk/src/connection/port.ts'
import { until } from '../../support/until.ts'
import { FakeEnvironment } from './fake-environment.ts'
import { RealWorld } from './real-client.ts'

const world = new RealWorld()
afterEach(() => world.end())

it('[LINK-8][E-14] an idle hour on a real server: one socket, an answer to each keepalive, nothing stored', async () => {
  let changes = 0
  const server = await world.server({
    onChange: async () => {
      changes += 1
    },
  })
  let heard = 0
  const environment = new FakeEnvironment({
    openSocket: (url) => {
      const socket = new WebSocket(url)
      socket.addEventListener('message', () => {
        heard += 1
      })
      return socket as unknown as SocketLike
    },
  })
  const link = world.link(server.url, { environment })
  const host = world.open(link, 'list-1')
  // Presence renews itself on a clock of its own; without it, the keepalive is all there is.
  host.presence.setLocalState(null)
  host.write('milk')
  await until(() => host.state === 'live' && host.ackedUpTo === 1)
  const [framesBefore, heardBefore] = [server.frames.length, heard]
  for (let i = 1; i <= 180; i++) {
    await environment.advance(20_000)
    await until(() => heard >= heardBefore + i, { what: `the answer to keepalive ${i}` })
  }
  const keepalives = server.frames.slice(framesBefore)
  expect(keepalives).toHaveLength(180)
  expect(Math.max(...keepalives.map((frame) => frame.length))).toBeLessThan(15)
  expect(link.state.state).toBe('open')
  expect(server.accepted).toBe(1)
  expect(changes).toBe(1)
})
