import type { ListId, Storage, UserId } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  always,
  ann,
  bob,
  give,
  type HarnessFactory,
  newList,
  newListId,
  type StorageHarness,
  stranger,
} from './persistence/harness.ts'

/** What every adapter of the directory promises. */
export function directoryContract(adapter: string, create: HarnessFactory): void {
  describe(`directory: ${adapter}`, () => {
    let harness: StorageHarness
    let storage: Storage

    beforeEach(async () => {
      harness = await create()
      storage = await harness.open()
      await storage.directory.ensureUser({ id: ann, name: 'Ann' })
      await storage.directory.ensureUser({ id: bob, name: 'Bob' })
    })
    afterEach(() => harness.close())

    it('[DIR-1][DIR-2] the creator is the owner; the same id again gives the same list', async () => {
      const id = newListId()
      const first = await storage.directory.createList({ id, ownerId: ann, title: 'Camping' })
      expect(first).toMatchObject({
        outcome: 'created',
        list: { id, ownerId: ann, title: 'Camping', role: 'owner', headSeq: 0 },
      })
      const again = await storage.directory.createList({ id, ownerId: ann, title: 'Another title' })
      expect(again).toMatchObject({ outcome: 'exists', list: { id, title: 'Camping', role: 'owner' } })
    })

    it('[DIR-1] an id that is somebody else’s is taken, and stays theirs', async () => {
      const id = await newList(storage, ann)
      expect(await storage.directory.createList({ id, ownerId: bob, title: 'Mine' })).toEqual({
        outcome: 'taken',
      })
      expect(await storage.directory.find(id, bob)).toBe(null)
      expect(await storage.directory.find(id, ann)).toMatchObject({ ownerId: ann, title: 'Shopping' })
    })

    it('[DIR-1][DIR-2] of many who create the same id at once exactly one is the owner', async () => {
      const id = newListId()
      const other = await harness.open()
      const people = Array.from({ length: 8 }, (_, index) => `u_${index}` as UserId)
      for (const person of people) await storage.directory.ensureUser({ id: person, name: person })
      const results = await Promise.all(
        people.map((ownerId, index) =>
          (index % 2 === 0 ? storage : other).directory.createList({ id, ownerId, title: 'Ours' }),
        ),
      )
      expect(results.filter(({ outcome }) => outcome === 'created')).toHaveLength(1)
      expect(results.filter(({ outcome }) => outcome === 'taken')).toHaveLength(7)
    })

    it('[ACCESS-1] no such list and no role are the same answer', async () => {
      const id = await newList(storage, ann)
      for (const listId of [id, newListId(), 'not-a-uuid' as ListId, '__proto__' as ListId]) {
        expect(await storage.directory.find(listId, bob)).toBe(null)
      }
    })

    it('[ACCESS-2][P-12] a role is seen at once, on every node, and can be changed', async () => {
      const id = await newList(storage, ann)
      const other = await harness.open()
      for (const role of ['viewer', 'editor', 'commenter'] as const) {
        await give(storage, id, bob, role)
        expect((await other.directory.find(id, bob))?.role).toBe(role)
      }
      expect((await storage.directory.listFor(bob)).map((list) => list.id)).toEqual([id])
    })

    it('[DIR-2] the owner’s role cannot be changed, and there is no second owner', async () => {
      const id = await newList(storage, ann)
      const grant = (listId: ListId, userId: UserId) =>
        storage.grants.grant({ listId, userId, role: 'viewer', by: ann, may: always })
      expect(await grant(id, ann)).toEqual({ outcome: 'is-owner' })
      expect(await grant(newListId(), bob)).toEqual({ outcome: 'no-such-list' })
      expect(await grant('__proto__' as ListId, bob)).toEqual({ outcome: 'no-such-list' })
      expect(await grant(id, stranger)).toEqual({ outcome: 'no-such-user' })
      expect((await storage.directory.find(id, ann))?.role).toBe('owner')
    })

    it('[DIR-4] a person’s lists are theirs and those shared with them, oldest first', async () => {
      const first = await newList(storage, ann)
      const second = await newList(storage, bob)
      await newList(storage, bob)
      await give(storage, second, ann, 'editor', bob)
      const lists = await storage.directory.listFor(ann)
      expect(lists.map(({ id, role }) => [id, role])).toEqual([
        [first, 'owner'],
        [second, 'editor'],
      ])
    })

    it('[DIR-3] a changed title is what everybody reads', async () => {
      const id = await newList(storage, ann)
      await storage.directory.setTitle(id, 'Groceries')
      expect((await storage.directory.find(id, ann))?.title).toBe('Groceries')
    })

    it('[DIR-4] every list can be walked through, page by page', async () => {
      const ids = [await newList(storage), await newList(storage), await newList(storage)].sort()
      const first = await storage.directory.listIds(null, 2)
      expect(first).toEqual(ids.slice(0, 2))
      expect(await storage.directory.listIds(first[1] ?? null, 2)).toEqual(ids.slice(2))
    })
  })
}
