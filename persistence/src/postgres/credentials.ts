import type { Environment } from '../environment.ts'
import type { ApiToken, Credentials } from '../people-ports.ts'
import type { UserId, UserKind } from '../ports.ts'
import { isUuid } from '../uuid.ts'
import { recordAudit } from './audit.ts'
import type { Database } from './database.ts'

/** How often the use of a token is written down. */
export const noteUseEveryMs = 60_000

interface TokenRow {
  id: string
  user_id: UserId
  name: string
  scopes: string[]
  created_at: Date
  expires_at: Date | null
  last_used_at: Date | null
}

interface UserRow {
  user_name: string
  user_email: string | null
  user_kind: UserKind
}

const columns = 't.id, t.user_id, t.name, t.scopes, t.created_at, t.expires_at, t.last_used_at'

// One entry for a session, and one under '' for all sessions there were at that moment.
const isLiveText = `
  SELECT NOT EXISTS (
    SELECT 1 FROM ended_sessions
    WHERE user_id = $1 AND (session_id = $2 OR (session_id = '' AND ended_at >= $3))
  ) AS live`

export function createCredentials(database: Database, environment: Environment): Credentials {
  const noteUse = async (id: string, at: Date): Promise<void> => {
    const text = 'UPDATE api_tokens SET last_used_at = $2 WHERE id = $1'
    await database.query({ name: 'tandem-token-used-1', text, values: [id, at] })
  }

  return {
    createApiToken: ({ id, userId, name, tokenHash, scopes, expiresAt }) =>
      database.transaction(async (transaction) => {
        const { rows } = await transaction.query<TokenRow>({
          name: 'tandem-token-1',
          text: `INSERT INTO api_tokens AS t (id, user_id, name, token_hash, scopes, expires_at, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${columns}`,
          values: [id, userId, name, tokenHash, scopes, expiresAt, environment.now()],
        })
        const [row] = rows
        if (row === undefined) throw new Error('A token that was just written is not there.')
        const detail = { id, scopes }
        await recordAudit(transaction, { action: 'token.made', actorId: userId, subjectId: userId, detail })
        return apiToken(row)
      }),

    findApiToken: async (tokenHash) => {
      const now = environment.now()
      const { rows } = await database.query<TokenRow & UserRow>({
        name: 'tandem-token-find-2',
        text: `SELECT ${columns}, u.name AS user_name, u.email::text AS user_email, u.kind AS user_kind FROM api_tokens t JOIN users u ON u.id = t.user_id
               WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $2)`,
        values: [tokenHash, now],
      })
      const [row] = rows
      if (row === undefined) return null
      const isNoted = row.last_used_at !== null && now.getTime() - row.last_used_at.getTime() < noteUseEveryMs
      if (!isNoted) await noteUse(row.id, now)
      const user = { id: row.user_id, name: row.user_name, email: row.user_email, kind: row.user_kind }
      return { ...apiToken(row), lastUsedAt: isNoted ? row.last_used_at : now, user }
    },

    apiTokens: async (userId) => {
      const { rows } = await database.query<TokenRow>({
        name: 'tandem-tokens-1',
        text: `SELECT ${columns} FROM api_tokens t WHERE t.user_id = $1 AND t.revoked_at IS NULL
               ORDER BY t.created_at, t.id`,
        values: [userId],
      })
      return rows.map(apiToken)
    },

    revokeApiToken: async (userId, id) => {
      if (!isUuid(id)) return false
      return database.transaction(async (transaction) => {
        const { rowCount } = await transaction.query({
          name: 'tandem-token-revoke-1',
          text: 'UPDATE api_tokens SET revoked_at = $3 WHERE user_id = $1 AND id = $2 AND revoked_at IS NULL',
          values: [userId, id, environment.now()],
        })
        if (rowCount !== 1) return false
        const detail = { id }
        await recordAudit(transaction, {
          action: 'token.revoked',
          actorId: userId,
          subjectId: userId,
          detail,
        })
        return true
      })
    },

    endSession: (userId, sessionId) =>
      database.transaction(async (transaction) => {
        await transaction.query({
          name: 'tandem-session-end-1',
          text: `INSERT INTO ended_sessions AS e (user_id, session_id, ended_at) VALUES ($1, $2, $3)
                 ON CONFLICT (user_id, session_id)
                 DO UPDATE SET ended_at = greatest(e.ended_at, excluded.ended_at)`,
          values: [userId, sessionId ?? '', environment.now()],
        })
        const detail = { all: sessionId === null }
        await recordAudit(transaction, {
          action: 'session.ended',
          actorId: userId,
          subjectId: userId,
          detail,
        })
      }),

    isLive: async ({ userId, sessionId, issuedAt }) => {
      const { rows } = await database.query<{ live: boolean }>({
        name: 'tandem-session-live-1',
        text: isLiveText,
        values: [userId, sessionId, issuedAt],
      })
      return rows[0]?.live ?? false
    },
  }
}

function apiToken(row: TokenRow): ApiToken {
  const { id, user_id: userId, name, scopes } = row
  const { created_at: createdAt, expires_at: expiresAt, last_used_at: lastUsedAt } = row
  return { id, userId, name, scopes, createdAt, expiresAt, lastUsedAt }
}
