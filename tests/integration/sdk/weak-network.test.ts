import type { SocketLike } from '@tandem/client-sdk'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type TcpProxy, tcpProxy } from '../../support/proxy.ts'
import { seededRandom } from '../../support/seed.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { again, closeAll, isSynced, person, sharedList } from './two-people.ts'

const ONE_WAY_MS = 1_500

let server: RunningServer
let proxy: TcpProxy

beforeAll(async () => {
  server = await startServer()
  proxy = await tcpProxy({ host: '127.0.0.1', port: server.port })
})
afterEach(closeAll)
afterAll(async () => {
  await proxy.close()
  await server.stop()
})

it('[ACK-3][A6.7][F-17][V-03] thirty ticks over a network that takes three seconds and breaks: none comes back', async () => {
  const random = seededRandom('weak network')
  const ann = await person(server.url, 'Ann')
  const ben = await person(server.url, 'Ben')
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (hers === undefined || his === undefined) throw new Error('There is no list.')
  const added = hers.items.addMany(Array.from({ length: 30 }, (_, n) => `item ${n}`))
  await added.confirmed
  await ann.client.close()

  // The same person and device, now behind a proxy that holds every byte for a second and a half, each way.
  const weak = again(`http://127.0.0.1:${proxy.port}`, ann.identity, ann.storage, {
    openSocket: (url) => new WebSocket(url) as unknown as SocketLike,
    fetch,
  })
  proxy.delay(ONE_WAY_MS)
  const list = weak.client.lists.open(hers.id)
  await until(() => isSynced(list), { what: 'the weak side synced', timeoutMs: 30_000 })

  const ticked = new Set<string>()
  const cameBack: string[] = []
  const stop = list.items.onEvent(({ id }) => {
    if (ticked.has(id) && list.items.item(id).getSnapshot()?.done !== true) cameBack.push(id)
  })
  let cuts = 0
  for (const [n, id] of added.value.entries()) {
    ticked.add(id)
    list.items.toggle(id, true)
    // Some ticks leave alone, some together, and some are on the way when the connection dies.
    if (random.next() < 0.5) await new Promise((resolve) => setTimeout(resolve, random.int(300)))
    if (n % 10 === 5) {
      proxy.cut()
      cuts += 1
    }
  }
  await until(() => isSynced(list), { what: 'all ticks saved', timeoutMs: 60_000 })
  stop()

  expect(cuts).toBe(3)
  expect(cameBack).toEqual([])
  await until(() => his.items.ids({ done: true }).getSnapshot().length === 30, { what: 'Ben sees all ticks' })
  expect(list.items.ids({ done: true }).getSnapshot()).toHaveLength(30)
  proxy.delay(0)
}, 120_000)
