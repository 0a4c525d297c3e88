import { expect, it } from 'vitest'
import { MANY_EDITS } from '../../../client-sdk/src/replica/status.ts'
import { workbench } from './workbench.ts'

it('[SDK-4] ticking one of 5,000 rows wakes that row once, and neither another row nor the order', async () => {
  const { list, server, settle } = await workbench()
  const ids = list.items.addMany(Array.from({ length: 5_000 }, (_, n) => `item ${n}`)).value
  await server.run(settle)
  const rows = new Map(ids.map((id) => [id, 0]))
  const snapshots = ids.map((id) => list.items.item(id).getSnapshot())
  for (const id of ids) list.items.item(id).subscribe(() => rows.set(id, (rows.get(id) ?? 0) + 1))
  let orders = 0
  list.items.ids().subscribe(() => (orders += 1))
  const order = list.items.ids().getSnapshot()

  const ticked = ids[2_500] ?? ''
  list.items.toggle(ticked)
  expect(rows.get(ticked)).toBe(1)
  expect([...rows.values()].filter((count) => count > 0)).toHaveLength(1)
  expect(orders).toBe(0)
  expect(list.items.ids().getSnapshot()).toBe(order)
  const changed = ids.filter((id, n) => list.items.item(id).getSnapshot() !== snapshots[n])
  expect(changed).toEqual([ticked])
  expect(list.items.item(ticked).getSnapshot()).toMatchObject({ done: true, pending: true })
  // The mark goes when the server has it: one more, of the same row.
  await server.run(settle)
  expect(rows.get(ticked)).toBe(2)
  expect([...rows.values()].filter((count) => count > 0)).toHaveLength(1)
})

it('[SDK-5] snapshots are frozen and the same until they change; views by the same words are the same readable', async () => {
  const { list } = await workbench()
  const id = list.items.add({ title: 'Milk', due: { date: '2026-12-01' } }).value
  const item = list.items.item(id).getSnapshot()
  expect(Object.isFrozen(item)).toBe(true)
  expect(Object.isFrozen(list.items.ids().getSnapshot())).toBe(true)
  expect(list.items.item(id).getSnapshot()).toBe(item)
  list.items.update(id, { title: 'Oat milk' })
  const renamed = list.items.item(id).getSnapshot()
  expect(renamed).not.toBe(item)
  expect(renamed?.due).toBe(item?.due)
  expect(list.items.ids({ done: false, section: null })).toBe(list.items.ids({ section: null, done: false }))
  expect(list.items.ids().getServerSnapshot()).toEqual([])
  expect(list.items.item(id).getServerSnapshot()).toBeUndefined()
})

it('[SDK-6] a filtered view changes when membership does, and not when a member changes', async () => {
  const { list } = await workbench()
  const [milk, bread] = list.items.addMany(['Milk', 'Bread']).value
  const open = list.items.ids({ done: false })
  let told = 0
  open.subscribe(() => (told += 1))
  list.items.update(milk ?? '', { quantity: '2' })
  expect(told).toBe(0)
  list.items.toggle(bread ?? '')
  expect(told).toBe(1)
  expect(open.getSnapshot()).toEqual([milk])
  const count = list.items.select({ done: true }, (items) => items.length)
  expect(count.getSnapshot()).toBe(1)
})

it('[SDK-7][C-12] each change of an item is one event, with whether it was made here', async () => {
  const { list, server, settle } = await workbench()
  await server.run(settle)
  const events: string[] = []
  list.items.onEvent(({ type, id, by }) => events.push(`${type} ${id} ${by}`))
  const id = list.items.add('Milk').value
  list.items.toggle(id)
  list.items.remove(id)
  server.write((doc) =>
    doc.getMap('items').set('item00000001', { title: 'Tea', order: 'a5', by: 'u_ben', at: 1 }),
  )
  await server.run(settle)
  expect(events).toEqual([
    `added ${id} here`,
    `updated ${id} here`,
    `removed ${id} here`,
    'added item00000001 elsewhere',
  ])
})

it('[SDK-8][UNDO-3][MODEL-7] transact is one undo step and one update; when it throws, everything is as it was', async () => {
  const { list, server, settle } = await workbench()
  await server.run(settle)
  const done = list.transact('Plan the party', () => {
    const section = list.sections.add('Drinks').value
    const ids = list.items.addMany(['Juice', 'Water']).value
    list.items.move(ids, { at: 'end', section })
    for (const id of ids) list.items.toggle(id)
    return ids
  })
  await settle()
  expect(server.arrived).toHaveLength(1)
  await server.run(settle)
  await done.confirmed
  expect(done.value.map((id) => list.items.item(id).getSnapshot()?.done)).toEqual([true, true])
  expect(list.undoState.getSnapshot()).toMatchObject({ undoLabel: 'Plan the party' })
  list.undo()
  expect(list.items.ids().getSnapshot()).toEqual([])
  expect(list.sections.getSnapshot()).toEqual([])

  expect(() =>
    list.transact('Fails', () => {
      list.items.add('half')
      throw new Error('on purpose')
    }),
  ).toThrow('on purpose')
  expect(list.items.ids().getSnapshot()).toEqual([])
  await server.run(settle)
  expect(list.status.getSnapshot().state).toBe('synced')
})

it('[MODEL-11] nothing throws from a late tap, bad values do, and neither leaves a trace', async () => {
  const { list, errors } = await workbench()
  const late = list.items.toggle('nobodyhasthis1')
  await expect(late.confirmed).rejects.toMatchObject({ code: 'not-found' })
  expect(() => list.items.add({ title: '' })).toThrow(expect.objectContaining({ code: 'invalid' }))
  expect(() => list.items.add('x'.repeat(10_001))).toThrow(expect.objectContaining({ code: 'invalid' }))
  expect(errors.map((error) => error.code)).toEqual(['not-found'])
  expect(list.undoState.getSnapshot().canUndo).toBe(false)
  expect(list.status.getSnapshot()).not.toMatchObject({ pending: 1 })
})

it('[STATUS-4][ACK-5][F-16] five thousand offline edits stay small in memory, are flagged, and all arrive in few frames', async () => {
  const { list, server, settle, open } = await workbench()
  const id = list.items.add('Milk').value
  await server.run(settle)
  server.drop()
  const before = process.memoryUsage().heapUsed
  for (let n = 0; n < 5_000; n += 1) list.items.toggle(id)
  expect(list.status.getSnapshot()).toMatchObject({ pending: 5_000, backlog: 'many-edits' })
  const bytes = open.replica.ledger.edits().reduce((sum, edit) => sum + edit.update.length, 0)
  expect(bytes).toBeLessThan(1_000_000)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000)
  await server.run(settle)
  expect(list.status.getSnapshot().state).toBe('synced')
  expect(server.handshakes).toBe(2)
}, 120_000)

it('[ACK-5][X-06][E-13] while the server does not answer, four frames are on their way at most, and edits wait to be joined', async () => {
  const { list, server, environment, settle } = await workbench()
  const id = list.items.add('Milk').value
  server.handshake()
  server.answer()
  const tapEvery20ms = async (taps: number) => {
    const before = server.arrived.length
    for (let n = 0; n < taps; n += 1) {
      list.items.toggle(id)
      await new Promise((resolve) => setImmediate(resolve))
      environment.advance(20)
    }
    return server.arrived.length - before
  }
  expect(await tapEvery20ms(3)).toBe(3)
  expect(await tapEvery20ms(17)).toBe(1)
  await tapEvery20ms(MANY_EDITS - 20)
  server.drop()
  server.handshake()
  expect(await tapEvery20ms(100)).toBeLessThanOrEqual(3)
  expect(list.status.getSnapshot()).toMatchObject({ state: 'saving', pending: 200, backlog: 'many-edits' })
  await server.run(settle)
  expect(list.status.getSnapshot().state).toBe('synced')
})
