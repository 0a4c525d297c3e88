import type { List } from '@tandem/client-sdk'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { again, closeAll, person, sharedList } from './two-people.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer()
})
afterEach(closeAll)
afterAll(() => server.stop())

it('[PRES-2] whose device only sends what was left behind is not seen in a list that nobody there has open', async () => {
  const ann = await person(server.url, 'Ann')
  const ben = await person(server.url, 'Ben')
  const [annsList, bensList] = await sharedList(server.url, ann, ben)
  if (annsList === undefined || bensList === undefined) throw new Error('There is no list.')
  const seen = () => annsList.presence.others.getSnapshot().map(({ name }) => name)
  await until(() => seen().length === 1, { what: 'Ben' })
  ben.network.cut()
  await bensList.items.add('left behind').stored
  await ben.client.close()
  await until(() => seen().length === 0, { what: 'nobody' })
  const everSeen: string[] = []
  annsList.presence.others.subscribe(() => everSeen.push(...seen()))
  const later = again(server.url, ben.identity, ben.storage)
  await until(() => annsList.items.ids().getSnapshot().length === 1, { what: 'what was left' })
  expect(everSeen).toEqual([])
  later.client.lists.open(bensList.id)
  await until(() => seen().length === 1, { what: 'Ben, who looks at it now' })
})

it('[PRES-2] who leaves, comes back and leaves again is gone each time, and not a ghost for half a minute', async () => {
  const ann = await person(server.url, 'Ann')
  const ben = await person(server.url, 'Ben')
  const [annsList] = await sharedList(server.url, ann, ben)
  const seen = () => annsList?.presence.others.getSnapshot().length
  for (let time = 1; time <= 3; time++) {
    await until(() => seen() === 1, { what: `Ben to be there, time ${time}` })
    ben.network.cut()
    await until(() => seen() === 0, { timeoutMs: 5_000, what: `Ben to be gone, time ${time}` })
    ben.network.restore()
  }
})

it('[SDKA-18][P-20] who does not want to be seen is not, also after a reconnect, and sees the others all the same', async () => {
  const ann = await person(server.url, 'Ann')
  const ben = await person(server.url, 'Ben')
  const [annsList, bensList] = await sharedList(server.url, ann, ben)
  if (annsList === undefined || bensList === undefined) throw new Error('There is no list.')
  const seenBy = ({ presence }: List) => presence.others.getSnapshot().map(({ name }) => name)
  await until(() => seenBy(annsList).length === 1, { what: 'Ann to see Ben' })
  bensList.presence.show(false)
  await until(() => seenBy(annsList).length === 0, { what: 'Ben to be seen no more' })
  const everSeen: string[] = []
  const stop = annsList.presence.others.subscribe(() => everSeen.push(...seenBy(annsList)))
  ben.network.cut()
  ben.network.restore()
  bensList.presence.set({ viewing: 'something' })
  await bensList.items.add('after the reconnect').confirmed
  await until(() => annsList.items.ids().getSnapshot().length === 1, { what: 'Ben’s edit' })
  await until(() => seenBy(bensList).length === 1, { what: 'Ben to see Ann' })
  stop()
  expect(everSeen).toEqual([])
  bensList.presence.show(true)
  await until(() => annsList.presence.others.getSnapshot()[0]?.viewing === 'something', {
    what: 'Ben to be seen again, and where he is',
  })
})
