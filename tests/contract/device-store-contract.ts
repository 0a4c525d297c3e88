import * as Y from 'yjs'
import type { DeviceStore, PendingEdit, StorageAdapter, StoredList } from '../../client-sdk/src/local/port.ts'
import { assertEqual, assertRejects } from './device-store-asserts.ts'

/** One device; each `adapter()` is one more tab or a later start of the app on it. */
export interface TestDevice {
  adapter(): StorageAdapter
}

export interface ContractCase {
  readonly title: string
  run(device: TestDevice): Promise<void>
}

/**
 * What every `StorageAdapter` must do. Free of Node and of the test runner, because the same cases run inside a real browser.
 */
export const deviceStoreContract: readonly ContractCase[] = [
  {
    title: '[LOCAL-8][F-01] what was stored is there when the app starts again',
    run: async (device) => {
      const before = await device.adapter().open('ann')
      await before.putList(list('l1'))
      await before.appendBase('l1', bytes(1))
      const key = await before.appendPending('l1', edit(2, 'Add milk'))
      await before.close()
      const after = await device.adapter().open('ann')
      assertEqual(await after.lists(), [list('l1')])
      const pending = [{ key, ...edit(2, 'Add milk') }]
      assertEqual(await after.load('l1'), { base: [bytes(1)], pending, end: null })
    },
  },
  {
    title: '[LOCAL-8] base updates keep their order and a changed list replaces the old one',
    run: async (device) => {
      const store = await device.adapter().open('ann')
      for (const n of [1, 2, 3]) await store.appendBase('l1', bytes(n))
      assertEqual((await store.load('l1')).base, [bytes(1), bytes(2), bytes(3)])
      await store.putList(list('l1'))
      await store.putList({ ...list('l1'), title: 'Party', syncedAt: 7 })
      assertEqual(await store.lists(), [{ ...list('l1'), title: 'Party', syncedAt: 7 }])
      const mine = { pinned: true, folder: 'Home', sort: 'due', muted: false } as const
      await store.putList({ ...list('l1'), mine, collisionsUpTo: 12 })
      assertEqual(await store.lists(), [{ ...list('l1'), mine, collisionsUpTo: 12 }])
    },
  },
  {
    title:
      '[LOCAL-8] an update that is a view of a larger buffer is stored alone, and later changes to it do not matter',
    run: async (device) => {
      const store = await device.adapter().open('ann')
      const buffer = new Uint8Array(10_000).fill(9)
      const view = buffer.subarray(4, 8)
      const written = store.appendBase('l1', view)
      buffer.fill(0)
      await written
      const [stored] = (await store.load('l1')).base
      assertEqual(stored, new Uint8Array([9, 9, 9, 9]))
      assertEqual(stored?.buffer.byteLength, 4)
    },
  },
  {
    title: '[LOCAL-3] a confirmed edit moves from pending to base; unknown keys are ignored',
    run: async (device) => {
      const store = await device.adapter().open('ann')
      const first = await store.appendPending('l1', edit(1))
      const second = await store.appendPending('l1', edit(2))
      const elsewhere = await store.appendPending('l2', edit(3))
      await store.confirm('l1', [first, 999_999, elsewhere])
      await store.confirm('l1', [first])
      assertEqual(await state(store, 'l1'), { base: [bytes(1)], pending: [second] })
      assertEqual(await state(store, 'l2'), { base: [], pending: [elsewhere] })
    },
  },
  {
    title: '[SDK-2] every list with pending edits is named, once, whether or not the list itself was stored',
    run: async (device) => {
      const store = await device.adapter().open('ann')
      assertEqual(await store.pendingLists(), [])
      await store.putList(list('l1'))
      const done = await store.appendPending('l1', edit(1))
      await store.appendPending('l2', edit(2))
      await store.appendPending('l2', edit(3))
      assertEqual((await store.pendingLists()).sort(), ['l1', 'l2'])
      await store.confirm('l1', [done])
      assertEqual(await store.pendingLists(), ['l2'])
      await store.dropList('l2')
      assertEqual(await store.pendingLists(), [])
    },
  },
  {
    title: '[LOCAL-9] keys grow over all tabs and are never used twice',
    run: async (device) => {
      const one = await device.adapter().open('ann')
      const two = await device.adapter().open('ann')
      const keys: number[] = []
      for (let i = 0; i < 5; i++) {
        keys.push(await one.appendPending('l1', edit(i)), await two.appendPending('l1', edit(i)))
      }
      await one.confirm('l1', keys)
      keys.push(await two.appendPending('l1', edit(9)))
      assertEqual(
        keys,
        [...new Set(keys)].sort((a, b) => a - b),
      )
      assertEqual(await state(one, 'l1').then((s) => s.pending), keys.slice(-1))
    },
  },
  {
    title: '[LOCAL-9] edits stored at the same time all get a key, in the order of the calls',
    run: async (device) => {
      const store = await device.adapter().open('ann')
      const keys = await Promise.all([1, 2, 3, 4].map((n) => store.appendPending('l1', edit(n))))
      const { pending } = await store.load('l1')
      assertEqual(
        pending.map((one) => [one.key, one.update]),
        keys.map((key, i) => [key, bytes(i + 1)]),
      )
    },
  },
  {
    title: '[LOCAL-3] a repair swaps pending edits in one step',
    run: async (device) => {
      const store = await device.adapter().open('ann')
      const old = await store.appendPending('l1', edit(1))
      const kept = await store.appendPending('l1', edit(2))
      const added = await store.replacePending('l1', [old, 123_456], [edit(3), edit(4)])
      assertEqual(added.length, 2)
      assertEqual((await state(store, 'l1')).pending, [kept, ...added])
    },
  },
  {
    title: '[LOCAL-3] replacing the base keeps pending edits that are not named',
    run: async (device) => {
      const store = await device.adapter().open('ann')
      await store.appendBase('l1', bytes(1))
      await store.appendBase('l2', bytes(5))
      const named = await store.appendPending('l1', edit(2))
      const kept = await store.appendPending('l1', edit(3))
      await store.replaceBase('l1', bytes(7), [named])
      assertEqual(await state(store, 'l1'), { base: [bytes(7)], pending: [kept] })
      assertEqual((await state(store, 'l2')).base, [bytes(5)])
    },
  },
  {
    title: '[REPAIR-3] a refused edit moves to the inbox with the reason, until it is dropped',
    run: async (device) => {
      const store = await device.adapter().open('ann')
      const key = await store.appendPending('l1', edit(1, 'Rename'))
      const kept = await store.appendPending('l1', edit(2))
      await store.refuse('l1', [key, 77_777], { code: 'too-large', message: 'The title is too long.' })
      await store.refuse('l1', [key], { code: 'gap', message: 'twice' })
      assertEqual((await state(store, 'l1')).pending, [kept])
      const { changes, label, at } = edit(1, 'Rename')
      const refused = { key, changes, label, at, code: 'too-large', message: 'The title is too long.' }
      assertEqual(await store.inbox('l1'), [refused])
      assertEqual(await store.inbox('l2'), [])
      await store.dropInbox('l1', [key])
      assertEqual(await store.inbox('l1'), [])
    },
  },
  {
    title: '[LOCAL-7] two people on one device see nothing of each other',
    run: async (device) => {
      const ann = await device.adapter().open('ann')
      const bob = await device.adapter().open('bob')
      await ann.putList(list('l1'))
      await ann.appendPending('l1', edit(1))
      assertEqual(await bob.lists(), [])
      assertEqual(await state(bob, 'l1'), { base: [], pending: [] })
    },
  },
  {
    title: '[LOCAL-10] a dropped list is gone with everything in it, and no other list is',
    run: async (device) => {
      const store = await device.adapter().open('ann')
      for (const id of ['l1', 'l2']) {
        await store.putList(list(id))
        await store.appendBase(id, bytes(1))
        const key = await store.appendPending(id, edit(2))
        await store.appendPending(id, edit(3))
        await store.refuse(id, [key], { code: 'gap', message: '' })
      }
      await store.dropList('l1')
      assertEqual(await store.lists(), [list('l2')])
      assertEqual(await state(store, 'l1'), { base: [], pending: [] })
      assertEqual(await store.inbox('l1'), [])
      const left = await state(store, 'l2')
      assertEqual([left.base.length, left.pending.length, (await store.inbox('l2')).length], [1, 1, 1])
    },
  },
  {
    title:
      '[SDKA-3][P-24] a list that has ended keeps its unsaved edits in the inbox and the note, and nothing else of it',
    run: async (device) => {
      const store = await device.adapter().open('ann')
      for (const id of ['l1', 'l2']) {
        await store.putList(list(id))
        await store.appendBase(id, bytes(1))
        await store.appendPending(id, edit(2, 'Add'))
      }
      await store.endList('l1', ENDED)
      const later = await device.adapter().open('ann')
      assertEqual(await later.load('l1'), { base: [], pending: [], end: ENDED })
      assertEqual(await later.pendingLists(), ['l2'])
      const [row] = await later.inbox('l1')
      const { changes, label, at } = edit(2, 'Add')
      const why = { code: 'access-ended', message: ENDED.message }
      assertEqual(row, { key: row?.key, changes, label, at, ...why })
      assertEqual(await later.ends(), [{ id: 'l1', end: ENDED }])
      assertEqual(await later.load('l2').then(({ end }) => end), null)
    },
  },
  {
    title:
      '[SDKA-3] ended again, what was written meanwhile goes the same way, and a changed list row takes the note away from nobody',
    run: async (device) => {
      const [one, two] = [await device.adapter().open('ann'), await device.adapter().open('ann')]
      await one.putList(list('l1'))
      const first = await one.appendPending('l1', edit(1))
      await one.endList('l1', ENDED)
      await two.appendBase('l1', bytes(3))
      const second = await two.appendPending('l1', edit(2))
      await two.putList({ ...list('l1'), title: 'Late' })
      await one.endList('l1', ENDED)
      assertEqual(await two.load('l1'), { base: [], pending: [], end: ENDED })
      assertEqual(
        (await two.inbox('l1')).map(({ key }) => key),
        [first, second],
      )
    },
  },
  {
    title: '[SDKA-6] readmitted, the note is gone and the inbox stays; dropped, all of it is gone',
    run: async (device) => {
      const store = await device.adapter().open('ann')
      for (const id of ['l1', 'l2']) {
        await store.appendPending(id, edit(1))
        await store.endList(id, ENDED)
      }
      await store.readmitList('l1')
      assertEqual(await store.load('l1'), { base: [], pending: [], end: null })
      assertEqual((await store.inbox('l1')).length, 1)
      await store.dropList('l2')
      assertEqual(await store.ends(), [])
      assertEqual(await store.inbox('l2'), [])
    },
  },
  {
    title: '[SDKA-4] a list of which nothing is here leaves no note of its end',
    run: async (device) => {
      const store = await device.adapter().open('ann')
      await store.endList('l1', ENDED)
      assertEqual(await store.ends(), [])
      await store.putList(list('l1'))
      await store.endList('l1', ENDED)
      assertEqual(await store.ends(), [{ id: 'l1', end: ENDED }])
    },
  },
  {
    title: '[SDKA-9][REPAIR-3] a refused edit keeps which places were refused',
    run: async (device) => {
      const store = await device.adapter().open('ann')
      const key = await store.appendPending('l1', edit(1))
      await store.refuse('l1', [key], { code: 'read-only', message: 'No.', places: ['items/item-1/title'] })
      assertEqual((await store.inbox('l1'))[0]?.places, ['items/item-1/title'])
    },
  },
  {
    title: '[ALL-10] a fact is kept as it was given, list by list, until it is forgotten or replaced',
    run: async (device) => {
      const [store, tab] = [await device.adapter().open('ann'), await device.adapter().open('ann')]
      for (const id of ['l1', 'l2']) await store.putList(list(id))
      const fact = { at: bytes(5), names: { bob: 'Bob' }, seq: 7 }
      const written = store.putFact('l1', 'away', fact)
      fact.names.bob = 'Eve'
      await written
      await store.putFact('l1', 'names', ['x'])
      await store.putFact('l2', 'away', null)
      assertEqual(await tab.fact('l1', 'away'), { at: bytes(5), names: { bob: 'Bob' }, seq: 7 })
      assertEqual(await tab.fact('l1', 'nothing'), undefined)
      assertEqual((await tab.facts('away')).map(({ id }) => id).sort(), ['l1', 'l2'])
      await tab.putFact('l1', 'away', 8)
      await tab.putFact('l1', 'names', undefined)
      assertEqual([await store.fact('l1', 'away'), await store.fact('l1', 'names')], [8, undefined])
      await assertRejects(store.putFact('l1', 'away', 'x'.repeat(70_000)), { name: 'StorageFailed' })
      await assertRejects(
        store.putFact('l1', 'away', () => 1),
        { name: 'StorageFailed' },
      )
      assertEqual(await store.fact('l1', 'away'), 8)
    },
  },
  {
    title:
      '[ALL-11][SDKA-3] facts go with the list and with its access, and nobody writes them back afterwards',
    run: async (device) => {
      const [store, late] = [await device.adapter().open('ann'), await device.adapter().open('ann')]
      for (const id of ['l1', 'l2', 'l3']) {
        await store.putList(list(id))
        await store.putFact(id, 'names', { bob: 'Bob' })
      }
      await store.dropList('l1')
      await store.endList('l2', ENDED)
      for (const id of ['l1', 'l2', 'l3', 'l9']) {
        await late.putFact(id, 'away', { by: 'late' })
        const isTaken = await late.appendBaseWith(id, bytes(1), { name: 'ahead', value: 7 })
        assertEqual(
          [id, isTaken, (await state(late, id)).base.length],
          [id, id === 'l3', id === 'l3' ? 1 : 0],
        )
      }
      assertEqual([await late.appendBaseWith('l3', null, { name: 'ahead', value: 8 })], [true])
      assertEqual(await late.facts('ahead'), [{ id: 'l3', value: 8 }])
      assertEqual(await store.facts('names'), [{ id: 'l3', value: { bob: 'Bob' } }])
      assertEqual(await store.facts('away'), [{ id: 'l3', value: { by: 'late' } }])
      await store.readmitList('l2')
      assertEqual(await store.fact('l2', 'names'), undefined)
      await store.putFact('l2', 'names', { bob: 'Robert' })
      assertEqual(await store.fact('l2', 'names'), { bob: 'Robert' })
      await store.destroy()
      assertEqual(await (await device.adapter().open('ann')).facts('names'), [])
    },
  },
  {
    title: '[LOCAL-10] after destroy nothing is left, and a tab that still has it open cannot write it back',
    run: async (device) => {
      const tab = await device.adapter().open('ann')
      const other = await device.adapter().open('ann')
      await tab.appendPending('l1', edit(1))
      await tab.destroy()
      await assertRejects(other.appendPending('l1', edit(2)), { name: 'StorageFailed', gone: true })
      const later = await device.adapter().open('ann')
      assertEqual(await state(later, 'l1'), { base: [], pending: [] })
    },
  },
  {
    title: '[LOCAL-10] a closed store rejects instead of writing',
    run: async (device) => {
      const store = await device.adapter().open('ann')
      await store.close()
      await assertRejects(store.appendPending('l1', edit(1)), { name: 'StorageFailed', gone: false })
      await assertRejects(store.load('l1'), { name: 'StorageFailed' })
    },
  },
  {
    title: '[LOCAL-11] many stored updates become few, and another tab that goes on writing loses nothing',
    run: async (device) => {
      const tabs = [await device.adapter().open('ann'), await device.adapter().open('ann')]
      const doc = new Y.Doc()
      const writes: Promise<unknown>[] = []
      let turn = 0
      doc.on('update', (update: Uint8Array) => {
        writes.push((tabs[turn++ % 2] as DeviceStore).appendBase('l1', update))
      })
      for (let i = 0; i < 500; i++) doc.getMap('items').set(`k${i % 50}`, i)
      await Promise.all(writes)
      for (const tab of tabs) await tab.close()
      const { base } = await (await device.adapter().open('ann')).load('l1')
      const copy = new Y.Doc()
      for (const update of base) Y.applyUpdate(copy, update)
      assertEqual(copy.getMap('items').toJSON(), doc.getMap('items').toJSON())
    },
  },
  {
    title: '[LOCAL-13] the device remembers who used it last, and no token',
    run: async (device) => {
      const adapter = device.adapter()
      assertEqual(await adapter.lastIdentity(), null)
      const signedIn = { userId: 'ann', name: 'Ann', token: 'secret' }
      await adapter.setLastIdentity(signedIn)
      assertEqual(await device.adapter().lastIdentity(), { userId: 'ann', name: 'Ann' })
      await adapter.setLastIdentity(null)
      assertEqual(await adapter.lastIdentity(), null)
    },
  },
]

const ENDED = { why: 'access-ended', message: 'Ann removed you from this list.', at: 7 } as const

async function state(store: DeviceStore, listId: string): Promise<{ base: Uint8Array[]; pending: number[] }> {
  const { base, pending } = await store.load(listId)
  return { base: [...base], pending: pending.map((one) => one.key) }
}

export function bytes(n: number): Uint8Array {
  return new Uint8Array([n, n, n])
}

export function edit(n: number, label = 'Edit'): Omit<PendingEdit, 'key'> {
  const changes = [{ type: 'put', root: 'items', key: `item-${n}`, value: { n } }] as const
  return { update: bytes(n), changes, label, at: 1_000 + n }
}

export function list(id: string): StoredList {
  return { id, title: 'Shopping', role: 'owner', creating: false, syncedAt: null }
}
