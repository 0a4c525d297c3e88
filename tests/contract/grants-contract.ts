import type { ListId, SharingState, Storage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  actionsOf,
  always,
  ann,
  bob,
  carol,
  dave,
  end,
  give,
  type HarnessFactory,
  makeKnown,
  never,
  newList,
  newListId,
  rolesIn,
  type StorageHarness,
  stranger,
} from './persistence/harness.ts'

/** What every adapter of the grants promises. */
export function grantsContract(adapter: string, create: HarnessFactory): void {
  describe(`grants: ${adapter}`, () => {
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

    it('[GRANT-2][B-07][B-14] a grant says who gave what to whom and when; a change of role keeps who let the person in', async () => {
      const given = await storage.grants.grant({
        listId: list,
        userId: bob,
        role: 'viewer',
        by: ann,
        may: always,
      })
      const member = { listId: list, userId: bob, name: 'Bob', email: null, grantedBy: ann, linkId: null }
      expect(given).toMatchObject({ outcome: 'granted', member: { ...member, role: 'viewer' } })
      await give(storage, list, carol, 'admin')
      const change = { listId: list, userId: bob, role: 'editor', by: carol, may: always } as const
      expect(await storage.grants.grant(change)).toMatchObject({
        outcome: 'changed',
        member: { ...member, role: 'editor' },
      })
      expect(await storage.grants.grant(change)).toMatchObject({ outcome: 'unchanged' })
      const members = await storage.grants.members(list)
      expect(members.map(({ userId, role, grantedBy }) => [userId, role, grantedBy])).toEqual([
        [ann, 'owner', ann],
        [bob, 'editor', ann],
        [carol, 'admin', ann],
      ])
      expect(members[1]?.grantedAt).toBeInstanceOf(Date)
    })

    it('[GRANT-4][P-02][P-11] the caller decides on what stands, and what it refuses changes nothing', async () => {
      await give(storage, list, bob, 'editor')
      await storage.grants.setEditorsMayShare({ listId: list, by: ann, allowed: true, may: always })
      const asked: SharingState[] = []
      const may = (state: SharingState): boolean => {
        asked.push(state)
        return false
      }
      const before = [await rolesIn(storage, list), await actionsOf(storage, list)]
      const { grants } = storage
      const about = { listId: list, by: bob, may }
      expect(await grants.grant({ ...about, userId: carol, role: 'viewer' })).toEqual({
        outcome: 'not-allowed',
      })
      expect(await grants.revoke({ ...about, userId: bob, why: 'left' })).toEqual({ outcome: 'not-allowed' })
      expect(await grants.grant({ ...about, userId: ann, role: 'viewer' })).toEqual({ outcome: 'is-owner' })
      expect(await grants.setEditorsMayShare({ ...about, allowed: false })).toEqual({
        outcome: 'not-allowed',
      })
      const editorsMayShare = true
      expect(asked).toEqual([
        { actor: 'editor', target: null, editorsMayShare },
        { actor: 'editor', target: 'editor', editorsMayShare },
        { actor: 'editor', target: 'owner', editorsMayShare },
        { actor: 'editor', target: null, editorsMayShare },
      ])
      expect([await rolesIn(storage, list), await actionsOf(storage, list)]).toEqual(before)
      expect(await storage.directory.find(list, bob)).toMatchObject({ editorsMayShare })
    })

    it('[GRANT-4][P-18] a stranger who asks learns neither who owns the list nor who is known', async () => {
      for (const userId of [ann, bob, stranger]) {
        const change = { listId: list, userId, by: stranger, may: never }
        expect(await storage.grants.grant({ ...change, role: 'viewer' })).toEqual({ outcome: 'not-allowed' })
        expect(await storage.grants.revoke({ ...change, why: 'removed' })).toEqual({ outcome: 'not-allowed' })
      }
    })

    it('[GRANT-3][P-07][P-08][B-07] removing Bob removes nobody else, and names whom he let in', async () => {
      await give(storage, list, bob, 'editor')
      await give(storage, list, dave, 'editor', bob)
      await give(storage, list, carol, 'viewer', ann)
      const invited = await end(storage, list, bob)
      expect(invited.map(({ userId, name, role }) => [userId, name, role])).toEqual([
        [dave, 'Dave', 'editor'],
      ])
      expect(await rolesIn(storage, list)).toEqual({ [ann]: 'owner', [dave]: 'editor', [carol]: 'viewer' })
      expect(await storage.directory.find(list, bob)).toBe(null)
      expect(await storage.directory.listFor(bob)).toEqual([])
      // The second call of "remove them too?".
      expect(await end(storage, list, dave)).toEqual([])
      expect(await rolesIn(storage, list)).toEqual({ [ann]: 'owner', [carol]: 'viewer' })
    })

    it('[GRANT-3] neither the owner nor somebody without access can be removed', async () => {
      const revoke = { listId: list, by: ann, why: 'removed', may: always } as const
      expect(await storage.grants.revoke({ ...revoke, userId: ann })).toEqual({ outcome: 'is-owner' })
      expect(await storage.grants.revoke({ ...revoke, userId: bob })).toEqual({ outcome: 'no-such-member' })
      expect(await storage.grants.revoke({ ...revoke, listId: newListId(), userId: bob })).toEqual({
        outcome: 'no-such-list',
      })
    })

    it('[GRANT-5][P-10] who lost access can be told how, and loses that answer when they are let in again', async () => {
      expect(await storage.grants.ended(list, bob)).toBe(null)
      await give(storage, list, bob, 'viewer')
      expect(await storage.grants.ended(list, bob)).toBe(null)
      await end(storage, list, bob)
      expect(await storage.grants.ended(list, bob)).toMatchObject({
        why: 'removed',
        byName: 'Ann',
        title: 'Shopping',
      })
      await give(storage, list, bob, 'viewer')
      expect(await storage.grants.ended(list, bob)).toBe(null)
      await end(storage, list, bob, bob)
      expect(await storage.grants.ended(list, bob)).toMatchObject({ why: 'left' })
      expect(await storage.grants.ended(list, stranger)).toBe(null)
      expect(await storage.grants.ended('__proto__' as ListId, bob)).toBe(null)
    })

    it('[GRANT-5][P-19] nobody is told the name of somebody who goes unnamed, also after that person left', async () => {
      await give(storage, list, bob, 'viewer')
      await give(storage, list, carol, 'admin')
      await storage.grants.setAnonymous({ listId: list, userId: carol, anonymous: true })
      await end(storage, list, bob, carol)
      expect(await storage.grants.ended(list, bob)).toMatchObject({ why: 'removed', byName: null })
      await end(storage, list, carol, carol)
      expect(await storage.grants.ended(list, bob)).toMatchObject({ why: 'removed', byName: null })
    })

    it('[GRANT-1][P-05] after a transfer the new owner owns the list and the old one is an admin', async () => {
      await give(storage, list, bob, 'viewer')
      const before = await storage.grants.members(list)
      expect(await storage.grants.transfer({ listId: list, to: bob, by: ann })).toEqual({
        outcome: 'transferred',
      })
      expect(await rolesIn(storage, list)).toEqual({ [bob]: 'owner', [ann]: 'admin' })
      expect(await storage.directory.find(list, ann)).toMatchObject({ ownerId: bob, role: 'admin' })
      expect(await storage.directory.find(list, bob)).toMatchObject({ ownerId: bob, role: 'owner' })
      const after = await storage.grants.members(list)
      for (const { userId, grantedAt, grantedBy } of before) {
        expect(after.find((one) => one.userId === userId)).toMatchObject({ grantedAt, grantedBy })
      }
      expect((await actionsOf(storage, list)).at(-1)).toBe('grant.transferred')
    })

    it('[GRANT-1] only the owner hands a list over, and only to somebody with access', async () => {
      await give(storage, list, bob, 'admin')
      await give(storage, list, carol, 'editor')
      const transfer = (to: typeof ann, by: typeof ann) => storage.grants.transfer({ listId: list, to, by })
      expect(await transfer(carol, bob)).toEqual({ outcome: 'not-allowed' })
      expect(await transfer(ann, bob)).toEqual({ outcome: 'not-allowed' })
      expect(await transfer(bob, stranger)).toEqual({ outcome: 'not-allowed' })
      expect(await transfer(dave, ann)).toEqual({ outcome: 'no-such-member' })
      expect(await transfer(ann, ann)).toEqual({ outcome: 'is-owner' })
      expect((await rolesIn(storage, list))[ann]).toBe('owner')
    })

    it('[GRANT-6][P-19][P-20] an unnamed member goes by the same id each time, also after coming back, and it says nothing', async () => {
      await give(storage, list, bob, 'viewer')
      const set = (anonymous: boolean) =>
        storage.grants.setAnonymous({ listId: list, userId: bob, anonymous })
      const first = await set(true)
      if (first.outcome !== 'set' || first.anonymousId === null) throw new Error('not set')
      const { anonymousId } = first
      expect(anonymousId).toMatch(/^anon_[0-9A-Za-z]{12}$/)
      expect(await set(true)).toEqual(first)
      expect((await storage.grants.members(list))[1]?.anonymousId).toBe(anonymousId)
      expect((await storage.directory.find(list, bob))?.anonymousId).toBe(anonymousId)
      expect(await storage.grants.unnamed(list)).toEqual(new Map([[bob, anonymousId]]))
      expect(await set(false)).toEqual({ outcome: 'set', anonymousId: null })
      expect(await storage.grants.unnamed(list)).toEqual(new Map())
      expect(await set(true)).toEqual(first)
      await end(storage, list, bob, bob)
      expect(await storage.grants.unnamed(list)).toEqual(new Map([[bob, anonymousId]]))
      expect(await set(true)).toEqual({ outcome: 'no-such-member' })
      await give(storage, list, bob, 'viewer')
      expect((await storage.grants.members(list))[1]?.anonymousId).toBe(anonymousId)
    })

    it('[GRANT-6] an unnamed owner is unnamed in what others see of the list, and ids differ between lists', async () => {
      await give(storage, list, bob, 'viewer')
      const other = await newList(storage, ann)
      const ids = []
      for (const listId of [list, other]) {
        const set = await storage.grants.setAnonymous({ listId, userId: ann, anonymous: true })
        ids.push(set.outcome === 'set' ? set.anonymousId : null)
      }
      expect(new Set([...ids, null]).size).toBe(3)
      expect(await storage.directory.find(list, bob)).toMatchObject({
        ownerAnonymousId: ids[0],
        anonymousId: null,
      })
    })

    it('[AUDIT-1][Z-18] each change leaves one entry with who, what, whom and when, and a repeat leaves none', async () => {
      await give(storage, list, bob, 'viewer')
      await give(storage, list, bob, 'editor')
      await storage.grants.grant({ listId: list, userId: bob, role: 'editor', by: ann, may: always })
      for (const allowed of [true, true]) {
        await storage.grants.setEditorsMayShare({ listId: list, by: ann, allowed, may: always })
      }
      await end(storage, list, bob)
      const entries = await storage.audit.read({ listId: list, limit: 100 })
      expect(
        entries
          .map(({ actorId, action, subjectId, detail }) => [actorId, action, subjectId, detail])
          .reverse(),
      ).toEqual([
        [ann, 'list.created', ann, { role: 'owner' }],
        [ann, 'grant.given', bob, { role: 'viewer' }],
        [ann, 'grant.changed', bob, { role: 'editor', from: 'viewer' }],
        [ann, 'settings.changed', null, { editorsMayShare: true }],
        [ann, 'grant.revoked', bob, { role: 'editor', why: 'removed' }],
      ])
    })
  })
}
