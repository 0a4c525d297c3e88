import type { ListId, Storage, StoredRole } from '@tandem/persistence'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { can } from '../../../client-sdk/src/protocol/can.ts'
import {
  always,
  ann,
  appendMany,
  bob,
  carol,
  dave,
  dayMs,
  end,
  give,
  makeKnown,
  newList,
  rolesIn,
  updateOf,
} from '../../contract/persistence/harness.ts'
import { type PostgresHarness, postgresHarness } from '../../contract/persistence/postgres-harness.ts'
import { until } from '../../support/until.ts'

const lockWaits = `
  SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`

describe('grants on a real PostgreSQL', () => {
  let harness: PostgresHarness
  let storage: Storage
  let other: Storage
  let list: ListId
  beforeEach(async () => {
    harness = await postgresHarness()
    storage = await harness.open()
    other = await harness.open()
    await makeKnown(storage)
    list = await newList(storage)
  })
  afterEach(() => harness.close())

  it('[GRANT-1][P-05] whoever looks while a list changes hands sees exactly one owner, and the same everywhere', async () => {
    await give(storage, list, bob, 'viewer')
    const reader = new pg.Client({ connectionString: harness.url })
    await reader.connect()
    let isRunning = true
    let looks = 0
    const wrong: unknown[] = []
    const look = async (): Promise<void> => {
      while (isRunning) {
        const { rows } = await reader.query<{ owner: string; grants: string[] | null }>(
          `SELECT l.owner_id AS owner, (
             SELECT array_agg(grantee_id) FROM share_grants g
             WHERE g.list_id = l.id AND g.role = 'owner' AND g.revoked_at IS NULL
           ) AS grants FROM lists l WHERE l.id = $1`,
          [list],
        )
        const [seen] = rows
        if (seen?.grants?.length !== 1 || seen.grants[0] !== seen.owner) wrong.push(seen)
        const owners = (await other.grants.members(list)).filter(({ role }) => role === 'owner')
        if (owners.length !== 1) wrong.push(owners)
        looks += 1
      }
    }
    const looking = look()
    let transfers = 0
    await until(
      async () => {
        const [from, to] = transfers % 2 === 0 ? [ann, bob] : [bob, ann]
        const { outcome } = await storage.grants.transfer({ listId: list, to, by: from })
        if (outcome === 'transferred') transfers += 1
        return transfers >= 60 && looks >= 60
      },
      { timeoutMs: 25_000, what: 'transfers while somebody looks' },
    )
    isRunning = false
    await looking
    await reader.end()
    expect(wrong).toEqual([])
  })

  it('[GRANT-1] of many transfers by one owner at once one happens', async () => {
    const people = [bob, carol, dave]
    for (const userId of people) await give(storage, list, userId, 'editor')
    const results = await Promise.all(
      people.map((to, n) => (n === 1 ? other : storage).grants.transfer({ listId: list, to, by: ann })),
    )
    expect(results.map(({ outcome }) => outcome).sort()).toEqual([
      'not-allowed',
      'not-allowed',
      'transferred',
    ])
    const roles = Object.values(await rolesIn(storage, list)).sort()
    expect(roles).toEqual(['admin', 'editor', 'editor', 'owner'])
  })

  it('[GRANT-1][GRANT-2][B-05] the database itself refuses a second owner and a second standing grant', async () => {
    await give(storage, list, bob, 'viewer')
    const insert = (grantee: string, role: string) =>
      harness.sql(
        'INSERT INTO share_grants (list_id, grantee_id, role, granted_by) VALUES ($1, $2, $3, $2)',
        [list, grantee, role],
      )
    await expect(insert(carol, 'owner')).rejects.toMatchObject({ constraint: 'share_grants_one_owner' })
    await expect(insert(bob, 'editor')).rejects.toMatchObject({ constraint: 'share_grants_active' })
  })

  it('[GRANT-2][B-05] revoking and granting again keeps the old row, with who ended it and why', async () => {
    await give(storage, list, bob, 'viewer')
    await end(storage, list, bob)
    await give(storage, list, bob, 'editor')
    const rows = await harness.sql(
      `SELECT role, granted_by, revoked_by, end_reason, revoked_at IS NULL AS stands FROM share_grants
       WHERE list_id = $1 AND grantee_id = $2 ORDER BY granted_at`,
      [list, bob],
    )
    expect(rows).toEqual([
      { role: 'viewer', granted_by: ann, revoked_by: ann, end_reason: 'removed', stands: false },
      { role: 'editor', granted_by: ann, revoked_by: null, end_reason: null, stands: true },
    ])
  })

  it('[GRANT-2] twenty grants of one person at once make one', async () => {
    const roles = ['viewer', 'editor'] as const
    const change = { listId: list, userId: bob, by: ann, may: always }
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        (n % 3 === 0 ? other : storage).grants.grant({ ...change, role: roles[n % 2] ?? 'viewer' }),
      ),
    )
    expect(results.filter(({ outcome }) => outcome === 'granted')).toHaveLength(1)
    const rows = await harness.sql('SELECT 1 FROM share_grants WHERE list_id = $1 AND grantee_id = $2', [
      list,
      bob,
    ])
    expect(rows).toHaveLength(1)
  })

  it('[GRANT-4][P-09] a grant by somebody whose removal is not committed yet waits for it, and is refused', async () => {
    await give(storage, list, bob, 'admin')
    const removing = new pg.Client({ connectionString: harness.url })
    await removing.connect()
    await removing.query('BEGIN')
    await removing.query('SELECT 1 FROM lists WHERE id = $1 FOR NO KEY UPDATE', [list])
    await removing.query(
      `UPDATE share_grants SET revoked_at = now(), revoked_by = $3, end_reason = 'removed'
       WHERE list_id = $1 AND grantee_id = $2`,
      [list, bob, ann],
    )
    const may = ({ actor }: { actor: StoredRole | null }): boolean => can(actor, 'share')
    const granting = storage.grants.grant({ listId: list, userId: carol, role: 'viewer', by: bob, may })
    await until(async () => (await harness.sql<{ n: number }>(lockWaits))[0]?.n === 1, {
      what: 'the grant to wait',
    })
    await removing.query('COMMIT')
    await removing.end()
    expect(await granting).toEqual({ outcome: 'not-allowed' })
    expect(Object.keys(await rolesIn(storage, list))).toEqual([ann])
  })

  it('[GRANT-4][P-07] of a removal and a grant by the person removed, one comes first and the other knows it', async () => {
    const may = ({ actor }: { actor: StoredRole | null }): boolean => can(actor, 'manage-members')
    const seen = { before: 0, after: 0 }
    for (let round = 0; round < 25; round++) {
      const listId = await newList(storage)
      await give(storage, listId, bob, 'admin')
      const about = { listId, may }
      const [granted, revoked] = await Promise.all([
        other.grants.grant({ ...about, userId: carol, role: 'viewer', by: bob }),
        storage.grants.revoke({ ...about, userId: bob, by: ann, why: 'removed' }),
      ])
      if (revoked.outcome !== 'revoked') throw new Error(revoked.outcome)
      const invited = revoked.invited.map(({ userId }) => userId)
      if (granted.outcome === 'granted') {
        expect(invited).toEqual([carol])
        seen.before += 1
      } else {
        expect([granted, invited]).toEqual([{ outcome: 'not-allowed' }, []])
        expect(Object.keys(await rolesIn(storage, listId))).toEqual([ann])
        seen.after += 1
      }
    }
    expect(seen.before + seen.after).toBe(25)
  })

  it('[GRANT-7] somebody who arrives while they are invited is let in, whoever was first', async () => {
    const expiresAt = new Date(Date.now() + dayMs)
    const invitation = { listId: list, role: 'viewer', by: ann, expiresAt, may: always } as const
    const ids: string[] = []
    for (let round = 0; round < 25; round++) {
      const id = `u_new${round}` as typeof ann
      const email = `New${round}@example.com`
      const arrive = async (): Promise<void> => {
        await other.directory.ensureUser({ id, name: id, email })
        await other.invitations.arrived({ userId: id, verifiedEmail: email.toLowerCase() })
      }
      const to = round % 2 === 0 ? { email } : { userId: id }
      await Promise.all([
        arrive(),
        storage.invitations.invite({ ...invitation, id: crypto.randomUUID(), to }),
      ])
      ids.push(id)
    }
    expect(Object.keys(await rolesIn(storage, list))).toEqual(expect.arrayContaining(ids))
    expect(await storage.invitations.waiting(list)).toEqual([])
  })

  it('[GRANT-4] changes of access and appends to the same list do not lock each other up', async () => {
    const failures: string[] = []
    other.log.onHealth((health) => {
      if (health.state === 'failing') failures.push(health.reason)
    })
    const lists = [list, await newList(storage), await newList(storage)]
    const change = async (listId: ListId): Promise<void> => {
      for (let n = 0; n < 10; n++) {
        await storage.grants.grant({ listId, userId: bob, role: 'viewer', by: ann, may: always })
        await storage.grants.revoke({ listId, userId: bob, by: ann, why: 'removed', may: always })
      }
    }
    const write = async (): Promise<void> => {
      for (let n = 0; n < 30; n++) await Promise.all(lists.map((id) => other.log.append(updateOf(id))))
    }
    await Promise.all([...lists.map(change), write()])
    expect(failures).toEqual([])
    for (const id of lists) expect(await storage.log.head(id)).toBe(30)
  })

  it('[GRANT-4] a connection lost in the middle of a change leaves nothing of it, and the next one works', async () => {
    const proxy = harness.proxyOf(storage)
    const may = (): boolean => {
      proxy.cut()
      return true
    }
    const change = { listId: list, userId: bob, role: 'viewer', by: ann } as const
    await expect(storage.grants.grant({ ...change, may })).rejects.toMatchObject({
      code: 'storage-unreachable',
    })
    expect(await rolesIn(other, list)).toEqual({ [ann]: 'owner' })
    // The database may take a moment to let go of what the lost connection had locked.
    const again = await storage.grants.grant({ ...change, may: always })
    expect(again.outcome).toBe('granted')
  })

  it('[GRANT-12][B-23] of a purged list no row is left but its audit entries', async () => {
    const kept = await newList(storage)
    await appendMany(storage, list, 5)
    await appendMany(storage, kept, 2)
    await storage.snapshots.write(list, 5, new Uint8Array(10))
    await harness.removeUpdate(list, 2)
    await harness.flipByteInSnapshot(list, 5)
    await storage.log.load(list)
    await give(storage, list, bob, 'viewer')
    const expiresAt = new Date(Date.now() + dayMs)
    const offer = { listId: list, role: 'viewer', by: ann, expiresAt, may: always } as const
    await storage.invitations.invite({ ...offer, id: crypto.randomUUID(), to: { email: 'eve@example.com' } })
    const hashes = { tokenHash: new Uint8Array(32), passwordHash: null, maxUses: null }
    await storage.links.create({ ...offer, ...hashes, id: crypto.randomUUID() })
    const tables = await harness.sql<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE column_name = 'list_id' AND table_schema = 'public' ORDER BY 1`,
    )
    const left = async (): Promise<string[]> => {
      const found: string[] = []
      for (const { name } of tables) {
        const rows = await harness.sql(`SELECT 1 FROM ${name} WHERE list_id = $1 LIMIT 1`, [list])
        if (rows.length > 0) found.push(name)
      }
      return found
    }
    expect(await left()).toEqual(tables.map(({ name }) => name))
    await storage.directory.deleteList(list, ann)
    expect(await storage.directory.purgeLists(new Date(Date.now() + dayMs))).toBe(1)
    expect(await left()).toEqual(['audit_log'])
    expect(await storage.log.head(kept)).toBe(2)
  })
})
