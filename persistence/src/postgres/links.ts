import type { Environment } from '../environment.ts'
import { couldStillGive } from '../giving.ts'
import type { Links } from '../people-ports.ts'
import type { ListId, StoredRole, UserId } from '../ports.ts'
import { isUuid } from '../uuid.ts'
import { recordAudit } from './audit.ts'
import type { Database, Queryable } from './database.ts'
import { endGrant } from './grant-writes.ts'
import { type LinkRow, linkColumns, linkFault, shareLink } from './link-rows.ts'
import { redeem } from './redeem.ts'
import { allowed } from './sharing-state.ts'

const findText = `
  SELECT ${linkColumns}, l.title, l.editors_may_share, m.role AS maker_role,
    CASE WHEN NOT coalesce(m.is_anonymous, false) THEN u.name END AS maker_name
  FROM share_links k
  JOIN lists l ON l.id = k.list_id AND l.deleted_at IS NULL
  LEFT JOIN share_grants m ON m.list_id = k.list_id AND m.grantee_id = k.created_by AND m.revoked_at IS NULL
  LEFT JOIN users u ON u.id = k.created_by
  WHERE k.token_hash = $1`

interface FoundRow extends LinkRow {
  title: string
  editors_may_share: boolean
  maker_role: StoredRole | null
  maker_name: string | null
}

export function createLinks(database: Database, environment: Environment): Links {
  return {
    create: ({ id, listId, role, tokenHash, passwordHash, expiresAt, maxUses, by, may }) =>
      database.transaction(async (transaction) => {
        const state = await allowed(transaction, { listId, by, may })
        if (state.outcome !== 'allowed') return state
        const { rows } = await transaction.query<LinkRow>({
          name: 'tandem-link-create-1',
          text: `INSERT INTO share_links AS k
                   (id, list_id, role, token_hash, password_hash, expires_at, max_uses, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp()) RETURNING ${linkColumns}`,
          values: [id, listId, role, tokenHash, passwordHash, expiresAt, maxUses, by],
        })
        const [row] = rows
        if (row === undefined) throw new Error('A link that was just written is not there.')
        const detail = { id, role, expiresAt, maxUses, hasPassword: passwordHash !== null }
        await recordAudit(transaction, { action: 'link.made', actorId: by, listId, detail })
        return { outcome: 'created', link: shareLink(row) }
      }),

    of: async (listId) => {
      if (!isUuid(listId)) return []
      const { rows } = await database.query<LinkRow>({
        name: 'tandem-links-1',
        text: `SELECT ${linkColumns} FROM share_links k WHERE k.list_id = $1 AND k.revoked_at IS NULL
               ORDER BY k.created_at, k.id`,
        values: [listId],
      })
      return rows.map(shareLink)
    },

    find: async (tokenHash) => {
      const statement = { name: 'tandem-link-find-1', text: findText, values: [tokenHash] }
      const [row] = (await database.query<FoundRow>(statement)).rows
      if (row === undefined) return { outcome: 'no-such-link' }
      const fault = linkFault(row, environment.now())
      if (fault !== null) return { outcome: fault, link: shareLink(row) }
      const maker = { actor: row.maker_role, editorsMayShare: row.editors_may_share }
      if (!couldStillGive(maker, row.role)) return { outcome: 'revoked', link: shareLink(row) }
      const { title, password_hash: passwordHash, maker_name: invitedBy } = row
      return { outcome: 'found', link: shareLink(row), title, passwordHash, invitedBy }
    },

    redeem: async (visit) => {
      if (!isUuid(visit.linkId)) return { outcome: 'no-such-link' }
      return database.transaction((transaction) => redeem(transaction, visit, environment.now()))
    },

    revoke: ({ listId, id, by, disconnect, may }) =>
      database.transaction(async (transaction) => {
        const state = await allowed(transaction, { listId, by, may })
        if (state.outcome !== 'allowed') return state
        if (!(await exists(transaction, listId, id))) return { outcome: 'no-such-link' }
        const { rowCount } = await transaction.query({
          name: 'tandem-link-revoke-1',
          text: `UPDATE share_links SET revoked_at = clock_timestamp(), revoked_by = $2
                 WHERE id = $1 AND revoked_at IS NULL`,
          values: [id, by],
        })
        if (rowCount === 1) {
          await recordAudit(transaction, {
            action: 'link.revoked',
            actorId: by,
            listId,
            detail: { id, disconnect },
          })
        }
        return { outcome: 'revoked', ended: disconnect ? await endAll(transaction, { listId, id, by }) : [] }
      }),
  }
}

async function exists(transaction: Queryable, listId: ListId, id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const text = 'SELECT 1 FROM share_links WHERE id = $1 AND list_id = $2'
  return (
    (await transaction.query({ name: 'tandem-link-of-list-1', text, values: [id, listId] })).rowCount === 1
  )
}

/** Ends the access of everybody whose access stands on this link. */
async function endAll(
  transaction: Queryable,
  { listId, id, by }: { listId: ListId; id: string; by: UserId },
): Promise<UserId[]> {
  const { rows } = await transaction.query<{ user_id: UserId; role: StoredRole }>({
    name: 'tandem-link-members-1',
    text: `SELECT grantee_id AS user_id, role FROM share_grants
           WHERE list_id = $1 AND link_id = $2 AND revoked_at IS NULL ORDER BY granted_at, grantee_id`,
    values: [listId, id],
  })
  for (const { user_id: userId, role } of rows) {
    await endGrant(transaction, { listId, userId, by, why: 'link-revoked', was: role })
  }
  return rows.map((row) => row.user_id)
}
