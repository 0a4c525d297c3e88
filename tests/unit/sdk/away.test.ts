import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import {
  planAddComment,
  planInsertNotes,
  planMoveItems,
  planRemoveItems,
} from '../../../client-sdk/src/model/index.ts'
import { Device } from '../model/device.ts'
import { FakeServer } from './fake-server.ts'
import { LIST_ID, ME, type Workbench, workbench } from './workbench.ts'

/** Everything one has goes to the server. */
function deliver(server: FakeServer, device: Device): void {
  server.write((doc) => Y.applyUpdate(doc, Y.encodeStateAsUpdate(device.doc, Y.encodeStateVector(doc))))
}

function catchUp(device: Device, server: FakeServer): void {
  device.receive(Y.encodeStateAsUpdate(server.doc, Y.encodeStateVector(device.doc)))
}

/** A list of milk and bread that this person has looked at, and Bob, who has seen it too. */
async function visited(): Promise<Workbench & { bob: Device; milk: string; bread: string }> {
  const bench = await workbench()
  const { list, server, settle } = bench
  const milk = list.items.add('Milk').value
  const bread = list.items.add('Bread').value
  await server.run(settle)
  list.seen()
  await settle()
  const bob = new Device('u_bob00000000')
  catchUp(bob, server)
  return { ...bench, bob, milk, bread }
}

/** The page is loaded again, on the same device. */
async function reopened({ storage, server }: Workbench): Promise<Workbench> {
  server.drop()
  return workbench({ storage, server })
}

function awayOf({ list }: Workbench): unknown {
  const away = list.away.getSnapshot()
  return away === null ? null : { people: away.people, items: [...away.items].sort() }
}

it('[AWAY-1][G-10] edits made offline long ago and delivered today are news today, also beside what was seen meanwhile', async () => {
  const bench = await visited()
  const { bob, bread, server, settle } = bench
  // Long before this person looked, by Bob's clock, and in a copy that nobody knows of.
  bob.now = 1_000_000_000_000
  const eggs = bob.add('Eggs')
  bob.toggle(bread, true)
  const ann = new Device('u_ann00000000')
  catchUp(ann, server)
  const butter = ann.add('Butter')
  deliver(server, ann)
  await server.run(settle)
  bench.list.seen()
  await settle()

  const later = await reopened(bench)
  await server.run(later.settle)
  expect(awayOf(later)).toBeNull()
  deliver(server, bob)
  await server.run(later.settle)
  expect(awayOf(later)).toEqual({
    people: [{ by: bob.by, added: 1, ticked: 1, changed: 0, removed: 0 }],
    items: [bread, eggs].sort(),
  })
  expect(later.list.away.getSnapshot()?.items.has(butter)).toBe(false)

  // It stays until they have looked, whatever happens here, and then it is over.
  const before = later.list.away.getSnapshot()
  later.list.items.add('Salt')
  expect(later.list.away.getSnapshot()).toBe(before)
  later.list.seen()
  expect(awayOf(later)).toBeNull()
  await server.run(later.settle)
  const last = await reopened(later)
  await server.run(last.settle)
  expect(awayOf(last)).toBeNull()
})

it('[AWAY-2] the first visit has no news, nor has what one did oneself, here or on another device', async () => {
  const server = new FakeServer()
  const bob = new Device('u_bob00000000')
  bob.add('Milk')
  deliver(server, bob)
  const first = await workbench({ server })
  // Too early: who sees nothing yet has not looked, and all of it would be news.
  first.list.seen()
  await server.run(first.settle)
  expect(awayOf(first)).toBeNull()
  first.list.seen()
  await first.settle()

  const other = new Device(ME)
  catchUp(other, server)
  other.add('From my phone')
  deliver(server, other)
  first.list.items.notes(first.list.items.add('Eggs').value).insert(0, 'six')
  await server.run(first.settle)
  const again = await reopened(first)
  await server.run(again.settle)
  expect(again.list.items.ids().getSnapshot()).toHaveLength(3)
  expect(awayOf(again)).toBeNull()
})

it('[AWAY-3] an item counts once for each person, by what says most; what came and went, and what only moved, is no news', async () => {
  const bench = await visited()
  const { bob, milk, bread, server } = bench
  const eggs = bob.add('Eggs')
  bob.toggle(eggs, true)
  bob.rename(eggs, 'Six eggs')
  bob.rename(milk, 'Oat milk')
  bob.toggle(milk, true)
  bob.run(planRemoveItems(bob.view, bob.context, [bob.add('A mistake')]))
  bob.run(planMoveItems(bob.view, bob.context, [bread], { before: milk }))
  const ann = new Device('u_ann00000000')
  catchUp(ann, server)
  ann.run(planInsertNotes(ann.view, bread, 0, 'rye'))
  ann.run(planAddComment(ann.view, ann.context, { item: milk, body: 'The blue one' }))
  for (const device of [bob, ann]) deliver(server, device)

  const later = await reopened(bench)
  await server.run(later.settle)
  expect(awayOf(later)).toEqual({
    people: [
      { by: ann.by, added: 0, ticked: 0, changed: 2, removed: 0 },
      { by: bob.by, added: 1, ticked: 1, changed: 0, removed: 0 },
    ],
    items: [eggs, milk, bread].sort(),
  })
  catchUp(bob, server)
  bob.run(planRemoveItems(bob.view, bob.context, [milk]))
  deliver(server, bob)
  await server.run(later.settle)
  expect(awayOf(later)).toEqual({
    people: [
      { by: bob.by, added: 1, ticked: 0, changed: 0, removed: 1 },
      { by: ann.by, added: 0, ticked: 0, changed: 1, removed: 0 },
    ],
    items: [eggs, bread].sort(),
  })
})

it('[AWAY-2][F-05] a device that remembers nonsense, or nothing any more, tells nothing', async () => {
  const storage = createMemoryStorage()
  const first = await workbench({ storage })
  const { server, settle } = first
  first.list.items.add('Milk')
  await server.run(settle)
  for (const fact of ['nonsense', new Uint8Array([255, 255, 255]), undefined]) {
    await (await storage.open(ME)).putFact(LIST_ID, 'seen', fact)
    const again = await reopened(first)
    await server.run(again.settle)
    expect(awayOf(again)).toBeNull()
  }
})
