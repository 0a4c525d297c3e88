import type { ApiToken, Credentials } from '../people-ports.ts'
import type { UserId } from '../ports.ts'
import { note } from './audit.ts'
import type { MemoryCluster } from './cluster.ts'
import type { MemoryApiToken } from './people-rows.ts'

const noteUseEveryMs = 60_000

export function createMemoryCredentials(cluster: MemoryCluster): Credentials {
  const { apiTokens, endedSessions, environment } = cluster
  const key = (userId: UserId, sessionId: string): string => JSON.stringify([userId, sessionId])
  return {
    createApiToken: async (token) => {
      const made = { ...token, createdAt: environment.now(), lastUsedAt: null, isRevoked: false }
      apiTokens.set(token.id, made)
      const { id, userId, scopes } = made
      note(cluster, { action: 'token.made', actorId: userId, subjectId: userId, detail: { id, scopes } })
      return present(made)
    },
    findApiToken: async (tokenHash) => {
      const now = environment.now()
      const found = [...apiTokens.values()].find(
        (token) => !token.isRevoked && Buffer.compare(token.tokenHash, tokenHash) === 0,
      )
      if (found === undefined || (found.expiresAt !== null && found.expiresAt <= now)) return null
      const lastMs = found.lastUsedAt?.getTime() ?? Number.NEGATIVE_INFINITY
      if (now.getTime() - lastMs >= noteUseEveryMs) found.lastUsedAt = now
      const user = cluster.users.get(found.userId)
      return user === undefined ? null : { ...present(found), user }
    },
    apiTokens: async (userId) =>
      [...apiTokens.values()].filter((token) => token.userId === userId && !token.isRevoked).map(present),
    revokeApiToken: async (userId, id) => {
      const found = apiTokens.get(id)
      if (found === undefined || found.userId !== userId || found.isRevoked) return false
      found.isRevoked = true
      note(cluster, { action: 'token.revoked', actorId: userId, subjectId: userId, detail: { id } })
      return true
    },
    endSession: async (userId, sessionId) => {
      endedSessions.set(key(userId, sessionId ?? ''), environment.now())
      const detail = { all: sessionId === null }
      note(cluster, { action: 'session.ended', actorId: userId, subjectId: userId, detail })
    },
    isLive: async ({ userId, sessionId, issuedAt }) => {
      if (sessionId !== null && endedSessions.has(key(userId, sessionId))) return false
      const allEndedAt = endedSessions.get(key(userId, ''))
      return allEndedAt === undefined || allEndedAt < issuedAt
    },
  }
}

function present(token: MemoryApiToken): ApiToken {
  const { id, userId, name, scopes, createdAt, expiresAt, lastUsedAt } = token
  return { id, userId, name, scopes, createdAt, expiresAt, lastUsedAt }
}
