import type { Storage } from '../ports.ts'
import type { MemoryCluster } from './cluster.ts'

export function createMemoryTidy(cluster: MemoryCluster): Storage['tidy'] {
  return async (before) => {
    const count = { answers: 0, sessions: 0, invitations: 0 }
    for (const [key, { claimedAt }] of cluster.answers) {
      if (claimedAt < before.answers && cluster.answers.delete(key)) count.answers += 1
    }
    for (const [key, endedAt] of cluster.endedSessions) {
      if (endedAt < before.sessions && cluster.endedSessions.delete(key)) count.sessions += 1
    }
    for (const { invitations } of cluster.lists.values()) {
      for (const [id, { expiresAt }] of invitations) {
        if (expiresAt < before.invitations && invitations.delete(id)) count.invitations += 1
      }
    }
    return count
  }
}
