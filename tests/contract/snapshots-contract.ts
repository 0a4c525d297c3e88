import type { ListId, Storage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  appendMany,
  type HarnessFactory,
  newList,
  newListId,
  type StorageHarness,
} from './persistence/harness.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const words = (data: Uint8Array | undefined): string => Buffer.from(data ?? []).toString()

/** What every adapter of the snapshot store promises. */
export function snapshotsContract(adapter: string, create: HarnessFactory): void {
  describe(`snapshots: ${adapter}`, () => {
    let harness: StorageHarness
    let storage: Storage
    let list: ListId

    beforeEach(async () => {
      harness = await create()
      storage = await harness.open()
      list = await newList(storage)
      await appendMany(storage, list, 10)
    })
    afterEach(() => harness.close())

    it('[SNAP-1][B-17][T-08] a load is the newest snapshot and only the rows after it', async () => {
      expect((await storage.log.load(list)).snapshot).toBe(null)
      await storage.snapshots.write(list, 4, bytes('four'))
      await storage.snapshots.write(list, 7, bytes('seven'))
      const loaded = await storage.log.load(list)
      expect([loaded.snapshot?.seq, words(loaded.snapshot?.data)]).toEqual([7, 'seven'])
      expect(loaded.tail.map((row) => row.seq)).toEqual([8, 9, 10])
      expect([loaded.head, loaded.damage]).toEqual([10, []])
    })

    it('[SNAP-2][B-12] an older or equal snapshot does not replace a newer one', async () => {
      expect(await storage.snapshots.write(list, 6, bytes('six'))).toBe('written')
      expect(await storage.snapshots.write(list, 5, bytes('five'))).toBe('superseded')
      expect(await storage.snapshots.write(list, 6, bytes('another six'))).toBe('superseded')
      expect(words((await storage.log.load(list)).snapshot?.data)).toBe('six')
      expect(await harness.snapshotsOf(list)).toEqual([6])
    })

    it('[SNAP-2] of two nodes that write at once the one that contains more is loaded', async () => {
      const other = await harness.open()
      const writes = [3, 9, 5, 8].map((seq, index) =>
        (index % 2 === 0 ? storage : other).snapshots.write(list, seq, bytes(`at ${seq}`)),
      )
      await Promise.all(writes)
      expect(words((await storage.log.load(list)).snapshot?.data)).toBe('at 9')
    })

    it('[SNAP-2] a snapshot that claims more than the log holds is refused', async () => {
      await expect(storage.snapshots.write(list, 11, bytes('eleven'))).rejects.toMatchObject({
        code: 'snapshot-ahead',
      })
      await expect(storage.snapshots.write(newListId(), 1, bytes('x'))).rejects.toMatchObject({
        code: 'unknown-list',
      })
      expect(await harness.snapshotsOf(list)).toEqual([])
    })

    it('[SNAP-6][LOG-4][B-12][G-13] the newest three are kept, and no row of the log goes', async () => {
      for (const seq of [1, 2, 3, 4, 5]) await storage.snapshots.write(list, seq, bytes(`at ${seq}`))
      expect(await harness.snapshotsOf(list)).toEqual([3, 4, 5])
      expect((await storage.log.readSince(list, 0, 100)).updates).toHaveLength(10)
    })

    it('[SNAP-3][H-09][V-11] a flipped byte is found, the snapshot before it and a longer tail are used', async () => {
      await storage.snapshots.write(list, 3, bytes('three'))
      await storage.snapshots.write(list, 8, bytes('eight'))
      await harness.flipByteInSnapshot(list, 8)
      const loaded = await storage.log.load(list)
      expect([loaded.snapshot?.seq, words(loaded.snapshot?.data)]).toEqual([3, 'three'])
      expect(loaded.tail.map((row) => row.seq)).toEqual([4, 5, 6, 7, 8, 9, 10])
      expect(loaded.damage).toMatchObject([{ kind: 'corrupt-snapshot', seq: 8 }])
      expect(await storage.directory.quarantine()).toMatchObject([{ kind: 'corrupt-snapshot', seq: 8 }])
    })

    it('[SNAP-3] when every snapshot is damaged the whole log is read', async () => {
      await storage.snapshots.write(list, 9, bytes('nine'))
      await harness.flipByteInSnapshot(list, 9)
      const loaded = await storage.log.load(list)
      expect(loaded.snapshot).toBe(null)
      expect(loaded.tail).toHaveLength(10)
    })

    it('[SNAP-3] a damaged snapshot does not keep a sound one of the same position out', async () => {
      await storage.snapshots.write(list, 9, bytes('nine'))
      await harness.flipByteInSnapshot(list, 9)
      await storage.log.load(list)
      expect(await storage.snapshots.write(list, 9, bytes('nine again'))).toBe('written')
      const loaded = await storage.log.load(list)
      expect([words(loaded.snapshot?.data), loaded.damage]).toEqual(['nine again', []])
    })

    it('[SNAP-3] a damaged snapshot counts as damage for as long as it is kept, and no longer', async () => {
      await storage.snapshots.write(list, 3, bytes('three'))
      await harness.flipByteInSnapshot(list, 3)
      const other = await newList(storage)
      await appendMany(storage, other, 2)
      await harness.removeUpdate(other, 1)
      await Promise.all([storage.log.load(list), storage.log.load(other)])
      expect(await storage.directory.damagedLists()).toBe(2)
      for (const seq of [4, 5]) await storage.snapshots.write(list, seq, bytes(`at ${seq}`))
      expect(await storage.directory.damagedLists()).toBe(2)
      await storage.snapshots.write(list, 6, bytes('at 6'))
      expect(await harness.snapshotsOf(list)).toEqual([4, 5, 6])
      expect(await storage.directory.quarantine()).toMatchObject([{ listId: other, kind: 'missing-row' }])
      expect(await storage.directory.damagedLists()).toBe(1)
    })

    it('[SNAP-3] a damaged snapshot that a sound one replaced is no longer damage', async () => {
      await storage.snapshots.write(list, 9, bytes('nine'))
      await harness.flipByteInSnapshot(list, 9)
      await storage.log.load(list)
      await storage.snapshots.write(list, 9, bytes('nine again'))
      expect(await storage.directory.damagedLists()).toBe(0)
    })
  })
}
