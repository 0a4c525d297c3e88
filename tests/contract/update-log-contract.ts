import { randomUUID } from 'node:crypto'
import { isStorageError, type ListId, type Storage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ann,
  appendMany,
  bob,
  type HarnessFactory,
  newList,
  newListId,
  type StorageHarness,
  updateOf,
} from './persistence/harness.ts'

/** What every adapter of the update log promises. */
export function updateLogContract(adapter: string, create: HarnessFactory): void {
  describe(`update log: ${adapter}`, () => {
    let harness: StorageHarness
    let storage: Storage
    let list: ListId

    beforeEach(async () => {
      harness = await create()
      storage = await harness.open()
      list = await newList(storage)
    })
    afterEach(() => harness.close())

    it('[LOG-1][B-01][W-12] positions are 1, 2, 3 … and a replay gives the updates back in that order', async () => {
      const updates = await appendMany(storage, list, 5)
      const { updates: read, damage } = await storage.log.readSince(list, 0, 100)
      expect(read.map((row) => row.seq)).toEqual([1, 2, 3, 4, 5])
      expect(read.map((row) => Buffer.from(row.data).toString())).toEqual(
        updates.map((update) => Buffer.from(update.data).toString()),
      )
      expect(damage).toEqual([])
      expect(await storage.log.head(list)).toBe(5)
    })

    it('[LOG-1][B-03] 50 concurrent appends get the positions 1 to 50, each once', async () => {
      const appended = await Promise.all(Array.from({ length: 50 }, () => storage.log.append(updateOf(list))))
      const seqs = appended.map(({ seq }) => seq).sort((a, b) => a - b)
      expect(seqs).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
    })

    it('[LOG-1] appends of one caller keep their order', async () => {
      const updates = Array.from({ length: 200 }, () => updateOf(list))
      const appended = await Promise.all(updates.map((update) => storage.log.append(update)))
      expect(appended.map(({ seq }) => seq)).toEqual(updates.map((_, index) => index + 1))
    })

    it('[LOG-6][B-08] a row names who, when, what it means, and the operation', async () => {
      const before = Date.now()
      const update = updateOf(list, {
        actorId: bob,
        ops: [{ kind: 'renamed', from: 'Milk', to: 'Oat milk' }],
      })
      const { at } = await storage.log.append(update)
      const anonymous = updateOf(list, { actorId: null })
      await storage.log.append(anonymous)
      const [row, other] = (await storage.log.readSince(list, 0, 10)).updates
      expect(row).toMatchObject({ listId: list, seq: 1, actorId: bob, opId: update.opId, ops: update.ops })
      expect(row?.at).toEqual(at)
      // Two clocks of one machine, but rounded differently.
      expect(Math.abs(at.getTime() - before)).toBeLessThan(60_000)
      expect(other?.actorId).toBe(null)
    })

    it('[LOG-2][B-06][E-08] the same operation appended ten times is stored once, at its first position', async () => {
      const update = updateOf(list)
      await storage.log.append(updateOf(list))
      const first = await storage.log.append(update)
      const again = await Promise.all(Array.from({ length: 9 }, () => storage.log.append(update)))
      expect(again.map(({ seq }) => seq)).toEqual(Array(9).fill(first.seq))
      expect(again[0]?.at).toEqual(first.at)
      expect(await storage.log.head(list)).toBe(2)
    })

    it('[LOG-2] repeats that wait in the same batch, beside new updates, are stored once', async () => {
      const twice = updateOf(list)
      const all = [twice, updateOf(list), twice, updateOf(list), twice]
      const appended = await Promise.all(all.map((update) => storage.log.append(update)))
      expect(new Set([appended[0]?.seq, appended[2]?.seq, appended[4]?.seq]).size).toBe(1)
      expect(await storage.log.head(list)).toBe(3)
    })

    it('[LOG-2] the same operation id on two lists is two operations', async () => {
      const other = await newList(storage)
      const opId = randomUUID()
      await Promise.all([
        storage.log.append(updateOf(list, { opId })),
        storage.log.append(updateOf(other, { opId })),
      ])
      expect([await storage.log.head(list), await storage.log.head(other)]).toEqual([1, 1])
    })

    it('[LOG-10][T-14] an update for a list that does not exist is refused alone', async () => {
      const good = Array.from({ length: 5 }, () => updateOf(list))
      const results = await Promise.allSettled(
        [...good.slice(0, 3), updateOf(newListId()), ...good.slice(3)].map((update) =>
          storage.log.append(update),
        ),
      )
      expect(results.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
        'fulfilled',
        'rejected',
        'fulfilled',
        'fulfilled',
      ])
      const refused = results[3]
      expect(refused?.status === 'rejected' && isStorageError(refused.reason, 'unknown-list')).toBe(true)
    })

    it('[LOG-10] ids that are no lower-case UUIDs are refused before anything is written', async () => {
      for (const change of [
        { listId: '__proto__' as ListId },
        { opId: 'x' },
        { opId: randomUUID().toUpperCase() },
      ]) {
        await expect(storage.log.append(updateOf(list, change))).rejects.toMatchObject({
          code: 'invalid-update',
        })
      }
      expect(await storage.log.head(list)).toBe(0)
    })

    it('[LOG-10] an update whose meaning is no JSON is refused alone', async () => {
      const cycle: unknown[] = []
      cycle.push(cycle)
      const updates = [
        updateOf(list),
        updateOf(list, { ops: cycle }),
        updateOf(list, { ops: [1n] }),
        updateOf(list),
      ]
      const results = await Promise.allSettled(updates.map((update) => storage.log.append(update)))
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
      expect(await storage.log.head(list)).toBe(2)
    })

    it('[LOG-10] an update whose meaning holds characters JSON columns refuse is stored', async () => {
      const data = new Uint8Array([0, 255, 0, 13, 10, 92])
      await storage.log.append(updateOf(list, { ops: [{ title: 'a\u0000b', note: '\ud800 \\u0000' }], data }))
      const [row] = (await storage.log.readSince(list, 0, 1)).updates
      expect(new Uint8Array(row?.data ?? [])).toEqual(data)
      expect(row?.ops).toHaveLength(1)
    })

    it('[LOG-1][B-13] reading since a position gives what follows, page by page', async () => {
      await appendMany(storage, list, 7)
      const first = await storage.log.readSince(list, 2, 3)
      expect(first.updates.map((row) => row.seq)).toEqual([3, 4, 5])
      const second = await storage.log.readSince(list, 5, 3)
      expect(second.updates.map((row) => row.seq)).toEqual([6, 7])
      expect((await storage.log.readSince(list, 7, 3)).updates).toEqual([])
      expect([...first.damage, ...second.damage]).toEqual([])
    })

    it('[LOG-7][E-25][T-22] a missing row is reported with its position, wherever it is, and the rest is read', async () => {
      await appendMany(storage, list, 6)
      await harness.removeUpdate(list, 2)
      await harness.removeUpdate(list, 3)
      await harness.removeUpdate(list, 6)
      const { updates, damage } = await storage.log.readSince(list, 0, 100)
      expect(updates.map((row) => row.seq)).toEqual([1, 4, 5])
      expect(damage.map(({ kind, seq }) => [kind, seq])).toEqual([
        ['missing-row', 2],
        ['missing-row', 6],
      ])
      const loaded = await storage.log.load(list)
      expect(loaded.head).toBe(6)
      expect(loaded.damage.map(({ seq }) => seq)).toEqual([2, 6])
      expect((await storage.directory.quarantine()).map(({ kind, seq }) => [kind, seq])).toEqual([
        ['missing-row', 2],
        ['missing-row', 6],
      ])
    })

    it('[LOG-5][LOG-7][V-11] a flipped byte in a row is found, and that row is left out', async () => {
      await appendMany(storage, list, 4)
      await harness.flipByteInUpdate(list, 3)
      const loaded = await storage.log.load(list)
      expect(loaded.tail.map((row) => row.seq)).toEqual([1, 2, 4])
      expect(loaded.damage).toMatchObject([{ listId: list, kind: 'corrupt-row', seq: 3 }])
      expect(await storage.directory.quarantine()).toMatchObject([
        { listId: list, kind: 'corrupt-row', seq: 3 },
      ])
    })

    it('[LOG-8] a load sees every append that was in flight before it, from any node', async () => {
      const other = await harness.open()
      for (let round = 1; round <= 20; round++) {
        const appending = other.log.append(updateOf(list))
        await Promise.race([appending, storage.log.load(list)])
        const { seq } = await appending
        const loaded = await storage.log.load(list)
        expect(loaded.tail.at(-1)?.seq).toBe(seq)
        expect(loaded.damage).toEqual([])
      }
    })

    it('[LOG-1] two nodes appending to the same lists leave no hole and no double', async () => {
      const other = await harness.open()
      const lists = [list, await newList(storage, bob), await newList(storage, ann)]
      const perNode = 150
      const seqs = new Map<ListId, number[]>(lists.map((id) => [id, []]))
      await Promise.all(
        [storage, other].flatMap((node) =>
          Array.from({ length: perNode }, async (_, index) => {
            const id = lists[index % lists.length] ?? list
            const { seq } = await node.log.append(updateOf(id))
            seqs.get(id)?.push(seq)
          }),
        ),
      )
      for (const id of lists) {
        const expected = Array.from({ length: (perNode * 2) / lists.length }, (_, index) => index + 1)
        expect(seqs.get(id)?.sort((a, b) => a - b)).toEqual(expected)
        expect((await storage.log.load(id)).damage).toEqual([])
      }
    })

    it('[LOG-7] a run of missing rows is one damage, and the page says how far it read', async () => {
      await appendMany(storage, list, 9)
      for (const seq of [3, 4, 5, 8, 9]) await harness.removeUpdate(list, seq)
      const first = await storage.log.readSince(list, 0, 3)
      expect(first.updates.map((row) => row.seq)).toEqual([1, 2, 6])
      expect([first.damage.map(({ seq }) => seq), first.through, first.head]).toEqual([[3], 6, 9])
      const rest = await storage.log.readSince(list, first.through, 3)
      expect(rest.updates.map((row) => row.seq)).toEqual([7])
      expect([rest.damage.map(({ seq }) => seq), rest.through, rest.head]).toEqual([[8], 9, 9])
      expect((await storage.directory.quarantine()).map(({ seq }) => seq)).toEqual([3, 8])
    })

    it('[BUS-6] the heads of many lists are one question, and unknown lists are left out', async () => {
      const other = await newList(storage)
      const empty = await newList(storage)
      await appendMany(storage, list, 3)
      await appendMany(storage, other, 1)
      const asked = [list, other, empty, newListId(), '__proto__' as ListId]
      expect(await storage.log.heads(asked)).toEqual(
        new Map([
          [list, 3],
          [other, 1],
          [empty, 0],
        ]),
      )
      expect(await storage.log.heads([])).toEqual(new Map())
    })

    it('[LOG-7] a list that does not exist is an error and never an empty list', async () => {
      for (const id of [newListId(), '__proto__' as ListId, list.toUpperCase() as ListId]) {
        await expect(storage.log.load(id)).rejects.toMatchObject({ code: 'unknown-list' })
        await expect(storage.log.readSince(id, 0, 10)).rejects.toMatchObject({ code: 'unknown-list' })
        await expect(storage.log.head(id)).rejects.toMatchObject({ code: 'unknown-list' })
      }
    })

    it('[DUR-7] closing first writes what was accepted and then refuses', async () => {
      const appends = Array.from({ length: 30 }, () => storage.log.append(updateOf(list)))
      await storage.log.close(10_000)
      expect((await Promise.all(appends)).length).toBe(30)
      await expect(storage.log.append(updateOf(list))).rejects.toMatchObject({ code: 'storage-closed' })
      expect(storage.log.health()).toEqual({ state: 'ok', queued: 0 })
    })
  })
}
