import { randomUUID } from 'node:crypto'
import type { Storage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ann,
  bob,
  dayMs,
  type HarnessFactory,
  makeKnown,
  type StorageHarness,
} from './persistence/harness.ts'

const hash = (n: number): Uint8Array => new Uint8Array(32).fill(n)

/** What every adapter of the credentials promises. */
export function credentialsContract(adapter: string, create: HarnessFactory): void {
  describe(`credentials: ${adapter}`, () => {
    let harness: StorageHarness
    let storage: Storage
    let other: Storage

    beforeEach(async () => {
      harness = await create()
      storage = await harness.open()
      other = await harness.open()
      await makeKnown(storage)
    })
    afterEach(() => harness.close())

    const token = (n: number, expiresAt: Date | null = null) => ({
      id: randomUUID(),
      userId: ann,
      name: `token ${n}`,
      scopes: ['lists:read', 'me'],
      expiresAt,
      tokenHash: hash(n),
    })

    it('[CRED-1] a session that ended stays ended on every node, and the person’s other sessions go on', async () => {
      const issuedAt = new Date()
      const one = { userId: ann, sessionId: 'one', issuedAt }
      expect(await storage.credentials.isLive(one)).toBe(true)
      await storage.credentials.endSession(ann, 'one')
      expect(await other.credentials.isLive(one)).toBe(false)
      expect(await other.credentials.isLive({ ...one, issuedAt: new Date(Date.now() + dayMs) })).toBe(false)
      expect(await other.credentials.isLive({ ...one, sessionId: 'two' })).toBe(true)
      expect(await other.credentials.isLive({ ...one, sessionId: null })).toBe(true)
      expect(await other.credentials.isLive({ ...one, userId: bob })).toBe(true)
    })

    it('[CRED-1] ending all of a person’s sessions ends every token issued until then, and none issued later', async () => {
      const before = new Date()
      await storage.credentials.endSession(ann, null)
      const later = new Date(Date.now() + 1_000)
      for (const sessionId of ['one', null]) {
        expect(await other.credentials.isLive({ userId: ann, sessionId, issuedAt: before })).toBe(false)
        expect(await other.credentials.isLive({ userId: ann, sessionId, issuedAt: later })).toBe(true)
        expect(await other.credentials.isLive({ userId: bob, sessionId, issuedAt: before })).toBe(true)
      }
      harness.passTime(2_000)
      await other.credentials.endSession(ann, null)
      expect(await storage.credentials.isLive({ userId: ann, sessionId: null, issuedAt: later })).toBe(false)
    })

    it('[CRED-2] a token is found by its hash alone, with whom it is for and what it may', async () => {
      const made = await storage.credentials.createApiToken(token(1))
      expect(made).toMatchObject({
        userId: ann,
        name: 'token 1',
        scopes: ['lists:read', 'me'],
        lastUsedAt: null,
      })
      expect(await other.credentials.findApiToken(hash(1))).toMatchObject({
        id: made.id,
        user: { id: ann, name: 'Ann', email: null },
      })
      expect(await storage.credentials.findApiToken(hash(2))).toBe(null)
      expect(JSON.stringify([made, await storage.credentials.apiTokens(ann)])).not.toContain('ash')
    })

    it('[CRED-2] a token counts until it expires or is revoked, and only its owner revokes it', async () => {
      const made = await storage.credentials.createApiToken(token(1, new Date(Date.now() + dayMs)))
      const { id } = await storage.credentials.createApiToken(token(2))
      expect((await storage.credentials.apiTokens(ann)).map((one) => one.name)).toEqual([
        'token 1',
        'token 2',
      ])
      expect(await storage.credentials.revokeApiToken(bob, id)).toBe(false)
      expect((await storage.credentials.findApiToken(hash(2)))?.id).toBe(id)
      expect(await storage.credentials.revokeApiToken(ann, id)).toBe(true)
      expect(await storage.credentials.revokeApiToken(ann, id)).toBe(false)
      expect(await storage.credentials.revokeApiToken(ann, 'x')).toBe(false)
      expect(await other.credentials.findApiToken(hash(2))).toBe(null)
      expect((await storage.credentials.apiTokens(ann)).map((one) => one.id)).toEqual([made.id])
      harness.passTime(2 * dayMs)
      expect(await storage.credentials.findApiToken(hash(1))).toBe(null)
    })

    it('[CRED-2] when a token was used is noted, at most once a minute', async () => {
      await storage.credentials.createApiToken(token(1))
      const lastUse = async () => (await storage.credentials.apiTokens(ann))[0]?.lastUsedAt
      await storage.credentials.findApiToken(hash(1))
      const first = await lastUse()
      expect(first).toBeInstanceOf(Date)
      harness.passTime(20_000)
      await storage.credentials.findApiToken(hash(1))
      expect(await lastUse()).toEqual(first)
      harness.passTime(60_000)
      await storage.credentials.findApiToken(hash(1))
      expect((await lastUse())?.getTime()).toBeGreaterThan(first?.getTime() ?? Number.POSITIVE_INFINITY)
    })

    it('[AUDIT-1][Z-18] tokens and the end of sessions are in the audit log, without any secret', async () => {
      const { id } = await storage.credentials.createApiToken(token(1))
      await storage.credentials.revokeApiToken(ann, id)
      await storage.credentials.endSession(ann, 'secret-session')
      const entries = await storage.audit.read({ limit: 3 })
      expect(entries.map(({ action, actorId, subjectId }) => [action, actorId, subjectId])).toEqual([
        ['session.ended', ann, ann],
        ['token.revoked', ann, ann],
        ['token.made', ann, ann],
      ])
      expect(JSON.stringify(entries)).not.toContain('secret-session')
    })

    it('[CRED-3] tidying forgets ended sessions, answers and invitations from before a moment, and nothing newer', async () => {
      const issuedAt = new Date(0)
      const isLive = () => storage.credentials.isLive({ userId: ann, sessionId: 'one', issuedAt })
      await storage.credentials.endSession(ann, 'one')
      const request = { userId: ann, opId: randomUUID(), fingerprint: 'f' }
      await storage.answers.begin(request)
      await storage.answers.finish(request, { status: 201, body: {} })
      const past = new Date(Date.now() - dayMs)
      const nothing = { answers: 0, sessions: 0, invitations: 0 }
      expect(await storage.tidy({ answers: past, sessions: past, invitations: past })).toEqual(nothing)
      expect(await isLive()).toBe(false)
      const future = new Date(Date.now() + dayMs)
      expect(await storage.tidy({ answers: future, sessions: future, invitations: future })).toEqual({
        answers: 1,
        sessions: 1,
        invitations: 0,
      })
      expect(await isLive()).toBe(true)
      expect((await storage.answers.begin(request)).outcome).toBe('begun')
    })
  })
}
