import type { ListId, Storage, UserId } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ann,
  appendMany,
  bob,
  carol,
  dayMs,
  end,
  give,
  type HarnessFactory,
  makeKnown,
  newList,
  newListId,
  rolesIn,
  type StorageHarness,
} from './persistence/harness.ts'

/** What every adapter of the directory promises about people, their overview, and lists they delete. */
export function peopleContract(adapter: string, create: HarnessFactory): void {
  describe(`people and their lists: ${adapter}`, () => {
    let harness: StorageHarness
    let storage: Storage
    let list: ListId

    beforeEach(async () => {
      harness = await create()
      storage = await harness.open()
      await makeKnown(storage)
      list = await newList(storage, ann)
    })
    afterEach(() => harness.close())

    it('[DIR-5] what is known of a person is updated, and what is left out stays', async () => {
      const { ensureUser, user } = storage.directory
      expect(await user(bob)).toEqual({ id: bob, name: 'Bob', email: null, kind: 'guest' })
      await ensureUser({ id: bob, name: 'Bobby', email: 'Bob@Example.com', kind: 'account' })
      await ensureUser({ id: bob, name: 'Rob' })
      expect(await user(bob)).toEqual({ id: bob, name: 'Rob', email: 'Bob@Example.com', kind: 'account' })
      await ensureUser({ id: bob, name: 'Rob', email: null })
      expect(await user(bob)).toMatchObject({ email: null, kind: 'account' })
      expect(await user('u_nobody' as UserId)).toBe(null)
    })

    it('[DIR-5][B-02] an address belongs to one person, whatever its case, and nobody takes it over', async () => {
      const { ensureUser, user } = storage.directory
      await ensureUser({ id: ann, name: 'Ann', email: 'A@x.org' })
      await ensureUser({ id: bob, name: 'Bob', email: 'a@X.org' })
      expect([(await user(ann))?.email, (await user(bob))?.email]).toEqual(['A@x.org', null])
      await ensureUser({ id: bob, name: 'Bob', email: 'b@x.org' })
      await ensureUser({ id: bob, name: 'Bob', email: 'a@x.org' })
      expect((await user(bob))?.email).toBe('b@x.org')
      const people = Array.from({ length: 10 }, (_, n) => `u_twin${n}` as UserId)
      await Promise.all(people.map((id) => ensureUser({ id, name: id, email: 'same@x.org' })))
      const found = await Promise.all(people.map(user))
      expect(found.filter((one) => one !== null)).toHaveLength(10)
      expect(found.filter((one) => one?.email === 'same@x.org')).toHaveLength(1)
    })

    it('[GRANT-13][B-11][Q-06] mine, shared with me, and recent: the last changed first, with people and size', async () => {
      const shared = await newList(storage, bob)
      await give(storage, shared, ann, 'viewer', bob)
      await give(storage, shared, carol, 'viewer', bob)
      await newList(storage, bob)
      await appendMany(storage, list, 3)
      await storage.snapshots.write(list, 2, new Uint8Array(100))
      await storage.snapshots.write(list, 3, new Uint8Array(200))
      const view = async (name: 'mine' | 'shared' | 'recent' | 'all', limit?: number) =>
        (await storage.directory.listFor(ann, { view: name, ...(limit === undefined ? {} : { limit }) })).map(
          ({ id, memberCount, sizeBytes }) => [id, memberCount, sizeBytes],
        )
      const [own, theirs] = [
        [list, 1, 200],
        [shared, 3, 0],
      ]
      expect(await view('mine')).toEqual([own])
      expect(await view('shared')).toEqual([theirs])
      expect(await view('all')).toEqual([own, theirs])
      harness.passTime(60_000)
      await storage.directory.setTitle(shared, 'Party')
      expect(await view('recent')).toEqual([theirs, own])
      expect(await view('recent', 1)).toEqual([theirs])
    })

    it('[GRANT-13][Q-07] a list is in nobody’s overview once they were removed, or it changed hands', async () => {
      await give(storage, list, bob, 'editor')
      await storage.grants.transfer({ listId: list, to: bob, by: ann })
      const ids = async (userId: UserId, view: 'mine' | 'shared') =>
        (await storage.directory.listFor(userId, { view })).map(({ id }) => id)
      expect([await ids(ann, 'mine'), await ids(ann, 'shared')]).toEqual([[], [list]])
      expect([await ids(bob, 'mine'), await ids(bob, 'shared')]).toEqual([[list], []])
      await end(storage, list, ann, bob)
      expect(await storage.directory.listFor(ann)).toEqual([])
    })

    it('[GRANT-12][P-10] a deleted list is hidden from everybody, who are told by whom', async () => {
      await give(storage, list, bob, 'editor')
      expect(await storage.directory.deleteList(list, ann)).toBe(true)
      expect(await storage.directory.deleteList(list, ann)).toBe(false)
      expect(await storage.directory.deleteList(newListId(), ann)).toBe(false)
      for (const userId of [ann, bob]) {
        expect(await storage.directory.find(list, userId)).toBe(null)
        expect(await storage.directory.listFor(userId)).toEqual([])
      }
      expect(await storage.grants.ended(list, bob)).toMatchObject({
        why: 'list-deleted',
        byName: 'Ann',
        title: 'Shopping',
      })
      expect(await storage.grants.ended(list, carol)).toBe(null)
      const again = await storage.directory.createList({ id: list, ownerId: ann, title: 'Shopping' })
      expect(again).toEqual({ outcome: 'taken' })
    })

    it('[GRANT-4][P-03] a list is not deleted by somebody who lost the right to it since they asked', async () => {
      await give(storage, list, bob, 'admin')
      await give(storage, list, bob, 'editor')
      await give(storage, list, carol, 'admin')
      await end(storage, list, carol)
      for (const by of [bob, carol]) expect(await storage.directory.deleteList(list, by)).toBe(false)
      expect(await storage.directory.find(list, ann)).not.toBe(null)
    })

    it('[GRANT-12][B-23] its owner and admins can restore it for 30 days, with everybody’s access and its log', async () => {
      await give(storage, list, bob, 'admin')
      await give(storage, list, carol, 'editor')
      await appendMany(storage, list, 3)
      await storage.directory.deleteList(list, ann)
      harness.passTime(29 * dayMs)
      expect(await storage.directory.deletedLists(carol)).toEqual([])
      expect(await storage.directory.restoreList(list, carol)).toBe(false)
      expect(await storage.directory.deletedLists(bob)).toMatchObject([{ id: list, role: 'admin' }])
      expect(await storage.directory.restoreList(list, bob)).toBe(true)
      expect(await storage.directory.restoreList(list, bob)).toBe(false)
      expect(await rolesIn(storage, list)).toEqual({ [ann]: 'owner', [bob]: 'admin', [carol]: 'editor' })
      expect((await storage.log.load(list)).tail).toHaveLength(3)
      expect(await storage.grants.ended(list, carol)).toBe(null)
    })

    it('[GRANT-12][B-23] after 30 days it is gone for good, and no other list with it', async () => {
      const kept = await newList(storage, ann)
      await appendMany(storage, list, 3)
      await storage.snapshots.write(list, 3, new Uint8Array(10))
      await give(storage, list, bob, 'viewer')
      const now = Date.now()
      await storage.directory.deleteList(list, ann)
      expect(await storage.directory.purgeLists(new Date(now - dayMs))).toBe(0)
      harness.passTime(31 * dayMs)
      expect(await storage.directory.restoreList(list, ann)).toBe(false)
      expect(await storage.directory.deletedLists(ann)).toEqual([])
      const other = await harness.open()
      const before = new Date(now + dayMs)
      const purged = await Promise.all([storage, other].map((node) => node.directory.purgeLists(before)))
      expect(purged.sort()).toEqual([0, 1])
      expect(await storage.log.heads([list, kept])).toEqual(new Map([[kept, 0]]))
      await expect(storage.log.load(list)).rejects.toMatchObject({ code: 'unknown-list' })
      expect(await storage.grants.ended(list, bob)).toBe(null)
      expect(await storage.grants.members(list)).toEqual([])
      expect((await storage.directory.listFor(ann)).map(({ id }) => id)).toEqual([kept])
    })
  })
}
