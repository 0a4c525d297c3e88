import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { FakeServer } from './fake-server.ts'
import { LIST_ID, ME, workbench } from './workbench.ts'

const titlesOf = (doc: Y.Doc): string[] =>
  [...doc.getMap('items').entries()].flatMap(([key, value]) => {
    return key.includes('/') ? [] : [(value as { title: string }).title]
  })

/** Refuses any update that contains this text. */
const refusing = (text: string) => (update: Uint8Array) => {
  return new TextDecoder('latin1').decode(update).includes(text) ? ('too-large' as const) : null
}

it('[REPAIR-2][E-16][E-24] a repair keeps waiting edits: they are applied to the truth and sent again, once', async () => {
  const { list, server, settle } = await workbench()
  await server.run(settle)
  const write = list.items.add('Milk')
  list.items.notes(write.value).insert(0, 'two litres')
  server.host().message({ type: 'resync', reason: 'an operator asks' })
  const late = list.items.add('Bread')
  await server.run(settle)
  await Promise.all([write.confirmed, late.confirmed])
  expect(titlesOf(server.doc).sort()).toEqual(['Bread', 'Milk'])
  expect(server.doc.getText(`note:${write.value}`).toString()).toBe('two litres')
  expect(list.items.item(write.value).getSnapshot()).toMatchObject({ notes: 'two litres', pending: false })
  expect(list.status.getSnapshot().state).toBe('synced')
})

it('[REPAIR-2] what the server took without its answer arriving is not applied twice by a repair', async () => {
  const { list, server, settle } = await workbench()
  await server.run(settle)
  const id = list.items.add('Milk').value
  list.items.notes(id).insert(0, 'abc')
  await settle()
  // It arrives, and is durable; the answer is lost in the repair.
  for (const { update } of server.arrived) Y.applyUpdate(server.doc, update)
  server.host().message({ type: 'resync', reason: '' })
  await server.run(settle)
  expect(server.doc.getText(`note:${id}`).toString()).toBe('abc')
  expect(list.items.notes(id).getSnapshot()).toBe('abc')
  expect(list.status.getSnapshot().state).toBe('synced')
})

it('[REPAIR-5] bad edits among two hundred are found in few rounds; each good one is saved exactly once, in order', async () => {
  const { list, server, settle, open } = await workbench()
  for (let n = 0; n < 200; n += 1) list.items.add(n % 67 === 5 ? `BAD ${n}` : `good ${n}`)
  server.judge = refusing('BAD ')
  await server.run(settle)
  expect(open.replica.ledger.size).toBe(0)
  expect(titlesOf(server.doc).filter((title) => title.startsWith('good'))).toHaveLength(197)
  expect(list.refused.getSnapshot()).toHaveLength(3)
  expect(list.items.ids().getSnapshot()).toHaveLength(197)
  expect(
    list.items
      .ids()
      .getSnapshot()
      .map((id) => list.items.item(id).getSnapshot()?.title),
  ).toEqual(Array.from({ length: 200 }, (_, n) => n).flatMap((n) => (n % 67 === 5 ? [] : [`good ${n}`])))
  expect(server.handshakes).toBeLessThan(40)
})

it('[REPAIR-6] edits that build on a refused one keep what still makes sense', async () => {
  const { list, server, settle } = await workbench()
  await server.run(settle)
  const bad = list.items.add('BAD').value
  list.items.toggle(bad)
  const good = list.items.add('Milk').value
  list.items.move(good, { after: bad })
  server.judge = refusing('BAD')
  await server.run(settle)
  expect(list.items.ids().getSnapshot()).toEqual([good])
  expect(list.items.item(bad).getSnapshot()).toBeUndefined()
  expect(list.refused.getSnapshot().map((edit) => edit.label)).toEqual(['Add'])
})

it('[REPAIR-7][V-12] a gap is healed by a handshake; a gap that stays, by a repair; never by an endless loop', async () => {
  const { list, server, settle } = await workbench()
  await server.run(settle)
  let gaps = 2
  server.judge = () => (gaps-- > 0 ? 'gap' : null)
  const write = list.items.add('Milk')
  await server.run(settle)
  await write.confirmed
  expect(server.handshakes).toBe(3)
  expect(list.refused.getSnapshot()).toEqual([])

  server.judge = refusing('Stays')
  const judge = server.judge
  server.judge = (update) => (judge(update) === null ? null : 'gap')
  list.items.add('Stays')
  await server.run(settle)
  expect(list.refused.getSnapshot()).toMatchObject([{ code: 'gap' }])
  expect(server.handshakes).toBeLessThan(12)
})

it('[SDK-5] rows keep their identity through a repair, so nothing that did not change is rendered', async () => {
  const { list, server, settle } = await workbench()
  const ids = list.items.addMany(Array.from({ length: 50 }, (_, n) => `item ${n}`)).value
  await server.run(settle)
  const before = ids.map((id) => list.items.item(id).getSnapshot())
  const order = list.items.ids().getSnapshot()
  server.host().message({ type: 'resync', reason: '' })
  await server.run(settle)
  expect(ids.map((id) => list.items.item(id).getSnapshot())).toEqual(before)
  expect(ids.every((id, n) => list.items.item(id).getSnapshot() === before[n])).toBe(true)
  expect(list.items.ids().getSnapshot()).toBe(order)
})

it('[REPAIR-1][E-15] a copy that differs is repaired within five seconds of being idle, one that is the same is left alone', async () => {
  const { list, server, settle, environment } = await workbench()
  await server.run(settle)
  const id = list.items.add('Milk').value
  await server.run(settle)
  environment.advance(5_000)
  expect(server.handshakes).toBe(1)
  // The server holds other content, and nothing in the state vectors tells.
  const record = server.doc.getMap('items').get(id) as { title: string }
  record.title = 'Malt'
  list.items.toggle(id)
  await server.run(settle)
  environment.advance(4_000)
  await server.run(settle)
  expect(server.handshakes).toBe(2)
  expect(list.items.item(id).getSnapshot()).toMatchObject({ title: 'Malt', done: true })
})

it('[MODEL-5][B-20] an unknown field of a newer version is kept, also by edits of the same item, and the list is shown whole', async () => {
  const { list, server, settle } = await workbench()
  const id = list.items.add('Milk').value
  await server.run(settle)
  server.write((doc) => {
    doc.getMap('items').set(`${id}/mood`, ['sunny', 'u_new', 1])
    doc.getMap('items').set('item00000001', { title: 'Tea', order: 'a5', by: 'u_new', at: 1, mood: 'dark' })
    doc.getMap('boards').set('b', { title: 'Board' })
  })
  list.items.update(id, { title: 'Oat milk' })
  list.items.move('item00000001', { at: 'start' })
  await server.run(settle)
  expect(list.items.ids().getSnapshot()).toEqual(['item00000001', id])
  expect(server.doc.getMap('items').get(`${id}/mood`)).toEqual(['sunny', 'u_new', 1])
  expect(server.doc.getMap('items').get('item00000001')).toMatchObject({ mood: 'dark' })
  expect(server.doc.getMap('boards').get('b')).toEqual({ title: 'Board' })
  expect(server.doc.getMap('items').get(`${id}/title`)).toEqual(['Oat milk', ME, expect.any(Number)])
})

it('[REPAIR-8] edits left half way through a repair, whose bytes fit nothing any more, are saved all the same', async () => {
  const first = await workbench()
  await first.server.run(first.settle)
  const id = first.list.items.add('lost').value
  first.list.items.toggle(id)
  first.list.items.update(id, { title: 'found' })
  await first.settle()
  // The page dies after the first of them went to the inbox, before the others got new bytes.
  const store = await first.storage.open(ME)
  const [lost] = (await store.load(LIST_ID)).pending
  await store.refuse(LIST_ID, [lost?.key ?? 0], { code: 'too-large', message: 'Refused.' })
  const server = new FakeServer()
  server.judge = gapless(server.doc)
  const { list, settle, open } = await workbench({ server, storage: first.storage })
  const other = list.items.add('Milk')
  await server.run(settle)
  await other.confirmed
  expect(open.replica.ledger.size).toBe(0)
  expect(list.status.getSnapshot()).toMatchObject({ reason: 'update-rejected', pending: 0 })
  expect(list.refused.getSnapshot()).toHaveLength(1)
  expect(server.doc.getMap('items').get(`${id}/title`)).toMatchObject({ 0: 'found' })
})

/** Refuses what builds on structs that the document does not have, as the gate does. */
const gapless = (doc: Y.Doc) => (update: Uint8Array) => {
  const probe = new Y.Doc()
  Y.applyUpdate(probe, Y.encodeStateAsUpdate(doc))
  Y.applyUpdate(probe, update)
  return probe.store.pendingStructs === null ? null : ('gap' as const)
}
