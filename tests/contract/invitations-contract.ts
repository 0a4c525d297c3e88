import { randomUUID } from 'node:crypto'
import type { Invitations, ListId, Storage, UserId } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  actionsOf,
  always,
  ann,
  bob,
  carol,
  dave,
  dayMs,
  end,
  give,
  type HarnessFactory,
  makeKnown,
  never,
  newList,
  rolesIn,
  type StorageHarness,
  stranger,
} from './persistence/harness.ts'

type NewInvitation = Parameters<Invitations['invite']>[0]

const eve = 'u_eve' as UserId

/** What every adapter of the invitations promises. */
export function invitationsContract(adapter: string, create: HarnessFactory): void {
  describe(`invitations: ${adapter}`, () => {
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

    const invite = (change: Partial<NewInvitation> = {}) =>
      storage.invitations.invite({
        id: randomUUID(),
        listId: list,
        role: 'editor',
        to: { email: 'Eve@Example.com' },
        by: ann,
        expiresAt: new Date(Date.now() + 30 * dayMs),
        may: always,
        ...change,
      })
    /** Eve comes, with her address. */
    const arrive = async (verifiedEmail: string | null = 'eve@example.com'): Promise<ListId[]> => {
      await storage.directory.ensureUser({ id: eve, name: 'Eve', email: verifiedEmail })
      return storage.invitations.arrived({ userId: eve, verifiedEmail })
    }
    const roleOfEve = async () => (await rolesIn(storage, list))[eve]

    it('[GRANT-7][P-17] an invitation waits until the person arrives, and counts once', async () => {
      const invited = await invite()
      expect(invited).toMatchObject({
        outcome: 'waiting',
        invitation: { listId: list, role: 'editor', email: 'Eve@Example.com', userId: null, invitedBy: ann },
      })
      expect(await storage.invitations.waiting(list)).toMatchObject([{ role: 'editor' }])
      expect(await arrive()).toEqual([list])
      const member = (await storage.grants.members(list)).find(({ userId }) => userId === eve)
      expect(member).toMatchObject({ role: 'editor', grantedBy: ann, email: 'eve@example.com', linkId: null })
      expect(await storage.invitations.waiting(list)).toEqual([])
      expect((await actionsOf(storage, list)).slice(1)).toEqual(['invitation.made', 'invitation.accepted'])
      await end(storage, list, eve, eve)
      expect(await arrive()).toEqual([])
      expect(await roleOfEve()).toBe(undefined)
    })

    it('[GRANT-7] only an address that was verified is the person’s', async () => {
      await invite()
      expect(await arrive(null)).toEqual([])
      expect(await arrive('other@example.com')).toEqual([])
      expect(await arrive('EVE@EXAMPLE.COM')).toEqual([list])
    })

    it('[GRANT-7][P-17] an invitation by id waits as well, and whoever is known already is in at once', async () => {
      expect(await invite({ to: { userId: eve } })).toMatchObject({
        outcome: 'waiting',
        invitation: { email: null, userId: eve },
      })
      expect(await arrive(null)).toEqual([list])
      expect(await invite({ to: { userId: bob } })).toMatchObject({
        outcome: 'granted',
        member: { userId: bob },
      })
      await storage.directory.ensureUser({ id: carol, name: 'Carol', email: 'carol@example.com' })
      expect(await invite({ to: { email: 'CAROL@example.com' }, role: 'viewer' })).toMatchObject({
        outcome: 'granted',
        member: { userId: carol, role: 'viewer' },
      })
      expect(await invite({ to: { email: 'carol@example.com' } })).toMatchObject({ outcome: 'changed' })
      expect(await invite({ to: { userId: ann } })).toEqual({ outcome: 'is-owner' })
    })

    it('[GRANT-7] arriving twenty times at once makes one grant', async () => {
      await invite()
      await storage.directory.ensureUser({ id: eve, name: 'Eve', email: 'eve@example.com' })
      const arrived = { userId: eve, verifiedEmail: 'eve@example.com' }
      const results = await Promise.all(
        Array.from({ length: 20 }, () => storage.invitations.arrived(arrived)),
      )
      expect(results.flat()).toEqual([list])
      expect(
        (await actionsOf(storage, list)).filter((action) => action === 'invitation.accepted'),
      ).toHaveLength(1)
    })

    it('[GRANT-7] inviting again renews role and time of the one that waits', async () => {
      const first = await invite()
      const expiresAt = new Date(Date.now() + 60 * dayMs)
      const again = await invite({ to: { email: 'eve@EXAMPLE.com' }, role: 'viewer', expiresAt })
      if (first.outcome !== 'waiting' || again.outcome !== 'waiting') throw new Error('not waiting')
      expect(again.invitation).toMatchObject({ id: first.invitation.id, role: 'viewer', expiresAt })
      expect(await storage.invitations.waiting(list)).toHaveLength(1)
      await arrive()
      expect(await roleOfEve()).toBe('viewer')
    })

    it('[GRANT-7] an invitation expires, and one that was withdrawn is gone', async () => {
      await invite()
      harness.passTime(31 * dayMs)
      expect(await storage.invitations.waiting(list)).toEqual([])
      expect(await arrive()).toEqual([])
      const made = await invite({ to: { userId: stranger }, expiresAt: new Date(Date.now() + 60 * dayMs) })
      if (made.outcome !== 'waiting') throw new Error('not waiting')
      const withdraw = { listId: list, id: made.invitation.id, by: ann }
      expect(await storage.invitations.withdraw({ ...withdraw, may: never })).toEqual({
        outcome: 'not-allowed',
      })
      const other = await newList(storage, bob)
      expect(
        await storage.invitations.withdraw({ ...withdraw, listId: other, by: bob, may: always }),
      ).toEqual({
        outcome: 'no-such-invitation',
      })
      expect(await storage.invitations.withdraw({ ...withdraw, may: always })).toEqual({
        outcome: 'withdrawn',
      })
      expect(await storage.invitations.withdraw({ ...withdraw, may: always })).toEqual({
        outcome: 'no-such-invitation',
      })
    })

    it('[GRANT-10][P-02] an invitation counts only while the inviter could give it, and goes with their access', async () => {
      await give(storage, list, bob, 'editor')
      await invite({ by: bob })
      expect(await arrive()).toEqual([])
      await storage.grants.setEditorsMayShare({ listId: list, by: ann, allowed: true, may: always })
      await invite({ by: bob, to: { userId: stranger } })
      await give(storage, list, carol, 'admin')
      await invite({ by: carol, to: { email: 'dave@example.com' }, role: 'admin' })
      await give(storage, list, carol, 'editor')
      const verified = { userId: dave, verifiedEmail: 'dave@example.com' }
      expect(await storage.invitations.arrived(verified)).toEqual([])
      await end(storage, list, bob)
      expect(await storage.invitations.waiting(list)).toEqual([])
      await storage.directory.ensureUser({ id: stranger, name: 'Sam' })
      expect(await storage.invitations.arrived({ userId: stranger, verifiedEmail: null })).toEqual([])
    })

    it('[GRANT-9] an invitation neither lowers a role nor undoes what was decided about the person since', async () => {
      const verifiedEmail = 'dave@example.com'
      const arrived = () => storage.invitations.arrived({ userId: dave, verifiedEmail })
      const roleOfDave = async () => (await rolesIn(storage, list))[dave]
      await invite({ to: { email: verifiedEmail }, role: 'editor' })
      await give(storage, list, dave, 'viewer')
      expect(await arrived()).toEqual([])
      expect(await roleOfDave()).toBe('viewer')
      await invite({ to: { email: verifiedEmail }, role: 'editor' })
      expect(await arrived()).toEqual([list])
      expect(await roleOfDave()).toBe('editor')
      await invite({ to: { email: verifiedEmail }, role: 'viewer' })
      expect(await arrived()).toEqual([])
      expect(await roleOfDave()).toBe('editor')
      await invite({ to: { email: verifiedEmail } })
      await end(storage, list, dave)
      expect(await arrived()).toEqual([])
      expect(await roleOfDave()).toBe(undefined)
    })

    it('[GRANT-7] whoever may not invite invites nobody, and a deleted list takes nobody in', async () => {
      expect(await invite({ may: never })).toEqual({ outcome: 'not-allowed' })
      await invite()
      await storage.directory.deleteList(list, ann)
      expect(await invite()).toEqual({ outcome: 'no-such-list' })
      expect(await arrive()).toEqual([])
      await storage.directory.restoreList(list, ann)
      expect(await arrive()).toEqual([list])
    })
  })
}
