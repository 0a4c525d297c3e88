import { randomUUID } from 'node:crypto'
import type { ListId, Storage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  always,
  ann,
  bob,
  carol,
  dayMs,
  give,
  makeKnown,
  newList,
  newListId,
} from '../../contract/persistence/harness.ts'
import { type PostgresHarness, postgresHarness } from '../../contract/persistence/postgres-harness.ts'

describe('the audit log in PostgreSQL', () => {
  let harness: PostgresHarness
  let storage: Storage
  let list: ListId
  beforeEach(async () => {
    harness = await postgresHarness()
    storage = await harness.open()
    await makeKnown(storage)
    list = await newList(storage)
  })
  afterEach(() => harness.close())

  it('[AUDIT-2][Z-18] not even a superuser changes, removes or truncates entries', async () => {
    const [me] = await harness.sql<{ super: boolean }>(
      'SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user',
    )
    expect(me?.super).toBe(true)
    const before = await harness.sql('SELECT * FROM audit_log')
    expect(before.length).toBeGreaterThan(0)
    for (const tampering of [
      `UPDATE audit_log SET actor_id = 'u_somebody'`,
      `UPDATE audit_log SET action = 'x' WHERE id < 0`,
      'DELETE FROM audit_log',
      'TRUNCATE audit_log',
      'TRUNCATE audit_log, lists CASCADE',
      `SET session_replication_role = replica; DELETE FROM audit_log`,
      `WITH gone AS (DELETE FROM audit_log RETURNING 1) SELECT count(*) FROM gone`,
    ]) {
      await expect(harness.sql(tampering), tampering).rejects.toMatchObject({ code: '42501' })
    }
    expect(await harness.sql('SELECT * FROM audit_log')).toEqual(before)
  })

  it('[AUDIT-1][Z-18] what cannot be recorded does not happen', async () => {
    await give(storage, list, bob, 'admin')
    const hash = (n: number): Uint8Array => new Uint8Array(32).fill(n)
    const token = {
      id: randomUUID(),
      userId: ann,
      name: 'x',
      scopes: [],
      expiresAt: null,
      tokenHash: hash(1),
    }
    await storage.credentials.createApiToken(token)
    const expiresAt = new Date(Date.now() + dayMs)
    const offer = { listId: list, role: 'viewer', by: ann, expiresAt, may: always } as const
    const waiting = { ...offer, id: randomUUID(), to: { email: 'eve@example.com' } }
    const link = { ...offer, id: randomUUID(), tokenHash: hash(2), passwordHash: null, maxUses: null }
    await storage.invitations.invite(waiting)
    await storage.links.create(link)
    const tables = 'lists share_grants invitations share_links api_tokens ended_sessions'.split(' ')
    const everything = () =>
      Promise.all(tables.map((table) => harness.sql(`SELECT * FROM ${table} ORDER BY 1`)))
    const before = await everything()
    await harness.sql('ALTER TABLE audit_log ADD CHECK (id < 0) NOT VALID')

    const { grants, invitations, links, directory, credentials } = storage
    const about = { listId: list, by: ann, may: always }
    const changes: Record<string, () => Promise<unknown>> = {
      grant: () => grants.grant({ ...about, userId: carol, role: 'viewer' }),
      change: () => grants.grant({ ...about, userId: bob, role: 'viewer' }),
      revoke: () => grants.revoke({ ...about, userId: bob, why: 'removed' }),
      transfer: () => grants.transfer({ listId: list, to: bob, by: ann }),
      anonymous: () => grants.setAnonymous({ listId: list, userId: bob, anonymous: true }),
      editors: () => grants.setEditorsMayShare({ ...about, allowed: true }),
      invite: () => invitations.invite({ ...waiting, id: randomUUID(), to: { email: 'fay@example.com' } }),
      withdraw: () => invitations.withdraw({ ...about, id: waiting.id }),
      arrive: () => invitations.arrived({ userId: carol, verifiedEmail: 'eve@example.com' }),
      link: () => links.create({ ...link, id: randomUUID(), tokenHash: hash(3) }),
      redeem: () => links.redeem({ linkId: link.id, userId: carol }),
      unlink: () => links.revoke({ ...about, id: link.id, disconnect: true }),
      create: () => directory.createList({ id: newListId(), ownerId: ann, title: 'x' }),
      delete: () => directory.deleteList(list, ann),
      token: () => credentials.createApiToken({ ...token, id: randomUUID(), tokenHash: hash(4) }),
      untoken: () => credentials.revokeApiToken(ann, token.id),
      session: () => credentials.endSession(ann, 's'),
    }
    for (const [name, change] of Object.entries(changes)) {
      await expect(change(), name).rejects.toMatchObject({ code: '23514' })
      expect(await everything(), name).toEqual(before)
    }
  })
})
