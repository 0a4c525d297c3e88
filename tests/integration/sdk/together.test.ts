import type { List } from '@tandem/client-sdk'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { again, closeAll, isSynced, person, sharedList, titles } from './two-people.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer()
})
afterEach(closeAll)
afterAll(() => server.stop())

function onlyPeer(list: List) {
  return list.presence.others.getSnapshot()[0]
}

it('[NOTE-3][R-01][R-02] others see where one writes, in the letters and not in numbers, and when all of one’s tabs rest', async () => {
  const ann = await person(server.url, 'Ann')
  const ben = await person(server.url, 'Ben')
  const [anns, bens] = await sharedList(server.url, ann, ben)
  if (anns === undefined || bens === undefined) throw new Error('There is no list.')
  const id = anns.items.add({ title: 'Milk' }).value
  await anns.items.notes(id).insert(0, 'the blue one').confirmed
  await until(() => bens.items.notes(id).getSnapshot() === 'the blue one')

  const written = bens.items.notes(id)
  bens.presence.set({
    editing: id,
    caret: { item: id, at: written.anchor(8), from: written.anchor(4, 'after') },
  })
  await until(() => onlyPeer(anns)?.caret?.item === id, { what: 'Ben’s caret' })
  const caret = onlyPeer(anns)?.caret
  const places = () => [caret?.from ?? '', caret?.at ?? ''].map((at) => anns.items.notes(id).find(at))
  expect(places()).toEqual([4, 8])
  anns.items.notes(id).insert(0, 'please, ')
  expect(places()).toEqual([12, 16])
  expect(onlyPeer(anns)).toMatchObject({ name: 'Ben', editing: id, idle: false, tabs: 1 })

  // A second device of Ben's is here as long as one of both is looked at.
  const phone = again(server.url, ben.identity, ann.storage)
  const onPhone = phone.client.lists.open(bens.id)
  await until(() => onlyPeer(anns)?.tabs === 2, { what: 'Ben’s phone' })
  bens.presence.set({ idle: true, editing: null, caret: null })
  await until(() => onlyPeer(anns)?.caret === null, { what: 'no caret' })
  expect(onlyPeer(anns)?.idle).toBe(false)
  onPhone.presence.set({ idle: true })
  await until(() => onlyPeer(anns)?.idle === true, { what: 'Ben to rest' })
})

it('[AWAY-1][G-10][F-01] what came while a page was closed is told once, also when a device that was offline for long delivers late', async () => {
  const ann = await person(server.url, 'Ann')
  const ben = await person(server.url, 'Ben')
  const cleo = await person(server.url, 'Cleo')
  const [anns, bens, cleos] = await sharedList(server.url, ann, ben, cleo)
  if (anns === undefined || bens === undefined || cleos === undefined) throw new Error('There is no list.')
  await anns.items.addMany(['Milk', 'Bread']).confirmed
  await until(() => titles(bens).length === 2 && titles(cleos).length === 2)
  expect(anns.away.getSnapshot()).toBeNull()
  anns.seen()

  // Ben is in a cellar, and does his part there before Ann looks at what Cleo did.
  ben.network.cut()
  const [milk = ''] = bens.items.ids().getSnapshot()
  bens.items.toggle(milk, true)
  await bens.items.add('Eggs').stored
  await cleos.items.add('Salt').confirmed
  await until(() => titles(anns).includes('Salt'))
  anns.seen()
  await ann.client.close()
  ben.network.restore()
  await until(() => isSynced(bens), { what: 'Ben to deliver', timeoutMs: 20_000 })

  const page = again(server.url, ann.identity, ann.storage)
  const list = page.client.lists.open(anns.id)
  await until(() => list.away.getSnapshot() !== null, { what: 'news', timeoutMs: 20_000 })
  const { people = [], items = new Set<string>() } = list.away.getSnapshot() ?? {}
  expect(people).toEqual([{ by: ben.identity.userId, added: 1, ticked: 1, changed: 0, removed: 0 }])
  expect([...items].map((id) => list.items.item(id).getSnapshot()?.title).sort()).toEqual(['Eggs', 'Milk'])
  expect(list.names.getSnapshot()[ben.identity.userId]).toBe('Ben')
  list.seen()
  expect(list.away.getSnapshot()).toBeNull()
  await page.client.close()

  // Nothing new, and no network to ask: nothing is told.
  const offline = again(server.url, ann.identity, ann.storage, { offline: true })
  const later = offline.client.lists.open(anns.id)
  await until(() => titles(later).length === 4, { what: 'the list from the device' })
  expect(later.away.getSnapshot()).toBeNull()
})
