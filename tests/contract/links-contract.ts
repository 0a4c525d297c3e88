import { createHash, randomUUID } from 'node:crypto'
import type { Links, ListId, ShareLink, Storage, UserId } from '@tandem/persistence'
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
  newListId,
  rolesIn,
  type StorageHarness,
} from './persistence/harness.ts'

type NewLink = Parameters<Links['create']>[0]

const hashOf = (token: string): Uint8Array => createHash('sha256').update(token).digest()

/** What every adapter of the share links promises. */
export function linksContract(adapter: string, create: HarnessFactory): void {
  describe(`links: ${adapter}`, () => {
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

    const wanted = (change: Partial<NewLink> = {}): NewLink => ({
      id: randomUUID(),
      listId: list,
      role: 'editor',
      tokenHash: hashOf(randomUUID()),
      passwordHash: null,
      expiresAt: null,
      maxUses: null,
      by: ann,
      may: always,
      ...change,
    })
    const made = async (change: Partial<NewLink> = {}): Promise<ShareLink> => {
      const created = await storage.links.create(wanted(change))
      if (created.outcome !== 'created') throw new Error(`Not created: ${created.outcome}`)
      return created.link
    }
    const redeem = (link: ShareLink, userId: UserId) => storage.links.redeem({ linkId: link.id, userId })
    const usesOf = async (link: ShareLink): Promise<number | undefined> =>
      (await storage.links.of(list)).find(({ id }) => id === link.id)?.uses

    it('[GRANT-8][P-16] a link tells a visitor what it opens, and lets them in with its role', async () => {
      const tokenHash = hashOf('secret')
      const link = await made({ tokenHash, role: 'checker', passwordHash: 'scrypt$…' })
      expect(await storage.links.find(tokenHash)).toEqual({
        outcome: 'found',
        link,
        title: 'Shopping',
        passwordHash: 'scrypt$…',
        invitedBy: 'Ann',
      })
      expect(link).toMatchObject({ role: 'checker', createdBy: ann, uses: 0, hasPassword: true })
      expect(await redeem(link, bob)).toMatchObject({
        outcome: 'joined',
        member: { userId: bob, role: 'checker', grantedBy: ann, linkId: link.id },
      })
      expect(await storage.links.of(list)).toEqual([{ ...link, uses: 1 }])
      expect((await actionsOf(storage, list)).slice(-2)).toEqual(['link.made', 'link.redeemed'])
    })

    it('[GRANT-8] an unknown link is an answer, and so is the link of a deleted list', async () => {
      expect(await storage.links.find(hashOf('nothing'))).toEqual({ outcome: 'no-such-link' })
      const tokenHash = hashOf('secret')
      const link = await made({ tokenHash })
      for (const linkId of [randomUUID(), 'x', '__proto__']) {
        expect(await storage.links.redeem({ linkId, userId: bob })).toEqual({ outcome: 'no-such-link' })
      }
      await storage.directory.deleteList(list, ann)
      expect(await storage.links.find(tokenHash)).toEqual({ outcome: 'no-such-link' })
      expect(await redeem(link, bob)).toEqual({ outcome: 'no-such-link' })
    })

    it('[GRANT-8] whoever may not make a link makes none', async () => {
      expect(await storage.links.create(wanted({ may: never }))).toEqual({ outcome: 'not-allowed' })
      expect(await storage.links.create(wanted({ listId: newListId() }))).toEqual({ outcome: 'no-such-list' })
      expect(await storage.links.of(list)).toEqual([])
    })

    it('[GRANT-8] coming again costs no use, also once the link is used up or taken back', async () => {
      const tokenHash = hashOf('secret')
      const link = await made({ tokenHash, maxUses: 1 })
      expect(await redeem(link, bob)).toMatchObject({ outcome: 'joined' })
      expect(await redeem(link, bob)).toMatchObject({ outcome: 'already-member' })
      expect(await usesOf(link)).toBe(1)
      expect(await storage.links.find(tokenHash)).toMatchObject({ outcome: 'used-up' })
      expect(await redeem(link, carol)).toEqual({ outcome: 'used-up' })
      await storage.links.revoke({ listId: list, id: link.id, by: ann, disconnect: false, may: always })
      expect(await redeem(link, bob)).toMatchObject({ outcome: 'already-member' })
    })

    it('[GRANT-8][P-16] of twenty who come at once through two nodes exactly as many get in as the link allows', async () => {
      const other = await harness.open()
      const link = await made({ maxUses: 7 })
      const people = Array.from({ length: 20 }, (_, n) => `u_guest${n}` as UserId)
      for (const id of people) await storage.directory.ensureUser({ id, name: id })
      const results = await Promise.all(
        people.map((userId, n) => (n % 2 === 0 ? storage : other).links.redeem({ linkId: link.id, userId })),
      )
      expect(results.filter(({ outcome }) => outcome === 'joined')).toHaveLength(7)
      expect(results.filter(({ outcome }) => outcome === 'used-up')).toHaveLength(13)
      expect(await storage.grants.members(list)).toHaveLength(8)
      expect(await usesOf(link)).toBe(7)
    })

    it('[GRANT-8] one person who comes twenty times at once costs one use', async () => {
      const link = await made({ maxUses: 5 })
      const results = await Promise.all(Array.from({ length: 20 }, () => redeem(link, bob)))
      expect(results.filter(({ outcome }) => outcome === 'joined')).toHaveLength(1)
      expect(results.filter(({ outcome }) => outcome === 'already-member')).toHaveLength(19)
      expect(await usesOf(link)).toBe(1)
    })

    it('[GRANT-8][P-16] a link expires', async () => {
      const tokenHash = hashOf('secret')
      const expiresAt = new Date(Date.now() + dayMs)
      const link = await made({ tokenHash, expiresAt })
      harness.passTime(dayMs - 60_000)
      expect((await storage.links.find(tokenHash)).outcome).toBe('found')
      harness.passTime(120_000)
      expect(await storage.links.find(tokenHash)).toMatchObject({ outcome: 'expired' })
      expect(await redeem(link, bob)).toEqual({ outcome: 'expired' })
    })

    it('[GRANT-9] a link raises the role a member got by another link, and never lowers one', async () => {
      const viewing = await made({ role: 'viewer' })
      const editing = await made({ role: 'editor' })
      await redeem(viewing, bob)
      expect(await redeem(editing, bob)).toMatchObject({ outcome: 'joined', member: { role: 'editor' } })
      expect(await redeem(viewing, bob)).toMatchObject({
        outcome: 'already-member',
        member: { role: 'editor' },
      })
      expect(await redeem(editing, ann)).toMatchObject({
        outcome: 'already-member',
        member: { role: 'owner' },
      })
      expect([await usesOf(viewing), await usesOf(editing)]).toEqual([1, 1])
    })

    it('[GRANT-9][P-21] a role given by hand holds against links made before it, not against later ones', async () => {
      const link = await made({ role: 'editor' })
      await redeem(link, bob)
      await give(storage, list, bob, 'viewer')
      expect(await redeem(link, bob)).toMatchObject({ outcome: 'already-member', member: { role: 'viewer' } })
      const later = await made({ role: 'editor' })
      expect(await redeem(later, bob)).toMatchObject({ outcome: 'joined', member: { role: 'editor' } })
    })

    it('[GRANT-9][P-09] who was removed does not come back by a link made before that, and who left does', async () => {
      const link = await made()
      await redeem(link, bob)
      await redeem(link, carol)
      await end(storage, list, bob)
      await end(storage, list, carol, carol)
      expect(await redeem(link, bob)).toEqual({ outcome: 'removed' })
      expect(await redeem(link, carol)).toMatchObject({ outcome: 'joined' })
      expect(await redeem(await made(), bob)).toMatchObject({ outcome: 'joined' })
    })

    it('[GRANT-10] a link goes with its maker’s access, and does not come back with it', async () => {
      await give(storage, list, bob, 'admin')
      const tokenHash = hashOf('secret')
      const link = await made({ by: bob, tokenHash })
      await redeem(link, dave)
      await end(storage, list, bob)
      expect(await storage.links.find(tokenHash)).toMatchObject({ outcome: 'revoked' })
      expect(await redeem(link, bob)).toEqual({ outcome: 'revoked' })
      expect(await redeem(link, carol)).toEqual({ outcome: 'revoked' })
      expect(await storage.links.of(list)).toEqual([])
      expect((await rolesIn(storage, list))[dave]).toBe('editor')
      await give(storage, list, bob, 'admin')
      expect(await redeem(link, carol)).toEqual({ outcome: 'revoked' })
    })

    it('[GRANT-10][P-02] a link counts only while its maker could make it', async () => {
      await give(storage, list, bob, 'editor')
      const tokenHash = hashOf('secret')
      const link = await made({ by: bob, tokenHash })
      const allow = (allowed: boolean) =>
        storage.grants.setEditorsMayShare({ listId: list, by: ann, allowed, may: always })
      expect(await redeem(link, carol)).toEqual({ outcome: 'revoked' })
      await allow(true)
      expect((await storage.links.find(tokenHash)).outcome).toBe('found')
      await give(storage, list, bob, 'viewer')
      expect(await storage.links.find(tokenHash)).toMatchObject({ outcome: 'revoked' })
      // Otherwise whoever was made a viewer would be an editor again by a link of their own.
      expect(await redeem(link, bob)).toMatchObject({ outcome: 'already-member', member: { role: 'viewer' } })
      await give(storage, list, bob, 'editor')
      expect(await redeem(link, carol)).toMatchObject({ outcome: 'joined' })
    })

    it('[GRANT-11][P-16] revoking a link ends, if asked, the access of exactly those who have it by this link', async () => {
      const link = await made()
      const other = await made()
      await redeem(link, bob)
      await redeem(link, carol)
      await redeem(other, dave)
      await give(storage, list, carol, 'commenter')
      const revoke = (id: string, disconnect: boolean) =>
        storage.links.revoke({ listId: list, id, by: ann, disconnect, may: always })
      expect(await revoke(link.id, true)).toEqual({ outcome: 'revoked', ended: [bob] })
      expect(await rolesIn(storage, list)).toEqual({
        [ann]: 'owner',
        [carol]: 'commenter',
        [dave]: 'editor',
      })
      expect(await storage.grants.ended(list, bob)).toMatchObject({ why: 'link-revoked' })
      expect(await revoke(other.id, false)).toEqual({ outcome: 'revoked', ended: [] })
      expect((await rolesIn(storage, list))[dave]).toBe('editor')
      expect(await redeem(link, bob)).toEqual({ outcome: 'revoked' })
      // Asked again later, for those who stayed.
      expect(await revoke(other.id, true)).toEqual({ outcome: 'revoked', ended: [dave] })
    })

    it('[GRANT-11] a list handed to somebody who came by a link stays theirs when the link goes', async () => {
      const link = await made()
      await redeem(link, bob)
      await storage.grants.transfer({ listId: list, to: bob, by: ann })
      const revoked = await storage.links.revoke({
        listId: list,
        id: link.id,
        by: ann,
        disconnect: true,
        may: always,
      })
      expect(revoked).toEqual({ outcome: 'revoked', ended: [] })
      expect((await rolesIn(storage, list))[bob]).toBe('owner')
    })

    it('[GRANT-11] the link of another list is no link of this one', async () => {
      const link = await made()
      const listId = await newList(storage, bob)
      for (const id of [link.id, randomUUID(), 'x']) {
        const revoke = { listId, id, by: bob, disconnect: true, may: always }
        expect(await storage.links.revoke(revoke)).toEqual({ outcome: 'no-such-link' })
      }
      expect(await redeem(link, carol)).toMatchObject({ outcome: 'joined' })
    })

    it('[GRANT-6][P-19] a link does not name a maker who goes unnamed', async () => {
      const tokenHash = hashOf('secret')
      await made({ tokenHash })
      await storage.grants.setAnonymous({ listId: list, userId: ann, anonymous: true })
      expect(await storage.links.find(tokenHash)).toMatchObject({ outcome: 'found', invitedBy: null })
    })
  })
}
